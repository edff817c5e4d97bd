"""A folder of wheels, to install kaohe on a computer without network (docs/offline.md). Runs where there is one, for its own or another system.

    python .ci/wheels.py windows-x64 FOLDER                 everything for that system into FOLDER
    python .ci/wheels.py linux-arm64 FOLDER --python 3.12   for another Python
    python .ci/wheels.py --check                            only see that every system has a wheel of everything

Needs pip and uv (`pip install uv`), no more. pip alone will not do: `pip download --platform` asks the markers of the machine it runs on
(a set for Windows then lacks colorama). So uv resolves for the other system, pip downloads exactly that. Where packages come from is left to
the settings of pip and uv; no address of a registry is written anywhere. The extras for pages (jieba has no wheel) and for tests stay out.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
#: system → what uv calls it, and the tags of the wheels that run there, the newest first. Linux with glibc 2.28 or newer
SYSTEMS = {
    "windows-x64": ("x86_64-pc-windows-msvc", ("win_amd64",)),
    "windows-arm64": ("aarch64-pc-windows-msvc", ("win_arm64",)),
    **{
        f"linux-{name}": (
            f"{arch}-manylinux_2_28",
            tuple(f"manylinux{tag}_{arch}" for tag in ("_2_28", "_2_27", "_2_26", "_2_24", "_2_17", "2014")),
        )
        for name, arch in (("x64", "x86_64"), ("arm64", "aarch64"))
    },
}  # fmt: skip
LEFT_OUT = ("docs", "test")


def main() -> None:
    """Read the command line and do it."""
    parser = argparse.ArgumentParser(description="做一个离线安装用的文件夹：kaohe 和它要用的全部安装包（wheel）。")
    parser.add_argument("system", nargs="?", choices=SYSTEMS, help="要装的电脑是什么系统")
    parser.add_argument("folder", nargs="?", type=Path, help="写到哪个文件夹（要是空的，或者还没有）")
    parser.add_argument("--python", default="3.13", help="要装的电脑上的 Python（默认 3.13）")
    parser.add_argument("--check", action="store_true", help="只看每种系统是不是样样都有安装包，不下载")
    asked = parser.parse_args()
    if asked.check:
        for name in (asked.system,) if asked.system else SYSTEMS:
            print(f"{name}  Python {asked.python}  {len(pins(name, asked.python))} 个安装包，都有")
    elif asked.system is None or asked.folder is None:
        parser.error("请写系统和文件夹，或者 --check")
    elif asked.folder.is_dir() and any(asked.folder.iterdir()):
        parser.error(f"{asked.folder} 不是空的")
    else:
        files = collect(asked.system, asked.python, asked.folder)
        size = sum(path.stat().st_size for path in files)
        print(f"{asked.folder}  {len(files)} 个安装包，{size / 1e6:.0f} MB，{asked.system}，Python {asked.python}")


def pins(system: str, python: str) -> list[str]:
    """Every package with its version for a system, without kaohe itself. Ends the program where one of them has no wheel."""
    extras = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "optional-dependencies"
    ]
    wanted = [part for extra in sorted(set(extras) - set(LEFT_OUT)) for part in ("--extra", extra)]
    asked = ("--python-platform", SYSTEMS[system][0], "--python-version", python, "--only-binary", ":all:")
    plain = ("--no-annotate", "--no-header", "--quiet", "-c", "constraints.txt")
    found = run("uv", "pip", "compile", *asked, *plain, *wanted, "pyproject.toml")
    return [line for line in found.splitlines() if "==" in line]


def collect(system: str, python: str, folder: Path) -> list[Path]:
    """Download and build everything into a folder, with a list of checksums beside; the wheels."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as draft:
        listed = Path(draft) / "pins.txt"
        listed.write_text("\n".join(pins(system, python)), encoding="utf-8")
        tags = [part for tag in SYSTEMS[system][1] for part in ("--platform", tag)]
        only = ("--no-deps", "--only-binary=:all:", "--python-version", python, *tags)
        run(sys.executable, "-m", "pip", "download", "-q", *only, "-d", str(folder), "-r", str(listed))
        run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), str(CHECKOUT))
    files = sorted(folder.glob("*.whl"))
    sums = "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()} *{path.name}\n" for path in files)
    (folder / "SHA256SUMS").write_text(sums, encoding="ascii")
    return files


def run(*command: str) -> str:
    """Standard output of a command that succeeds; ends the program with its own words otherwise."""
    program = shutil.which(command[0], path=str(Path(sys.executable).parent)) or shutil.which(command[0])
    if program is None:
        sys.exit(f"没有 {command[0]}，请先安装：pip install {command[0]}")
    done = subprocess.run([program, *command[1:]], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr or done.stdout)
    return done.stdout


if __name__ == "__main__":
    main()
