"""The layout check (official-documents.md, 6): a sound document has no deviation; each change of one thing is one deviation, at its place.

1. Every kind that we make, in each of its forms and standings, passes.
2. One thing changed in a sound bulletin, notice or list is found, with what stands there and what the layout wants.
3. What follows from styles, document defaults and theme fonts is judged as Word shows it.
4. A document made with python-docx's defaults fails in nearly everything.
5. A house's own rules replace the national figures.
"""

from __future__ import annotations

import io
import re
from functools import cache, partial

import docx
import pytest

from kaohe.core.faults import Fault
from kaohe.core.sentences import say
from kaohe.documents.kinds import KINDS
from kaohe.files.opc import Package
from kaohe.files.word import Template
from kaohe.official.build import TEMPLATES
from kaohe.official.check import check_document
from kaohe.official.layout import NATIONAL, Profile
from kaohe.official.profile import profile_of
from kaohe.official.settle import LETTER_MARK, MARK, settle
from kaohe.records.edition import Edition
from kaohe.records.house import House
from kaohe.records.scheme import DocumentKind
from makers import annual, people
from makers.edition import edition

EDITIONS = {
    "季": edition(),
    "年": annual.edition(),
    "人员": people.edition(),
    "草稿": edition(dated=False),
    "暂定": edition(held=True),
    "示例": edition(sample=True),
}
BULLETIN, NOTICE, LIST = ("季", "TB", ""), ("季", "FK", "Y02"), ("季", "ZG", "Y02")
DOCUMENT, STYLES = "word/document.xml", "word/styles.xml"


@cache
def compiled(template: str, profile: Profile) -> Template:
    """A template of ours, built and compiled."""
    return Template.compile(TEMPLATES[template](profile), template)


def made(name: str, row: DocumentKind, unit: str, profile: Profile = NATIONAL) -> bytes:
    used: Edition = EDITIONS[name]
    fields = KINDS[row.kind].fields(used, row, unit, f"{row.prefix}〔2026〕3号" if row.prefix else "", name == "暂定")
    finish = partial(settle, letter=row.layout == "信函", sealed=row.sealed, profile=profile)
    return compiled(row.template, profile).render(fields, finish)


def row_of(name: str, code: str) -> DocumentKind:
    """The scheme's row; for a kind that its scheme does not have one of the form that the kind's template has."""
    own = next((each for each in EDITIONS[name].scheme.documents if each.code == code), None)
    if own is not None:
        return own
    template = compiled(f"{code}.docx", NATIONAL)
    form = "信函" if template.has_paragraphs(LETTER_MARK) else "文件" if template.has_paragraphs(MARK) else "无"
    return DocumentKind(code, code, f"{code}.docx", layout=form, prefix="云党函" if form != "无" else "")  # type: ignore[arg-type]


@cache
def sound(name: str, code: str, unit: str) -> Package:
    return Package(made(name, row_of(name, code), unit))


def every() -> list[tuple[str, str, str]]:
    """(edition, row, object): every row of each scheme, and each kind that a scheme does not have, for the first two recipients."""
    found = []
    for name, used in EDITIONS.items():
        rows = [row for row in used.scheme.documents if row.template in TEMPLATES]
        rows += [row_of(name, kind) for kind in KINDS if kind not in {row.kind for row in rows}]
        for row in rows:
            found += [(name, row.code, unit) for unit, _ in list(KINDS[row.kind].who(used, row))[:2]]
    return found


def changed(which: tuple[str, str, str], part: str, old: str, new: str) -> tuple[Fault, ...]:
    source = sound(*which)
    text = source.read(part).decode()
    replaced = re.sub(old, new, text, count=1, flags=re.S)
    assert replaced != text, "the document does not have what the test changes"
    return check_document(source.replace({part: replaced.encode()}), "文.docx")


@pytest.mark.parametrize("which", every(), ids="-".join)
def test_what_we_make_passes(which: tuple[str, str, str]) -> None:
    data = sound(*which).replace({})
    assert [(each.code, each.source.cell, each.found, say(each)) for each in check_document(data, "文.docx")] == []


def test_every_kind_is_among_them() -> None:
    assert {row_of(name, code).kind for name, code, _ in every()} == set(KINDS)


