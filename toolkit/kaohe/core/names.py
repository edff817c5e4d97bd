"""File names that are safe on every system: ≤ 80 characters, ≤ 200 UTF-8 bytes, no reserved names, distinct within a folder."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import category

from pathvalidate import sanitize_filename

MOST_CHARACTERS = 80
MOST_BYTES = 200


@lru_cache(maxsize=1 << 14)  # each of a period's units has its name in the name of several documents
def safe_name(text: str, suffix: str = "") -> str:
    """A safe file name made of any text, with this suffix (`.xlsx`). Never empty: an unusable text becomes `未命名`. Characters that cannot
    be seen go: one that turns the writing round (U+202E) would show another name than the file has."""
    seen = "".join(letter for letter in text if category(letter) != "Cf")
    stem = sanitize_filename(seen, platform="universal", replacement_text="_").strip(" .") or "未命名"
    stem = stem[: MOST_CHARACTERS - len(suffix)]
    while len((stem + suffix).encode()) > MOST_BYTES:
        stem = stem[:-1]
    return stem.strip(" .") + suffix


def distinct(name: str, taken: set[str]) -> str:
    """The name, or `name (2)` … so that no two differ only by case; `taken` holds the casefolded names in use and is not changed."""
    if name.casefold() not in taken:
        return name
    stem, dot, suffix = name.rpartition(".")
    stem, suffix = (stem, dot + suffix) if dot else (name, "")
    number = 2
    while f"{stem} ({number}){suffix}".casefold() in taken:
        number += 1
    return f"{stem} ({number}){suffix}"
