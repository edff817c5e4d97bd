"""The cases P… of the catalogue: packages that break readers, each harm done to a good form. `bare` tries them on a minimal workbook."""

from __future__ import annotations

import json
import random
import re
import zipfile

from hostile import bombs
from hostile.case import Cases
from hostile.place import LEAVES, Small
from makers.compound import SIGNATURE, compound
from makers.edits import Edit
from makers.packages import (
    BOOK,
    LINKS,
    MAIN,
    OFFICE,
    STRINGS,
    STYLES,
    ods,
    row,
    sheet,
)

MIB = 1024 * 1024
LOLS = '<!ENTITY a0 "lollollollol">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


form = Cases()
NOTHING = dict.fromkeys(LEAVES)  # no leaf's points are read


def _scores(edit: Edit) -> str:
    return edit.part("评分")


@form("P01", "拒收", "FILE-012", "解压后过大或压缩比异常", seconds=5, mib=512)
def _(edit: Edit, small: Small) -> bytes:
    part = _scores(edit)
    content = bombs.rows_of_text(1024, f'<worksheet xmlns="{MAIN}"><sheetData>'.encode(), b"</sheetData></worksheet>")
    edit.settle()
    return bombs.package({**edit.members, part: content})


@form("P02", "受理", seconds=1, mib=512)
def _(edit: Edit, small: Small) -> bytes:
    return bombs.package({**edit.members, "xl/media/image1.png": bombs.Repeated(b"", bytes(MIB), 2048)})


@form("P03", "拒收", "FILE-012", "解压后过大或压缩比异常", seconds=5, mib=512)
def _(edit: Edit, small: Small) -> bytes:
    head = f'<styleSheet xmlns="{MAIN}"><cellXfs count="9">'.encode()
    content = bombs.Repeated(head, b'<xf numFmtId="0"/>' * 17_000, 1000, b"</cellXfs></styleSheet>")
    return bombs.package({**edit.members, STYLES: content})


@form("P04", "拒收", "FILE-011", "内部的部件过多", seconds=5, mib=512)
def _(edit: Edit, small: Small) -> bytes:
    return bombs.package({**edit.members, **{f"xl/media/i{n}.bin": b"" for n in range(100_000)}})


def _entity(edit: Edit, part: str, inside: str, old: bytes = b"", new: bytes = b"") -> None:
    edit.settle()
    xml = re.sub(rb"^<\?xml[^>]*\?>", b"", edit.members[part])
    assert not old or old in xml
    edit.members[part] = f'<?xml version="1.0"?><!DOCTYPE s [{inside}]>'.encode() + xml.replace(old, new, 1)


@form("P06", "拒收", "FILE-013", "文件含实体声明，疑似恶意，未读取", seconds=1, mib=100)
def _(edit: Edit, small: Small) -> None:
    edit.text("评分", "A1", "MARK")
    _entity(edit, _scores(edit), LOLS, b">MARK<", b">&a9;<")


@form("P07", "拒收", "FILE-013", "文件含实体声明，疑似恶意，未读取", seconds=1, mib=100)
def _(edit: Edit, small: Small) -> None:
    _entity(edit, STRINGS, LOLS, b"<si><t>", b"<si><t>&a9;")


@form("P10", "拒收", "FILE-014", "文件含外部实体，疑似恶意，未读取", seconds=1, mib=100)
def _(edit: Edit, small: Small) -> None:
    _entity(edit, STRINGS, '<!ENTITY x SYSTEM "file:///etc/passwd">', b"<si><t>", b"<si><t>&x;")


@form("P12", "拒收", "FILE-014", "文件含外部实体，疑似恶意，未读取", seconds=1, mib=100)
def _(edit: Edit, small: Small) -> None:
    _entity(edit, BOOK, '<!ENTITY % d SYSTEM "http://127.0.0.1:9/x.dtd"> %d;')


@form("P13", "受理", seconds=10, mib=512)
def _(edit: Edit, small: Small) -> None:
    dimension = edit.sheet("评分").find(f"{{{MAIN}}}dimension")
    assert dimension is not None
    dimension.set("ref", "A1:XFD1048576")


@form("P14", "提示", "FILE-044", "表外有多余内容：XFD1048576", seconds=10, mib=512)
def _(edit: Edit, small: Small) -> None:
    edit.number("评分", "XFD1048576", 2)


@form(
    "P19",
    "存疑",
    "FILE-045" + " ROW-015" * 10 + " ROW-017" + " VALUE-026" * 12,
    "合并区域过大：A1:XFD1048576",
    NOTHING,
    seconds=10,
    mib=512,
)
def _(edit: Edit, small: Small) -> None:
    edit.merge("评分", "A1:XFD1048576", *(f"A{n}:B{n}" for n in range(2, 200_000)))