@pytest.mark.parametrize(
    ("which", "part", "old", "new", "code", "found", "expected"),
    [
        (BULLETIN, DOCUMENT, 'w:w="11906" w:h="16838"', 'w:w="12240" w:h="15840"', "LAYOUT-001", "216×279毫米", "A4"),
        (BULLETIN, DOCUMENT, 'w:top="2098"', 'w:top="1440"', "LAYOUT-002", "天头25", "天头37"),
        (LIST, DOCUMENT, 'w:left="1984"', 'w:left="850"', "LAYOUT-003", "版心245×156毫米", "225×156"),
        (BULLETIN, STYLES, 'w:line="579"', 'w:line="640"', "LAYOUT-004", "行距32.00磅", "每页22行"),
        (BULLETIN, STYLES, 'w:val="-5"', 'w:val="0"', "LAYOUT-005", "每行27字", "每行28字"),
        (BULLETIN, "word/settings.xml", "<w:evenAndOddHeaders/>", "", "LAYOUT-006", "奇偶页相同", "单页居右"),
        (BULLETIN, "word/footer_even.xml", "页码左", "页码右", "LAYOUT-006", "居右", "居左空一字"),
        (BULLETIN, "word/footer_odd.xml", "— ", "- ", "LAYOUT-007", "- 1 —", "一字线"),
        (BULLETIN, "word/footer_odd.xml", "PAGE", "DATE", "LAYOUT-007", "没有页码", "页码"),
        (BULLETIN, STYLES, r'(w:styleId="公文页码右".*?w:val=")28', r"\g<1>21", "LAYOUT-008", "10.5磅宋体", "4号宋体"),
        (BULLETIN, STYLES, r'(w:styleId="公文标志".*?)FF0000', r"\g<1>000000", "LAYOUT-010", "不是红色", "红色"),
        (BULLETIN, DOCUMENT, "〔2026〕3号", "[2026]第03号", "LAYOUT-011", "[2026]第03号", "六角括号"),
        (BULLETIN, STYLES, r'(w:styleId="公文红线文号".*?)<w:pBdr>.*?</w:pBdr>', r"\1", "LAYOUT-012", "没有红色分隔线", "等宽"),
        (BULLETIN, STYLES, r'(w:styleId="公文标题".*?)w:val="44"', r'\1w:val="36"', "LAYOUT-013", "18磅", "2号方正小标宋简体"),
        (BULLETIN, DOCUMENT, "考核结果的通报<", "考核结果的通报。<", "LAYOUT-014", "通报。", "没有标点"),
        (BULLETIN, DOCUMENT, r'<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr></w:p>(<w:p><w:pPr><w:pStyle w:val="公文主送"/>)', r"\1", "LAYOUT-015", "标题之下空0行", "空一行"),
        (BULLETIN, DOCUMENT, "各党（总）支部：", "各党（总）支部:", "LAYOUT-016", "末尾不是全角冒号", "顶格"),
        (BULLETIN, DOCUMENT, r"2026年10月14日(?=</w:t></w:r></w:p><w:tbl>)", "2026年10月04日", "LAYOUT-017", "2026年10月04日", "不编虚位"),
        (BULLETIN, DOCUMENT, r"2026年10月14日(?=</w:t></w:r></w:p><w:tbl>)", "2026年11月31日", "LAYOUT-017", "2026年11月31日", "如 2026年"),
        (BULLETIN, STYLES, r'(w:styleId="公文成文日期".*?)w:val="right"', r'\1w:val="center"', "LAYOUT-018", "没有居右", "四字"),
        (BULLETIN, STYLES, r'(w:styleId="a".*?)w:eastAsia="仿宋_GB2312"', r'\1w:eastAsia="宋体"', "LAYOUT-020", "宋体", "仿宋_GB2312"),
        (BULLETIN, STYLES, r'(w:styleId="公文一级标题".*?)w:eastAsia="黑体"', r'\1w:eastAsia="仿宋"', "LAYOUT-021", "仿宋", "黑体"),
        (BULLETIN, DOCUMENT, "二、考核结果", "三、考核结果", "LAYOUT-022", "三、考核结果", "接着第1项"),
        (BULLETIN, STYLES, r'(w:styleId="公文正文".*?)<w:ind [^>]*>', r"\1", "LAYOUT-023", "首行缩进0.0字", "2字"),
        (NOTICE, DOCUMENT, "(附件：1.2026年第三季度党建工作考核得分表)<", r"\1。<", "LAYOUT-024", "得分表。", "没有标点"),
        (NOTICE, DOCUMENT, "2(.2026年第三季度党建工作失分明细<)", r"3\1", "LAYOUT-024", "3.2026", "序号为2"),
        (NOTICE, DOCUMENT, r'(附件2(?:(?!附件3<).)*公文标题(?:(?!附件3<).)*?)失分明细<', r"\1失分表<", "LAYOUT-025", "失分表", "与附件说明相同"),
        (NOTICE, STYLES, "<w:pageBreakBefore/>", "", "LAYOUT-025", "没有另起一页", "另起一页"),
        (BULLETIN, DOCUMENT, "人力资源部。<", "人力资源部<", "LAYOUT-026", "人力资源部", "用句号"),
        (BULLETIN, DOCUMENT, r'<w:insideH w:val="single" w:sz="6"', '<w:insideH w:val="single" w:sz="12"', "LAYOUT-026", "分隔线", "0.35毫米"),
        (LIST, DOCUMENT, 'w:type="fixed"', 'w:type="autofit"', "LAYOUT-030", "列宽会随内容变动", "固定列宽"),
        (LIST, DOCUMENT, '<w:gridCol w:w="2551"/>', '<w:gridCol w:w="4000"/>', "LAYOUT-030", "毫米", "不超过版心宽225毫米"),
        (LIST, DOCUMENT, "<w:tblHeader/>", "", "LAYOUT-031", "没有设为重复", "每页重复"),
        (LIST, DOCUMENT, "<w:cantSplit/>", "", "LAYOUT-032", "1行可以跨页断开", "不跨页断开"),
        (LIST, STYLES, r'(w:styleId="公文清单文字".*?w:val=")21', r"\g<1>16", "LAYOUT-033", "8磅", "不小于9磅"),
        (LIST, DOCUMENT, "2026年7月20日", "7月20日", "LAYOUT-034", "7月20日", "2026年3月底"),
        (LIST, DOCUMENT, r"<w:t xml:space=\"preserve\">2</w:t>", '<w:t xml:space="preserve">3</w:t>', "LAYOUT-034", "序号3", "序号2"),
        (BULLETIN, DOCUMENT, ">99.50<", ">89.50<", "LAYOUT-035", "总分89.50，名次1", "名次3"),
        (BULLETIN, DOCUMENT, "特此通报。", "特此通报{{ 甲 }}。", "LAYOUT-040", "通报{{ 甲 }}", ""),
        (BULLETIN, DOCUMENT, "特此通报。", "某某特此通报。", "LAYOUT-040", "某某特此通报", ""),
        (BULLETIN, DOCUMENT, "要对照考核结果", "要,对照考核结果", "LAYOUT-041", "各单位要,对照", ""),
        (BULLETIN, DOCUMENT, "特此通报。", "特此通报。。", "LAYOUT-041", "特此通报。。", ""),
        (BULLETIN, DOCUMENT, "特此通报。", "2026.10.5特此通报。", "LAYOUT-041", "2026.10.5", ""),
        (BULLETIN, DOCUMENT, "特此通报。", "2026年10月14日（星期四）起执行。", "LAYOUT-042", "2026年10月14日（星期四）", "星期三"),
        (NOTICE, DOCUMENT, "根据《", "依照《", "LAYOUT-043", "没有找到", "反馈通知书必须写明：依据"),
        (BULLETIN, STYLES, r'w:ascii="仿宋_GB2312" w:hAnsi="仿宋_GB2312"', 'w:ascii="Times New Roman" w:hAnsi="Times New Roman"', "LAYOUT-020", "Times New Roman", "仿宋_GB2312"),
        (BULLETIN, DOCUMENT, r"(<w:r>(?:(?!</w:r>).)*特此通报。</w:t></w:r>)", r'<w:ins w:id="1" w:author="甲">\1</w:ins>', "LAYOUT-051", "修订1处", "没有修订和批注"),
        (BULLETIN, DOCUMENT, "<w:t xml:space=\"preserve\">特此通报", '<w:commentReference w:id="1"/><w:t xml:space="preserve">特此通报', "LAYOUT-051", "批注", "没有修订和批注"),
        (BULLETIN, "word/settings.xml", "(<w:compat>)", r'<w:documentProtection w:edit="readOnly" w:enforcement="1"/>\1', "LAYOUT-051", "设有编辑保护", "没有保护"),
        (BULLETIN, DOCUMENT, r'(<w:rFonts w:hint="eastAsia"/>)(</w:rPr><w:t xml:space="preserve">特此)', r'\1<w:color w:val="0070C0"/>\2', "LAYOUT-052", "颜色0070C0", "黑色"),
        (BULLETIN, DOCUMENT, r'(<w:rFonts w:hint="eastAsia"/>)(</w:rPr><w:t xml:space="preserve">特此)', r'\1<w:highlight w:val="yellow"/>\2', "LAYOUT-052", "突出显示", "不标底色"),
        (BULLETIN, DOCUMENT, r"(<w:pPr>)(<w:pStyle w:val=\"公文主送\"/>)", r"\1<w:jc w:val='both'/>\2", "LAYOUT-053", "pPr", ""),
        (BULLETIN, DOCUMENT, r'(<w:rPr>)(<w:rFonts w:hint="eastAsia"/>)(</w:rPr><w:t xml:space="preserve">特此)', r'\1<w:sz w:val="32"/>\2\3', "LAYOUT-054", "rPr", ""),
        (BULLETIN, "docProps/core.xml", "<dc:creator>.*?</dc:creator>", "<dc:creator>python-docx</dc:creator>", "LAYOUT-055", "python-docx", "制作工具"),
        (BULLETIN, "docProps/core.xml", "2026-10-14T", "2013-12-23T", "LAYOUT-055", "2013-12-23", "真实"),
        (BULLETIN, DOCUMENT, "特此通报。", "特此通报，请朱镕喆同志阅。", "LAYOUT-056", "喆镕", ""),
    ],
)  # fmt: skip
def test_one_thing_changed_is_found(
    which: tuple[str, str, str], part: str, old: str, new: str, code: str, found: str, expected: str
) -> None:
    faults = changed(which, part, old, new)
    mine = [each for each in faults if each.code == code]
    assert mine, [(each.code, each.found, say(each)) for each in faults]
    assert any(found in each.found for each in mine) and any(expected in say(each) for each in mine)
    assert {each.code for each in faults} - {code} <= ALONG.get(code, set())


