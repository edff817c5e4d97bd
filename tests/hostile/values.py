"""The cases V… of the catalogue: what somebody typed as text into the score of K01 (0 to 100, 分, no percentage)."""

from __future__ import annotations

import json
from fractions import Fraction

from hostile.case import Case
from hostile.place import Small
from makers.edits import Edit

# id | the cell's text as JSON | what it is read as ("" = not at all) | code | a fragment of what is said
TABLE = r"""
V001 | "95"             | 95   | VALUE-001 | 按 95 读取
V002 | "95 "            | 95   | VALUE-001 | 按 95 读取
V003 | "\u00A095"       | 95   | VALUE-001 | 按 95 读取
V004 | "\uFF19\uFF15\uFF0E\uFF15" | 95.5 | VALUE-001 | 按 95.5 读取
V005 | "95\uFF0C5"      |      | VALUE-024 | 无法确定数值
V006 | "1,234"          |      | VALUE-030 | 读作 1234，超过满分 100
V007 | "1,23"           |      | VALUE-019 | 千分位位置不对
V008 | "\u201895"       |      | VALUE-005 | 不是数字
V009 | "95 分"          | 95   | VALUE-001 | 按 95 读取
V010 | "95\uFF05"       |      | VALUE-020 | 此项不是百分比
V011 | "0.95"           | 0.95 | VALUE-001 | 按 0.95 读取
V012 | "九十五"          |      | VALUE-006 | 请用阿拉伯数字
V013 | "九五"            |      | VALUE-006 | 请用阿拉伯数字
V014 | "零"              |      | VALUE-006 | 请用阿拉伯数字
V015 | "-95"            |      | VALUE-031 | 读作 -95，小于 0
V016 | "\u201495"       |      | VALUE-005 | 不是数字
V017 | "(95)"           |      | VALUE-005 | 不是数字
V018 | "1e999"          |      | VALUE-005 | 不是数字
V019 | "nan"            |      | VALUE-005 | 不是数字
V020 | "-inf"           |      | VALUE-005 | 不是数字
V021 | "None"           |      | VALUE-005 | 不是数字
V022 | "TRUE"           |      | VALUE-005 | 不是数字
V023 | "1_000"          |      | VALUE-005 | 不是数字
V024 | "九5"             |      | VALUE-006 | 请用阿拉伯数字
V025 | ".95"            |      | VALUE-023 | 小数请写整数位，如 0.95
V026 | "95-97"          |      | VALUE-007 | 是范围，不是一个数
V027 | ">95"            |      | VALUE-008 | 不是一个确定的数
V028 | "95\uFF08含加分5\uFF09" |  | VALUE-009 | 数字外另有文字
V029 | "95/100"         |      | VALUE-010 | 不是一个数
V030 | "-"              |      | VALUE-011 | “-”含义不明，不等于 0、空白或不适用
V031 | "/"              |      | VALUE-011 | 含义不明
V032 | "无"              |      | VALUE-011 | 含义不明，不等于 0
V033 | "N/A"            |      | VALUE-012 | 不适用请在“核查”栏选“不适用”
V034 | "待定"            |      | VALUE-013 | 尚无得分
V035 | "O"              |      | VALUE-014 | 字母 O
V036 | "1O0"            |      | VALUE-014 | 夹有字母 O
V037 | "3/5"            |      | VALUE-010 | 不是一个数
V038 | "12:30"          |      | VALUE-015 | 是时间
V039 | "#N/A"           |      | VALUE-017 | 公式出错：#N/A
V040 | ""               |      | VALUE-003 | 未填
V041 | "\u3000"         |      | VALUE-004 | 未填（只有空格）
V042 | "\u200B95"       | 95   | VALUE-002 | 按 95 读取，已去掉不可见字符
V043 | "9 5"            |      | VALUE-021 | 数字中间有空格
V044 | "⑨⑤"             |      | VALUE-022 | 带圈数字
V045 | "½"              |      | VALUE-022 | 不是数字
V046 | "0.1+0.2"        |      | VALUE-010 | 不是一个数
V047 | "100.0000000001" |      | VALUE-030 | 读作 100.0000000001，超过满分 100
copied from a page | "\u202D95\u202C" | 95 | VALUE-002 | 按 95 读取
turned round       | "\u202E95\u202C" |    | VALUE-005 | 不是数字
other digits       | "\u0669\u0665"   |    | VALUE-005 | 不是数字
sixteen digits     | "1234567890123456" |  | VALUE-034 | 超过 15 位
"""


def _case(line: str) -> Case:
    id, text, read, code, says = (part.strip() for part in line.split("|"))
    typed = json.loads(text)

    def make(edit: Edit, small: Small) -> None:
        address = small.cell("K01", "得分")
        if typed:
            edit.text("评分", address, typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
        else:
            edit.empty("评分", address)

    points = {"K01": Fraction(read) if read else None}
    return Case(id.replace(" ", "-"), "提示" if read else "存疑", (code,), says, make, points)


CASES = [_case(line) for line in TABLE.strip().splitlines()]