@form("P19-over", "拒收", "FILE-025", "合并单元格过多", seconds=10, mib=512)
def _(edit: Edit, small: Small) -> None:
    edit.merge("评分", "A1:XFD1048576", *(f"A{n}:B{n}" for n in range(2, 200_010)))


@form("P20", "拒收", "FILE-015", "文件内有同名部件")
def _(edit: Edit, small: Small) -> bytes:
    part = _scores(edit)
    edit.members["xl/worksheets/sheetX.xml"] = sheet(row('<c r="A1"><v>1</v></c><c r="B2"><v>999</v></c>'))
    return edit.data().replace(b"xl/worksheets/sheetX.xml", part.encode())


@form("P22", "受理")
def _(edit: Edit, small: Small) -> None:
    rows = edit.rows("评分")
    for each in rows:
        each[:] = reversed(each)
    rows[:] = reversed(rows)


@form("P24", "拒收", "FILE-018", "单元格地址有误")
def _(edit: Edit, small: Small) -> None:
    cells = "".join(f'<c r="{address}"><v>1</v></c>' for address in ("A0", "ZZZZ1", "甲1", "A99999999"))
    edit.replace(_scores(edit), {b"<sheetData>": f"<sheetData><row r='1'>{cells}</row>".encode()})


@form("P25", "拒收", "FILE-019", "文字索引超出范围")
def _(edit: Edit, small: Small) -> None:
    edit.put("评分", "A1", "<v>7777</v>", t="s")
    edit.put("评分", "B1", "<v>-1</v>", t="s")


RAW = json.loads(
    r'["NaN","INF","-INF","1e999","0x10","1,5",""," 95 ","\u0669\u0665","\uFF19\uFF15","1_000","99999999999999999999","1e-400"]'
)


@form("P26", "存疑", "VALUE-001 VALUE-001 VALUE-003 VALUE-005 VALUE-005 VALUE-005 VALUE-005 VALUE-005 VALUE-005 VALUE-005 VALUE-019 VALUE-034",
      "填的“NaN”不是数字",
      {"K01": None, "K02": None, "K03": None, "K04": None, "K05": None, "K06": None, "K07": None, "K08": 95, "K09": None, "K10": 95,
       "K11": None, "K12": None})  # fmt: skip
def _(edit: Edit, small: Small) -> None:
    for number, raw in enumerate(RAW[:12], 1):
        edit.number("评分", small.cell(f"K{number:02}", "得分"), raw)


@form("P26-least", "存疑", "VALUE-005", "填的“1e-400”不是数字", {"K01": None})
def _(edit: Edit, small: Small) -> None:
    edit.number("评分", small.cell("K01", "得分"), RAW[12])


@form("P30", "拒收", "FILE-016", "找不到工作表")
def _(edit: Edit, small: Small) -> None:
    part = _scores(edit)
    edit.settle()
    del edit.members[part]


@form("P31", "拒收", "FILE-016", "找不到工作表")
def _(edit: Edit, small: Small) -> None:
    target = _scores(edit).removeprefix("xl/")
    edit.replace(LINKS, {target.encode(): b"../../../../../../etc/passwd"})


@form("P32", "受理")
def _(edit: Edit, small: Small) -> None:
    edit.members |= {"../../../../tmp/x.txt": b"x", "C:\\x.txt": b"x", "/tmp/y.txt": b"x"}


@form("P34", "受理")
def _(edit: Edit, small: Small) -> None:
    part = _scores(edit)
    edit.settle()
    text = re.sub(r"^<\?xml[^>]*\?>", '<?xml version="1.0" encoding="GBK"?>', edit.members[part].decode())
    edit.members[part] = text.encode("gbk", "xmlcharrefreplace")


@form("P35", "拒收", "FILE-021", "文字编码损坏或无法识别")
def _(edit: Edit, small: Small) -> None:
    edit.members[STRINGS] = edit.members[STRINGS].replace(b"<si><t>", b"<si><t>\xff\xfe\xed\xa0\x80", 1)


@form("P36", "提示", "VALUE-051", "含控制字符，已用可见符号代替")
def _(edit: Edit, small: Small) -> None:
    edit.text("评分", small.cell("K01", "说明"), "a_x0000_b_x0001__x001F__xD800_c_x000B_")


@form("P37", "受理")
def _(edit: Edit, small: Small) -> None:
    part = _scores(edit)
    edit.settle()
    xml = re.sub(r"^<\?xml[^>]*\?>\s*", "", edit.members[part].decode())
    xml = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", xml).replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
    edit.members[part] = re.sub(r"<x:dimension [^>]*/>", "", xml).encode()