#: what the same change also breaks
ALONG = {
    "LAYOUT-001": {"LAYOUT-002"},
    "LAYOUT-003": {"LAYOUT-030"},
    "LAYOUT-020": {"LAYOUT-011", "LAYOUT-021", "LAYOUT-026", "LAYOUT-050"},
    "LAYOUT-010": {"LAYOUT-070"},
}


def default_document() -> bytes:
    """The words of a bulletin as a program writes them that leaves everything else to python-docx."""
    book = docx.Document()
    book.add_heading("中共云陵集团有限公司委员会文件", 0)
    book.add_paragraph("云党发[2026]12号")
    book.add_heading("关于2026年第三季度党建工作考核结果的通报", 1)
    book.add_paragraph("各党（总）支部：")
    book.add_paragraph(
        "根据《云陵集团考核办法》，对2个单位进行了考核，平均98.00分。存在“记录不全”的共性问题，有关要求如下。"
    )
    book.add_heading("一、考核结果", 2)
    book.add_paragraph("考核结果见下表。")
    rows = (
        ("名次", "单位", "总分", "等次"),
        ("1", "甲河公司党总支", "98.50", "好"),
        ("2", "乙山公司党总支", "97.50", "好"),
    )
    table = book.add_table(rows=3, cols=4)
    for line, words in zip(table.rows, rows, strict=True):
        for cell, word in zip(line.cells, words, strict=True):
            cell.text = word
    book.add_paragraph("附件：考核得分表")
    book.add_paragraph("中共云陵集团有限公司委员会")
    book.add_paragraph("2026年10月14日")
    book.add_paragraph("附件")
    book.add_paragraph("考核得分表")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_document_of_python_docx_defaults_fails_in_nearly_everything_that_is_looks() -> None:
    """Its words are right, so what has to do with words passes. Of 24 kinds of looks all are wrong, in 36 ways."""
    faults = check_document(default_document(), "文.docx")
    assert all(each.effect == "拒收" for each in faults)
    assert sorted({each.code.removeprefix("LAYOUT-") for each in faults}) == [
        "001", "002", "004", "005", "006", "007", "010", "011", "012", "013", "015", "018", "020", "021", "023", "024", "025", "026",
        "030", "031", "032", "050", "052", "055",
    ]  # fmt: skip
    assert len(faults) == 36


