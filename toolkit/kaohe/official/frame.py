"""What every kind of document shares around its own text: head and 版记 of both forms, title, addressee, note of annexes, contact."""

from __future__ import annotations

from kaohe.official.blocks import (
    annex,
    blank,
    document_head,
    imprint,
    letter_head,
    letter_imprint,
    signature,
    when,
)
from kaohe.official.layout import Profile
from kaohe.official.markup import paragraph, run, tab
from kaohe.official.package import package

DOCUMENT = "（文件）"  # at the end of a template's name: the form with red head, where the kind is a letter otherwise


def framed(profile: Profile, name: str, parts: tuple[str, ...], letter: bool, chart: str = "") -> bytes:
    """The bytes of a template with the head and 版记 of its form around the parts; `chart` is the part of a chart in them."""
    mark = "{{ 发文机关 }}"
    if letter:
        head = letter_head(profile, mark, "{{ 文号 }}")
        end = letter_imprint(profile, "抄送：{{ 抄送 }}。", "抄送")
    else:
        head = document_head(f"{mark}文件", "{{ 文号 }}")
        printed = "{% if 印发日期 %}{{ 印发日期 }}印发{% else %}印发日期待定{% endif %}"
        end = imprint(profile, "抄送：{{ 抄送 }}。", "{{ 印发机关 }}", printed, "抄送")
    return package(profile, name, head + "".join(parts) + end, letter=letter, chart=chart)


def titled(*lines: str) -> str:
    """The title, one paragraph a line, a blank line, and the addressee."""
    return "".join(paragraph("公文标题", line) for line in lines) + blank() + paragraph("公文主送", "{{ 主送 }}：")


def closing(*annexes: str, also: tuple[str, str] | None = None) -> str:
    """Note of annexes, signature, date, contact. `also`: a condition and the title of one more annex where it holds."""
    noted = ""
    if annexes:
        count = len(annexes)
        one = "1." if count > 1 else f"{{% if {also[0]} %}}1.{{% endif %}}" if also else ""
        rest = [paragraph("公文附件说明续", f"{number}.{title}") for number, title in enumerate(annexes[1:], 2)]
        rest += [when(also[0], paragraph("公文附件说明续", f"{count + 1}.{also[1]}"))] if also else []
        noted = blank(together=True) + paragraph("公文附件说明", f"附件：{one}{annexes[0]}") + "".join(rest)
    contact = paragraph("公文附注", "（联系人：{{ 联系人 }}{% if 联系电话 %}，电话：{{ 联系电话 }}{% endif %}）")
    return noted + signature() + when("联系人", contact)


def annexed(label: str, title: str, right: str) -> str:
    """The top of an annex with a line above its table: whose it is, and a word at the right. An annex may be read without the letter."""
    return annex(label, title) + paragraph("公文表栏", run("单位：{{ 单位名称 }}"), tab(), run(right))
