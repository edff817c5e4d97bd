"""Reads the sheets of words: 综合评语, 述职要点, 谈话记录. Words carry no points, so all faults are 提示."""

from __future__ import annotations

from kaohe.forms import debrief, talks, words
from kaohe.forms.form import Form
from kaohe.forms.parse_rows import begun
from kaohe.forms.returned import Returned
from kaohe.records.returns import Debrief, Talk, Words

_FIELD = "内容"


def parse_words(sheet: Returned) -> Words:
    """The inspectors' words; blank ones are None."""
    return Words(*(sheet.text(name, _FIELD, False, soft=True, most=words.MOST) for name in words.FIELDS))


def parse_debrief(sheet: Returned) -> Debrief:
    """What the secretary reports; a blank field is said (ROW-050) and None."""
    found = []
    for name in debrief.FIELDS:
        found.append(sheet.text(name, _FIELD, False, soft=True, most=debrief.MOST))
        if found[-1] is None and sheet.present(name) and not sheet.has(name, _FIELD):
            sheet.report("ROW-050", name, _FIELD, field=name)
    return Debrief(*found)


def parse_talks(sheet: Returned, form: Form) -> tuple[Talk, ...]:
    """One Talk per begun row that names a person. A date outside the period is said (VALUE-043)."""
    found = []
    for row in begun(sheet):
        person = sheet.text(row, "谈话对象", False, soft=True)
        day = sheet.day(row, "日期")
        if day is not None and not form.start <= day.value <= form.last_day:
            sheet.report("VALUE-043", row, "日期", day.value, field="日期", first=form.start, last=form.last_day)
        content = sheet.text(row, "主要内容", False, soft=True, most=talks.MOST)
        for title, value in (("谈话对象", person), ("日期", day), ("主要内容", content)):
            if value is None and not sheet.has(row, title):
                sheet.report("ROW-050", row, title, field=title)
        if person is None:
            continue
        post, speaker = (sheet.text(row, title, False, soft=True) for title in ("职务", "谈话人"))
        problems = sheet.text(row, "反映的问题", False, soft=True, most=talks.MOST)
        found.append(Talk(row, person, post, day, speaker, content, problems, sheet.place(row, "谈话对象")))
    return tuple(found)
