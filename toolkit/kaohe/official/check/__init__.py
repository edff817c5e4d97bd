"""The layout check: a finished document against the national layout or a house's own (official-documents.md, 6)."""

from __future__ import annotations

from pathlib import Path

from kaohe.core.cells import Source
from kaohe.core.faults import Fault
from kaohe.core.sentences import fault
from kaohe.official.check.anatomy import Anatomy
from kaohe.official.check.findings import Findings
from kaohe.official.check.head import check_head
from kaohe.official.check.package import check_package, is_draft
from kaohe.official.check.page import check_page
from kaohe.official.check.paper import check_paper
from kaohe.official.check.tables import check_tables
from kaohe.official.check.text import check_text
from kaohe.official.check.words import check_words
from kaohe.official.layout import NATIONAL, Profile
from kaohe.official.opened import Docx, Unusable


def check_document(data: bytes, file: str, profile: Profile = NATIONAL, pdf: Path | None = None) -> tuple[Fault, ...]:
    """Every deviation that the file shows, and with `pdf` that its paper shows; one fault for equal ones: sheet and cell are the first
    place, `found` what stands there, the argument `expected` what the layout wants. 拒收 are failures, 提示 are warnings.
    """
    try:
        made = Anatomy(Docx(data))
    except Unusable as unusable:
        return (fault("LAYOUT-000", Source(file), unusable.found),)
    found, draft = Findings(file), is_draft(made)
    check_page(made, profile, found)
    check_head(made, profile, found, draft)
    check_text(made, profile, found)
    check_tables(made, profile, found)
    check_words(made, found, draft)
    check_package(made, found)
    if pdf is not None:
        check_paper(made, profile, pdf, found)
    return found.faults()
