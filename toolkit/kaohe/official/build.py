"""Makes the first templates: `python -m kaohe.official.build templates/word`. Existing ones are kept: they belong to the offices.

For developers who add a document kind or a house its own profile; `--again` overwrites.
"""

from __future__ import annotations

import sys
from pathlib import Path

from kaohe.official.layout import NATIONAL
from kaohe.official.templates import TEMPLATES


def main(arguments: list[str]) -> None:
    """Write each template that is not there yet (all of them with --again)."""
    folder = Path(next((each for each in arguments if not each.startswith("-")), "templates/word"))
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in TEMPLATES.items():
        if "--again" in arguments or not (folder / name).exists():
            (folder / name).write_bytes(make(NATIONAL))


if __name__ == "__main__":
    main(sys.argv[1:])
