"""The layout's figures under house rules: pitch and character spacing that give the wanted lines and characters, and the fonts."""

from __future__ import annotations

from msgspec.structs import replace

from kaohe.official.layout import NATIONAL, Profile
from kaohe.records.house import House


def profile_of(house: House, base: Profile = NATIONAL) -> Profile:
    """The profile of a house: margins and sizes of the base, the text area filled with `lines` lines of `characters` characters.

    >>> profile_of(House()) == NATIONAL, profile_of(House(lines=24)).pitch
    (True, 531)
    """
    height = base.height - base.top - base.bottom
    # Less than the quotient, as the national 579 of 12,756 ÷ 22: a line that fills the area exactly is pushed to the next page.
    pitch = base.pitch if house.lines == height // base.pitch else (height - 1) // house.lines
    one = (
        base.character if house.characters == base.text_width // base.character else base.text_width // house.characters
    )
    # A character's advance is set in whole quarter points (5 twips), which Word and LibreOffice both keep.
    spacing = base.spacing if one == base.character else (one // 5) * 5 - base.size * 10
    fonts = replace(
        base.fonts, title=house.title, body=house.body, page=house.page, digits=house.digits, equal=base.fonts.equal
    )
    return replace(base, pitch=pitch, spacing=spacing, fonts=fonts)
