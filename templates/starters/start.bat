@echo off
rem Double-click: choose a period, then kaohe @WHAT@. Plain ASCII on purpose: cmd reads a batch file in the code page of the
rem machine, so Chinese text comes from kaohe itself, or by "type" from a UTF-16 file, which reads right in every code page.
setlocal EnableExtensions DisableDelayedExpansion
title kaohe
pushd "%~dp0" 2>nul || goto missing

rem 1 the Python that made this place
set "KAOHE_PYTHON="
if exist ".kaohe\windows.txt" for /f "usebackq delims=" %%p in (`type ".kaohe\windows.txt"`) do set "KAOHE_PYTHON=%%p"
if not defined KAOHE_PYTHON goto beside
if not exist "%KAOHE_PYTHON%" goto beside
"%KAOHE_PYTHON%" -P -c "import kaohe" 2>nul && goto found

rem 2 an environment in this folder
:beside
set "KAOHE_PYTHON=.venv\Scripts\python.exe"
if not exist "%KAOHE_PYTHON%" goto path
"%KAOHE_PYTHON%" -P -c "import kaohe" 2>nul && goto found

rem 3 the command, wherever PATH finds it
:path
where $PATH:kaohe >nul 2>nul || goto missing
call kaohe ask @WHAT@
set "KAOHE_CODE=%ERRORLEVEL%"
goto done

:found
"%KAOHE_PYTHON%" -P -m kaohe.cli ask @WHAT@
set "KAOHE_CODE=%ERRORLEVEL%"
goto done

:missing
set "KAOHE_CODE=3"
type "%~dp0.kaohe\missing.txt"

:done
echo.
pause
exit /b %KAOHE_CODE%
