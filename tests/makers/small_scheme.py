"""A whole scheme small enough to read at a glance: two classes, one counted component, three leaves. Tests break one cell of it."""

from __future__ import annotations

from kaohe.records.tables import Reading
from kaohe.scheme.sheets import SHEETS
from makers.pipes import reading

SMALL: dict[str, str] = {
    "基本信息": """
        | 名称 | 取值 | 说明 |
        | 方案代码 | small | |
        | 方案名称 | 小方案 | |
        | 组织名称 | 虚构公司 | |
        | 发文机关 | 虚构公司党委 | |
        | 主办部门 | 党建部 | |
        | 榜名 | 红蓝榜 | |
        | 期别 | 季 | |
        | 办法名称 | 考核办法 | |
        | 小数位 | 2 | |
    """,
    "期次": """
        | 期次 | 考核起 | 考核止 | 报送截止 | 基准日 | 成文日期 | 审定会议 | 公示起 | 公示止 | 依据 |
        | 2026Q3 | 2026-07-01 | 2026-09-30 | 2026-10-09 | 2026-10-10 | 2026-10-14 | | | | |
    """,
    "分类": """
        | 代码 | 名称 | 对象 | 排名组 | 说明 |
        | Ⅰ | 一类 | 单位 | | |
        | Ⅱ | 二类 | 单位 | | |
    """,
    "构成": """
        | 代码 | 名称 | 上级构成 | 期别 | 权重 | 计入总分 | 来源 | 取自 | 取值 | 汇总 | 缺期 |
        | DJ | 党建 | | | 100 | 是 | 指标评分 | | | | |
    """,
    "指标": """
        | 代码 | 名称 | 构成 | 评分标准 | 办法 | 满分 | 满分:Ⅱ | 权重 | 适用分类 | 计量单位 | 目标值 | 方向 | 步长 | 每步 | 计步 | 最低分 | 评分单位 | 名次取法 | 引用 | 责任主体 | 评分人 | 不适用办法 | 依据 |
        | 1 | 组织 | DJ | | | 100 | | | | | | | | | | | | | | | | | |
        | 1.1 | 会议 | | 按期开会 | 扣分 | 60 | | | | | | | | | | | | | | | | | 第一条 |
        | 1.2 | 学时 | | 按学时 | 完成率 | 40 | 30 | | | 学时 | 32 | | | | | | | | | | | | 第二条 |
        | 1.3 | 特色 | | 看成效 | 直接打分 | | 10 | | Ⅱ | | | | | | | | | | | | | | 第三条 |
    """,
    "评分细则": """
        | 指标 | 序 | 情形或档 | 每次分值 | 系数 | 得分 | 单项上限 | 第几次起归零 | 归零范围 | 问题类别 | 严重程度 |
        | 1.1 | 1 | 缺一次 | 0.5 | | | | | | P01 | |
    """,
    "等次": """
        | 用于 | 适用分类 | 期别 | 名称 | 最低分 | 原文上限 | 最高比例 | 及以下最低比例 | 折算分 |
        | 总评 | | | 优秀 | 90 | | | | |
        | 总评 | | | 良好 | | 90 | | | |
    """,
    "规则": """
        | 规则号 | 期别 | 对象 | 比较 | 值 | 效果 | 参数 | 去向 | 理由 | 条款 | 刚性 |
        | R01 | | 分类 | 属于 | Ⅰ、Ⅱ | 上榜 | 红榜 | | 名列第一 | 第九条 | 硬 |
        | R01 | | 名次 | = | 1 | | | | | | |
    """,
    "问题类别": """
        | 代码 | 名称 | 上级 |
        | P01 | 会议不全 | |
    """,
    "整改": """
        | 名称 | 方案期限 | 完成期限 | 日别 | 销号条件 | 复发窗口 | 逾期处理 |
        | 一般 | 5 | 20 | 工作日 | | 4 | |
    """,
    "填报表": """
        | 代码 | 名称 | 期别 | 内容 | 份数 | 填报人 | 截止 |
        | TB | 填报表 | 季 | 封面、评分、扣分与问题 | 每对象 | 单位、检查组 | |
    """,
    "文书": """
        | 代码 | 种类 | 模板 | 期别 | 对象 | 版式 | 用印 | 代字 | 起始文号 | 主送 | 抄送 | 公开范围 | 暂定可发 |
        | ZG | 整改清单 | 整改清单.docx | | 全部 | 无 | 否 | | | | | | 是 |
    """,
}


def small(**changes: tuple[str, str]) -> Reading:
    """The small scheme with text replaced in some sheets: `small(指标=("| 60 |", "| 61 |"))`."""
    sheets = dict(SMALL)
    for sheet, (old, new) in changes.items():
        assert old in sheets[sheet], f"{sheet} does not hold {old!r}"
        sheets[sheet] = sheets[sheet].replace(old, new, 1)
    for sheet, columns in SHEETS.items():
        sheets.setdefault(sheet, "| " + " | ".join(column.title for column in columns) + " |")
    return reading(sheets)
