"""A scheme with one of everything, small enough to read: two clocks, units and their secretaries, every source, ballots, events, tasks,
boards, documents; and a roster that goes with it. Without faults; tests change one cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl

from kaohe.records.tables import Reading
from kaohe.scheme.sheets import ROSTER_SHEETS, SHEETS, Column
from makers.pipes import reading

RATED: dict[str, str] = {
    "基本信息": """
        | 名称 | 取值 | 说明 |
        | 方案代码 | rated | |
        | 方案名称 | 样样有的方案 | |
        | 组织名称 | 虚构公司 | |
        | 发文机关 | 虚构公司党委 | |
        | 主办部门 | 党建部 | |
        | 榜名 | 红蓝榜 | |
        | 期别 | 季、年 | |
        | 办法名称 | 考核办法 | |
        | 小数位 | 2 | |
        | 比例范围 | 排名组 | |
        | 同分排序1 | 构成:DJ 高 | |
    """,
    "期次": """
        | 期次 | 考核起 | 考核止 | 报送截止 | 基准日 | 成文日期 | 公示起 | 公示止 |
        | 2026Q3 | 2026-07-01 | 2026-09-30 | 2026-10-09 | 2026-10-10 | 2026-10-14 | 2026-10-15 | 2026-10-21 |
        | 2026 | 2026-01-01 | 2026-12-31 | 2027-01-09 | 2027-01-10 | | | |
    """,
    "分类": """
        | 代码 | 名称 | 对象 | 排名组 |
        | Ⅰ | 一类 | 单位 | |
        | Ⅱ | 二类 | 单位 | |
        | SJ | 书记 | 人员 | 不排名 |
    """,
    "构成": """
        | 代码 | 名称 | 上级构成 | 期别 | 权重:Ⅰ | 权重:Ⅱ | 权重:SJ | 计入总分 | 来源 | 取自 | 取值 |
        | DJ | 党建 | | 季 | 50 | 50 | | 是 | 指标评分 | | |
        | RC | 日常 | | 季 | 10 | 10 | | 是 | 日常积分 | | 90 |
        | PY | 评议 | | 季 | 20 | 20 | | 是 | 评价 | SZ | |
        | ZH | 综合 | | 季 | 20 | 20 | | 是 | 下级构成 | | |
        | ZH1 | 任务 | ZH | 季 | 60 | 60 | | 是 | 任务清单 | | |
        | ZH2 | 评议折算 | ZH | 季 | 40 | 40 | | 是 | 等次折算 | 评价:SZ | |
        | CP | 测评 | | 季 | | | 60 | 是 | 评价 | CS | |
        | DW | 所在单位 | | 季 | | | 40 | 是 | 关联对象 | 单位 | 总分 |
        | JD | 季度平均 | | 年 | 80 | 80 | 100 | 是 | 历史期次 | 季 | 总分 |
        | YJ | 业绩 | | 年 | 20 | 20 | | 是 | 其他方案结果 | business | |
    """,
    "指标": """
        | 代码 | 名称 | 构成 | 评分标准 | 办法 | 满分 | 满分:Ⅱ | 权重 | 适用分类 | 计量单位 | 目标值 | 步长 | 每步 | 计步 | 最低分 | 评分单位 | 名次取法 | 引用 | 评分人 |
        | 1 | 组织 | DJ | | | 100 | | | Ⅰ、Ⅱ | | | | | | | | | | |
        | 1.1 | 会议 | | 按期开会 | 扣分 | 40 | | | Ⅰ、Ⅱ | | | | | | | | | | |
        | 1.2 | 学时 | | 按学时 | 完成率 | 20 | 10 | | Ⅰ、Ⅱ | 学时 | 32 | | | | | | | | |
        | 1.3 | 特色 | | 看成效 | 直接打分 | | 10 | | Ⅱ | | | | | | | | | | |
        | 1.4 | 培训 | | 每低1个百分点扣1分 | 阈值 | 20 | | | Ⅰ、Ⅱ | % | 95 | 1 | 1 | 整步 | | | | | |
        | 1.5 | 书记 | | 按测评 | 引用 | 10 | | | Ⅰ、Ⅱ | | | | | | | | | 关联:书记:评价:CS | |
        | 1.6 | 品牌 | | 看档次 | 档次 | 10 | | | Ⅰ、Ⅱ | | | | | | | | | | |
    """,
    "评分细则": """
        | 指标 | 序 | 情形或档 | 每次分值 | 系数 | 得分 | 单项上限 | 第几次起归零 | 归零范围 | 问题类别 | 严重程度 |
        | 1.1 | 1 | 缺一次 | 0.5 | | | 3 | | | P01 | |
        | 1.1 | 2 | 缺记录 | 0.2–0.3 | | | | 3 | 本项 | P01 | |
        | 1.6 | 1 | 好 | | 1 | | | | | | |
        | 1.6 | 2 | 差 | | 0 | | | | | | |
    """,
    "评价表": """
        | 代码 | 名称 | 评谁 | 期别 | 方式 | 下限 | 上限 | 小数位 | 去高 | 去低 | 超过几人才去 | 人数口径 | 最少有效票 | 最低回收率 | 每票最多推荐 | 空主体 |
        | SZ | 述职评议 | Ⅰ、Ⅱ | 季 | 分数 | 60 | 100 | 0 | 1 | 1 | 4 | 有效 | 2 | 80 | | 报错 |
        | CS | 书记测评 | SJ | 季 | 分数 | 0 | 100 | 0 | | | | | 1 | | | 重分 |
    """,
    "评价主体": """
        | 评价表 | 代码 | 名称 | 权重 | 权重:Ⅱ | 回避本单位 | 身份 | 所在分类 | 关系 |
        | SZ | LD | 领导 | 60 | 100 | 否 | 班子 | | 不限 |
        | SZ | DB | 代表 | 40 | 0 | 是 | | | 不限 |
        | CS | ZG | 职工 | 100 | | 否 | 职工代表 | Ⅰ | 本单位 |
    """,
    "评价项": """
        | 评价表 | 类 | 代码 | 名称 | 维度 | 权重或系数 | 界限 | 个数 |
        | SZ | 维度 | W1 | 实绩 | | 70 | | |
        | SZ | 维度 | W2 | 作风 | | 30 | | |
        | SZ | 作废 | | 高于等于x的超过n个 | | | 95 | 3 |
        | CS | 作废 | | 全部相同 | | | | |
    """,
    "加减分": """
        | 代码 | 名称 | 类 | 期别 | 每例下限 | 每例上限 | 单项上限 | 类别 | 类别上限 | 计入 | 需佐证 | 计数来源 |
        | JF1 | 表彰 | 加分 | 季 | 0.2 | 0.5 | 1 | 荣誉 | 2 | 总分 | 是 | 填报 |
        | JF2 | 推广 | 加分 | 季 | 0.1 | 0.3 | | 荣誉 | 2 | 构成:DJ | 是 | 填报 |
        | KF1 | 逾期 | 减分 | 季 | 0.2 | 0.2 | | | | 总分 | 否 | 台账:逾期数 |
        | SX1 | 事故 | 事项 | 季 | | | | | | | 是 | 填报 |
    """,
    "任务": """
        | 期次 | 编号 | 任务 | 责任对象 | 时限 | 分值 |
        | 2026Q3 | 1 | 攻坚 | Ⅰ | 2026-09-20 | 10 |
        | 2026Q3 | 2 | 帮扶 | | 2026-09-20 | 10 |
    """,
    "等次": """
        | 用于 | 适用分类 | 期别 | 名称 | 最低分 | 原文上限 | 最高比例 | 及以下最低比例 | 折算分 |
        | 总评 | | | 优秀 | 90 | | 30 | | |
        | 总评 | | | 良好 | 80 | 90 | | | |
        | 总评 | | | 较差 | | 80 | | | |
        | 评价:SZ | | | 好 | 90 | | | | 100 |
        | 评价:SZ | | | 差 | | | | | 60 |
    """,
    "规则": """
        | 规则号 | 期别 | 对象 | 比较 | 值 | 效果 | 参数 | 去向 | 理由 | 条款 | 刚性 |
        | R01 | 季 | 分类 | 属于 | Ⅰ、Ⅱ | 上榜 | 红榜 | | 名列第一 | 第九条 | 硬 |
        | R01 | | 名次 | = | 1 | | | | | | |
        | R02 | 季 | 事项:SX1 | ≥ | 1 | 降档 | 1 | | 发生事故 | 第十条 | 硬 |
        | R03 | 季 | 评价等次:SZ | = | 差 | 封顶 | 良好 | | 述职差 | 第十条 | 硬 |
        | R04 | 季 | 资料:审计 | = | 差 | 否优 | | | 审计差 | 第十条 | 硬 |
        | R05 | 季 | 分类 | = | SJ | 限制其他考核 | 不得评优 | 年度考核 | 单位较差 | 第十条 | 硬 |
        | R05 | | 关联:单位:等次 | = | 较差 | | | | | | |
        | R06 | 季 | 榜 | = | 红榜 | 发文 | 整改清单 | | 上榜 | 第十条 | 硬 |
    """,
    "问题类别": """
        | 代码 | 名称 | 上级 |
        | P01 | 会议不全 | |
    """,
    "整改": """
        | 名称 | 方案期限 | 完成期限 | 日别 | 复发窗口 |
        | 一般 | 5 | 20 | 工作日 | 4 |
    """,
    "填报表": """
        | 代码 | 名称 | 期别 | 内容 | 份数 | 填报人 | 截止 |
        | TB | 填报表 | 季 | 封面、评分、扣分与问题、加减分、任务清单 | 每对象 | 单位、检查组 | |
        | RC | 日常积分表 | 季 | 日常积分 | 每部门 | 组织部、宣传部 | |
        | PF | 评议表 | 季 | 评价打分:SZ | 每评委 | 评委 | |
        | CP | 测评表 | 季 | 评价打分:CS | 每主体 | 检查组 | |
        | SX | 事项表 | 季 | 事项、资料 | 一份 | 党建部 | |
    """,
    "文书": """
        | 代码 | 种类 | 模板 | 期别 | 对象 | 版式 | 用印 | 代字 | 起始文号 | 主送 |
        | TZ | 考核结果反馈通知书 | 考核结果反馈通知书.docx | 季 | 全部 | 信函 | 是 | 虚党函 | 1 | {单位名称} |
        | ZG | 整改清单 | 整改清单.docx | 季 | R06 | 无 | 否 | | | |
    """,
}

ROSTER: dict[str, str] = {
    "单位": """
        | 代码 | 名称 | 简称 | 分类 | 上级 | 状态 | 原因 |
        | U1 | 石桥公司 | | Ⅰ | | 参评 | |
        | U2 | 云口公司 | | Ⅰ | | 参评 | |
        | U3 | 计划部 | | Ⅱ | | 参评 | |
    """,
    "人员": """
        | 代码 | 姓名 | 单位 | 分类 | 职务 | 角色 | 起 | 止 |
        | P1 | 顾清 | U1 | SJ | 书记 | 书记 | 2024-03-01 | |
        | P2 | 白林 | U2 | SJ | 书记 | 书记 | 2024-03-01 | |
    """,
    "检查组": """
        | 检查组 | 组长 | 成员 | 成员单位 | 被查单位 |
    """,
    "评委": """
        | 代码 | 身份 | 单位 |
        | W1 | 班子 | |
        | W2 | 班子 | |
        | W3 | 代表 | U3 |
        | W4 | 代表 | U3 |
        | G1 | 职工代表 | U1 |
        | G2 | 职工代表、代表 | U2 |
        | W5 | 代表 | |
    """,
    "资料": """
        | 对象 | 事项 | 取值 |
        | U1 | 审计 | 好 |
    """,
}

Edit = tuple[str, str, str]  # (sheet, text, new text)


def rated(*edits: Edit) -> Reading:
    """The scheme with text replaced in some sheets: `rated(("构成", "| 50 | 50 |", "| 49 | 50 |"))`."""
    return _edited(RATED, edits, SHEETS)


def rated_roster(*edits: Edit) -> Reading:
    """The roster, likewise."""
    return _edited(ROSTER, edits, ROSTER_SHEETS)


def typed(path: Path, workbook: Reading) -> Path:
    """The workbook as an .xlsx file, as somebody might have typed it."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for table in workbook.tables:
        sheet = book.create_sheet(table.name)
        for row in table.rows:
            sheet.append(row)
    book.save(path)
    return path


def _edited(given: Mapping[str, str], edits: Sequence[Edit], known: Mapping[str, tuple[Column, ...]]) -> Reading:
    sheets = dict(given)
    for sheet, old, new in edits:
        assert old in sheets[sheet], f"{sheet} does not hold {old!r}"
        sheets[sheet] = sheets[sheet].replace(old, new, 1)
    return reading({sheet: _whole(sheets.get(sheet, ""), columns) for sheet, columns in known.items()})


def _whole(text: str, columns: tuple[Column, ...]) -> str:
    """The sheet with the columns that it leaves out, blank, at its right."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()] or ["|"]
    there = {title.strip().partition(":")[0] for title in lines[0].strip("|").split("|")}
    more = [column.title for column in columns if column.title not in there]
    head, *rows = lines
    return "\n".join(
        (f"{head}{''.join(f' {title} |' for title in more)}", *(f"{row}{' |' * len(more)}" for row in rows))
    )
