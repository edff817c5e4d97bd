"""Makes the first templates: `python -m kaohe.official.build templates/word`. A developer's command, run when a document kind is added.

Afterwards the .docx files belong to the offices, who edit them in Word or WPS; so a file that is there is kept, unless `--again` is given.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from kaohe.official import (
    bulletin_template,
    commendation_template,
    interview_template,
    lists_template,
    notice_template,
    rectification_notice_template,
    rectification_template,
    reminder_template,
)
from kaohe.official.frame import DOCUMENT
from kaohe.official.layout import NATIONAL, Profile

_BOTH = (notice_template, rectification_notice_template)  # delivered as a letter and as a document
_KINDS = (
    bulletin_template,
    rectification_template,
    reminder_template,
    commendation_template,
    interview_template,
    *_BOTH,
)
TEMPLATES: dict[str, Callable[[Profile], bytes]] = {
    **{f"{each.NAME}.docx": each.template for each in _KINDS},
    f"{lists_template.LIMITS}.docx": lists_template.limits,
    f"{lists_template.POINTS}.docx": lists_template.points,
    **{f"{each.NAME}{DOCUMENT}.docx": partial(each.template, letter=False) for each in _BOTH},
}


def build(folder: Path, profile: Profile = NATIONAL, again: bool = False) -> tuple[str, ...]:
    """Write each template that is not there yet (with `again` all of them); the names of those written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = tuple(name for name in TEMPLATES if again or not (folder / name).exists())
    for name in written:
        (folder / name).write_bytes(TEMPLATES[name](profile))
    return written


def main(arguments: Sequence[str]) -> None:
    """`[FOLDER] [--again]`; prints the names of the files written."""
    folders = [each for each in arguments if not each.startswith("-")]
    for name in build(Path(folders[0] if folders else "templates/word"), again="--again" in arguments):
        print(name)


if __name__ == "__main__":
    main(sys.argv[1:])
