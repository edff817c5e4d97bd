"""Where notebooks and templates lie: in the working place if it has its own, else beside or inside the package."""

from __future__ import annotations

from pathlib import Path


class NoResource(Exception):
    """The package was installed without its notebooks or templates."""


def share(kind: str) -> Path:
    """The folder `notebooks` or `templates` that belongs to this version of the package.

    Installed: `kaohe/_share/KIND`; in a checkout: `KIND/` beside pyproject.toml. Raises NoResource where neither exists.
    """
    package = Path(__file__).resolve().parent.parent
    inside = package / "_share" / kind
    if inside.is_dir():
        return inside
    checkout = package.parent.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / kind).is_dir():
        return checkout / kind
    raise NoResource(kind)


def resource(root: Path, kind: str, name: str) -> Path:
    """A file of the working place (`templates/word/x.docx`), or the package's where the place has none of its own."""
    own = root / kind / name
    return own if own.is_file() else share(kind) / name