@form("P38", "拒收", "FILE-007", "文件不完整")
def _(edit: Edit, small: Small) -> bytes:
    data = edit.data()
    return data[: len(data) // 2]


@form("P40", "拒收", "FILE-009", "文件损坏（校验不符）")
def _(edit: Edit, small: Small) -> bytes:
    address = small.cell("K01", "得分")
    edit.number("评分", address, 95)
    data = edit.data(zipfile.ZIP_STORED)
    at = data.index(b"<v>95</v>", data.index(f'<c r="{address}"'.encode()))
    return data[:at] + b"<v>59</v>" + data[at + 9 :]


@form("P41", "拒收", "FILE-008", "文件末尾有多余数据")
def _(edit: Edit, small: Small) -> bytes:
    return edit.data() + random.Random(41).randbytes(70_000)


@form("P43", "拒收", "FILE-006", "文件设有打开密码")
def _(edit: Edit, small: Small) -> bytes:
    data = bytearray(edit.data())
    for mark, flags in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
        at = data.find(mark)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


@form("P43-OLE", "拒收", "FILE-006", "文件设有打开密码")
def _(edit: Edit, small: Small) -> bytes:
    noise = random.Random(43)
    return compound({"EncryptionInfo": noise.randbytes(5000), "EncryptedPackage": noise.randbytes(9000)})


@form("P44", "拒收", "FILE-001", "空文件")
def _(edit: Edit, small: Small) -> bytes:
    return b""


@form("P45", "拒收", "FILE-003", "不是 Excel 文件，实为文本（CSV）")
def _(edit: Edit, small: Small) -> bytes:
    return "单位,得分\r\n甲,95\r\n".encode("gbk")


@form("P46", "拒收", "FILE-003", "不是 Excel 文件，实为网页", suffix=".xls")
def _(edit: Edit, small: Small) -> bytes:
    return "<html><body><table><tr><td>单位</td><td>得分</td></tr><tr><td>甲</td><td>95</td></tr></table><script>alert(1)</script></body></html>".encode()


@form("P47", "提示", "FILE-043", "与内容不符，已按 .xlsx 读取", suffix=".xls")
def _(edit: Edit, small: Small) -> None:
    pass


@form("P49", "拒收", "FILE-004", "不是 Excel 文件")
def _(edit: Edit, small: Small) -> bytes:
    return random.Random(49).randbytes(50_000)


@form("P50", "拒收", "FILE-010", "文件损坏", suffix=".xls")
def _(edit: Edit, small: Small) -> bytes:
    return SIGNATURE + random.Random(50).randbytes(20_000)


DDE = (
    f'<externalLink xmlns="{MAIN}"><ddeLink xmlns:r="{OFFICE}" ddeService="cmd" ddeTopic="/c calc"><ddeItems>'
    '<ddeItem name="A1" advise="1"/></ddeItems></ddeLink></externalLink>'
).encode()
LINK = "xl/externalLinks/externalLink1.xml"


@form("P51", "提示", "FILE-042", "含外部链接，已忽略")
def _(edit: Edit, small: Small) -> None:
    link = f'<Relationship Id="rIdX" Type="{OFFICE}/externalLink" Target="externalLinks/externalLink1.xml"/>'
    edit.replace(LINKS, {b"</Relationships>": f"{link}</Relationships>".encode()})
    edit.replace(
        BOOK, {b"</sheets>": b'</sheets><externalReferences><externalReference r:id="rIdX"/></externalReferences>'}
    )
    edit.members[LINK] = DDE


@form("P52", "存疑", "VALUE-018 VALUE-018", "公式没有计算结果", {"K01": None, "K02": None})
def _(edit: Edit, small: Small) -> None:
    edit.put("评分", small.cell("K01", "得分"), "<f>B1*2</f>")
    edit.put("评分", small.cell("K02", "得分"), '<f>WEBSERVICE("http://127.0.0.1:9/")</f><v></v>')


ERRORS = ("#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#瞎写")


@form("P54", "存疑", " ".join(["VALUE-017"] * 10), "公式出错：#REF!", {f"K{n:02}": None for n in range(1, 11)})
def _(edit: Edit, small: Small) -> None:
    for number, code in enumerate(ERRORS, 1):
        edit.put("评分", small.cell(f"K{number:02}", "得分"), f"<v>{code}</v>", t="e")


@form("P55", "拒收", "FILE-017", "工作表重名")
def _(edit: Edit, small: Small) -> None:
    for each in edit.tree(BOOK).iter(f"{{{MAIN}}}sheet"):
        if each.get("name") == "综合评语":
            each.set("name", "评分")


@form("P57", "拒收", "FILE-027", "表格声明的行列过多", suffix=".ods", seconds=10, mib=512)
def _(edit: Edit, small: Small) -> bytes:
    cell = '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/>'
    return ods(f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>')


@form("P59", "拒收", "FILE-012", "解压后过大", seconds=5, mib=512)
def _(edit: Edit, small: Small) -> bytes:
    edit.text("评分", "A1", "MARK")
    part = _scores(edit)
    edit.settle()
    head, _, tail = edit.members[part].partition(b"MARK")
    return bombs.package({**edit.members, part: bombs.Repeated(head, "哈".encode() * 50_000, 1000, tail)})


@form("P60", "提示", "FILE-044", "表外有多余内容：XFD6 等", seconds=10, mib=512)
def _(edit: Edit, small: Small) -> None:
    for number in range(6, 506):
        edit.number("评分", f"XFD{number}", 1)


@form("P61", "受理", seconds=10, mib=512)
def _(edit: Edit, small: Small) -> None:
    style = edit.style(small.cell("K01", "得分"), "评分", "[" * 20_000 + "y" * 20_000)
    edit.put("评分", small.cell("K01", "得分"), "<v>81</v>", s=style)


@form("P62", "提示", "FILE-041", "含宏，已忽略")
def _(edit: Edit, small: Small) -> None:
    edit.settle()
    types = edit.members["[Content_Types].xml"]
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    assert plain in types
    edit.members["[Content_Types].xml"] = types.replace(plain, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    edit.members["xl/vbaProject.bin"] = b"any bytes"


@form("P63", "受理", seconds=10, mib=512)
def _(edit: Edit, small: Small) -> None:
    first, second = (small.cell(code, "得分") for code in ("K01", "K02"))
    edit.put("评分", first, '<f t="shared" ref="A1:XFD1048576" si="0">B1+1</f><v>81</v>')
    edit.put("评分", second, '<f t="shared" si="0"/><v>82</v>')


@form("P65", "受理")
def _(edit: Edit, small: Small) -> None:
    fills = edit.tree(STYLES).find(f"{{{MAIN}}}fills")
    assert fills is not None
    fills[-1][:] = []


@form("P69", "受理")
def _(edit: Edit, small: Small) -> None:
    part = _scores(edit)
    edit.settle()
    edit.members = {name.replace("/", "\\") if name == part else name: x for name, x in edit.members.items()}


@form("P70", "受理")
def _(edit: Edit, small: Small) -> None:
    dimension = edit.sheet("评分").find(f"{{{MAIN}}}dimension")
    assert dimension is not None
    dimension.set("ref", "A1:A1")


@form("P71", "存疑", "ROW-015 VALUE-026", "合并区域", {"K02": None})
def _(edit: Edit, small: Small) -> None:
    edit.merge("评分", f"{small.cell('K01', '得分')}:{small.cell('K02', '得分')}")


@form("P72", "存疑", "VALUE-017 VALUE-017", "公式出错：#N/A", {"K02": None, "K03": None})
def _(edit: Edit, small: Small) -> None:
    edit.put("评分", small.cell("K02", "得分"), "<v>#REF!</v>", t="e")
    edit.put("评分", small.cell("K03", "得分"), "<f>VLOOKUP(1,A:A,2,0)</f><v>#N/A</v>", t="e")


@form("P73", "拒收", "FILE-020", "字符串计数不符", seconds=10, mib=512)
def _(edit: Edit, small: Small) -> None:
    lie = b'uniqueCount="4294967295" count="4294967295"'
    edit.members[STRINGS] = re.sub(rb'count="\d+" uniqueCount="\d+"', lie, edit.members[STRINGS], count=1)
    assert lie in edit.members[STRINGS]


STRICT = {
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    OFFICE: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}


@form("P75", "受理")
def _(edit: Edit, small: Small) -> None:
    edit.settle()
    for name in edit.members:
        for usual, strict in STRICT.items():
            edit.members[name] = edit.members[name].replace(usual.encode(), strict.encode())


@form("P76", "存疑", "FILE-045 ROW-015" + " VALUE-026" * 12, "合并区域 K1:K1048576 下还有数值", NOTHING)
def _(edit: Edit, small: Small) -> None:
    column = small.cell("K01", "得分").rstrip("0123456789")
    edit.merge("评分", f"{column}1:{column}1048576")


@form("P76-empty", "提示", "FILE-045", "合并区域过大")
def _(edit: Edit, small: Small) -> None:
    edit.merge("评分", "AZ1:AZ1048576")
