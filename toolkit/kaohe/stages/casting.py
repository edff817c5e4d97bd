"""The forms of a period as bytes: each specimen is written once, each object's form is cast from it."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from kaohe.files.mould import Mould
from kaohe.files.xlsx import write
from kaohe.forms.form import Form
from kaohe.forms.prefill import Prefilled
from kaohe.forms.specimen import Specimen, imprint, specimen

_MOST = 64  # moulds kept, a megabyte each: as many as one class has numbers of open problems, times the classes


class Caster:
    """Casts forms. `forms` by (form code, class); `issued` is the ISO date that `_meta` names."""

    def __init__(self, forms: dict[tuple[str, str], Form], issued: str) -> None:
        self._forms, self._issued = forms, issued
        self._latest: dict[tuple[str, str], Specimen] = {}
        self._mould = lru_cache(_MOST)(self._made)

    def cast(self, form: Form, object_code: str, object_name: str, prefilled: Prefilled) -> bytes:
        """The workbook of one object: what `forms.book.book` means, written. Equal arguments give equal bytes."""
        own = imprint(form, object_code, object_name, prefilled)
        mould = self._mould(form.code, form.unit_class, msgspec.json.encode(own.marked))
        return mould.cast(own.texts, own.cells, own.heights)

    def _made(self, code: str, unit_class: str, marked: bytes) -> Mould:
        key, printed = (code, unit_class), msgspec.json.decode(marked, type=Prefilled)
        self._latest[key] = specimen(self._forms[key], printed, self._issued, self._latest.get(key))
        return Mould(write(self._latest[key].book))