def test_a_font_of_the_theme_and_one_of_the_defaults_is_judged() -> None:
    """Taken from the style, the body's font comes from the document defaults, there from the theme."""
    theme = (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:fontScheme><a:minorFont>'
        '<a:latin typeface="Calibri"/><a:ea typeface=""/><a:font script="Hans" typeface="等线"/></a:minorFont></a:fontScheme>'
        "</a:themeElements></a:theme>"
    )
    source = sound(*BULLETIN)
    styles = source.read(STYLES).decode()
    for font, code in (('w:eastAsiaTheme="minorEastAsia"', "等线"), ('w:eastAsia="仿宋"', "")):
        fonts = f'<w:rFonts {font} w:ascii="仿宋" w:hAnsi="仿宋"/>'
        plain = re.sub(r'(w:styleId="a".*?<w:rPr>)<w:rFonts[^>]*>', r"\1", styles, count=1, flags=re.S)
        plain = plain.replace("<w:rPrDefault><w:rPr>", f"<w:rPrDefault><w:rPr>{fonts}")
        data = source.replace({STYLES: plain.encode(), "word/theme/theme1.xml": theme.encode()})
        found = [each.found for each in check_document(data, "文.docx") if each.code == "LAYOUT-020"]
        assert found == ([code] if code else [])


