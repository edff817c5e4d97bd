#!/bin/sh
# 双击或在终端里运行：选一期，再 kaohe @WHAT@。依次用：新建本目录的 Python、本目录的 .venv、PATH 里的 kaohe。
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) && cd -- "$here" || exit 3

finish() {
  if [ -t 0 ]; then
    printf '\n按回车键关闭……'
    read -r _
  fi
  exit "$1"
}

python=
if [ -f .kaohe/posix.txt ]; then python=$(cat .kaohe/posix.txt); fi
for each in "$python" ./.venv/bin/python; do
  if [ -x "$each" ] && "$each" -P -c 'import kaohe' 2>/dev/null; then
    "$each" -P -m kaohe.cli ask @WHAT@
    finish $?
  fi
done
if command -v kaohe >/dev/null 2>&1; then
  kaohe ask @WHAT@
  finish $?
fi
cat >&2 <<'END'
@MISSING@
END
finish 3