def test_an_indent_in_characters_outranks_one_in_twips() -> None:
    """Word lets `rightChars` win where it is not 0: a date 12 characters from the right, whatever `right` says."""
    old = r'<w:ind w:rightChars="\d+" w:right="(\d+)"/>(?=(?:(?!</w:p>).)*2026年10月14日</w:t></w:r></w:p><w:tbl>)'
    faults = changed(BULLETIN, DOCUMENT, old, r'<w:ind w:rightChars="1200" w:right="\1"/>')
    assert [(each.code, each.found) for each in faults] == [("LAYOUT-018", "右空12字")]


def test_equal_deviations_of_several_paragraphs_are_one_with_their_number() -> None:
    source = sound(*NOTICE)
    text = source.read(DOCUMENT).decode().replace("：你单位", "：你单位")
    data = source.replace({DOCUMENT: text.replace("<w:cantSplit/>", "", 3).encode()})
    assert [each.code for each in check_document(data, "文.docx")] == ["LAYOUT-032"]
    bare = re.sub(r'(<w:pStyle w:val="公文正文"/>)', r'\1<w:ind w:firstLineChars="0" w:firstLine="0"/>', text)
    found = [
        each
        for each in check_document(source.replace({DOCUMENT: bare.encode()}), "文.docx")
        if each.code == "LAYOUT-023"
    ]
    assert len(found) == 1 and re.search(r"（等\d\d处）", say(found[0])) and found[0].source.cell.startswith("段落")


HOUSE = House(body="仿宋", lines=24, characters=29, digits="Times New Roman")


def test_a_house_rule_is_what_the_templates_are_made_and_judged_by() -> None:
    profile = profile_of(HOUSE)
    row = next(each for each in EDITIONS["季"].scheme.documents if each.code == "TB")
    mine = made("季", row, "", profile)
    assert check_document(mine, "文.docx", profile) == ()
    assert {each.code for each in check_document(mine, "文.docx")} == {
        "LAYOUT-004",
        "LAYOUT-005",
        "LAYOUT-020",
        "LAYOUT-021",
    }
    national = sound(*BULLETIN).replace({})
    found = {each.code: say(each) for each in check_document(national, "文.docx", profile)}
    assert found.keys() == {"LAYOUT-004", "LAYOUT-005"}
    assert "每页24行" in found["LAYOUT-004"] and "每行29字" in found["LAYOUT-005"]


EVERY_RULE = House(
    "方正仿宋_GBK", "华文中宋", 24, 26, "仿宋", "", "华文黑体", "华文楷体", 40, 30, 34, 40, 60, 26, 22, 20, 16
)  # fmt: skip


@pytest.mark.parametrize("which", {code: (name, code, unit) for name, code, unit in every()}.values(), ids="-".join)
def test_every_kind_follows_every_rule_of_a_house(which: tuple[str, str, str]) -> None:
    name, code, unit = which
    profile = profile_of(EVERY_RULE)
    mine = made(name, row_of(name, code), unit, profile)
    assert [(each.code, each.found, say(each)) for each in check_document(mine, "文.docx", profile)] == []
    assert check_document(mine, "文.docx")


@pytest.mark.parametrize("data", [b"", b"PK\3\4 nonsense", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512])
def test_what_is_no_docx_is_said(data: bytes) -> None:
    faults = check_document(data, "坏.docx")
    assert [each.code for each in faults] == ["LAYOUT-000"] and "另存为 .docx" in say(faults[0])


def test_words_of_an_imprint_in_a_table_of_data_are_no_imprint() -> None:
    """A unit whose problem ends with 印发, or begins with 抄送: the cell is what somebody wrote."""
    assert not changed(LIST, DOCUMENT, '(公文清单文字"/></w:pPr><w:r>.*?<w:t[^>]*>)[^<]*', r"\1抄送：名单未及时印发")
