"""A second, naive computation agrees with the product on both quarters, to the last digit.

1. The points of every leaf, exact.       2. Base and total, exact.       3. Rank in the class (scheme model 4, step 8).
4. Boards (第十一条).       5. Every change of pay, with its month (第十二条).

The numbers of the scheme were typed here from the printed method; `naive` reads the workbooks and imports nothing of the package.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from sample import naive

if TYPE_CHECKING:
    from sample.conftest import Quarter

RULES = {
    "单位": """
Ⅰ U101 U102 U103 U104 U105 U106 U107 U108 U109 U110
Ⅱ U201 U202 U203 U204 U205 U206 U207 U208 U209
Ⅲ U301 U302 U303 U304 U305 U306 U307 U308 U309 U310 U311 U312
""",
    "构成": """
党建 1 2 3 4 5 6 7 8
廉政 9
宣传 10
""",
    "指标": """
1.1 扣分 3 | 缺学 0.5 | 无研讨发言记录 0.2 | 落实措施不具体 0.1
1.2 扣分 3 | 传达超期 0.2 | 无落实方案 0.3 | 未按时反馈进展 酌定
1.3 扣分 2 ⅠⅡ | 应研究未研究 0.5 第2次本项归零 | 未写明表决情况 0.2
1.4 扣分 3 | 未建台账 0.6 | 未按月更新 0.3 最多0.9 | 缺责任人或时限 0.1
1.5 档次 2 | 好 1 | 较好 0.8 | 一般 0.6 | 差 0
1.6 扣分 2 Ⅲ | 未把关即印发 0.5 | 把关单缺项 0.2 最多0.6
1.7 扣分 2 Ⅰ | 少走访 0.3 | 帮扶事项逾期未办 0.2 | 记录无村方确认 0.1
1.8 扣分 2 Ⅱ | 未成立保障小组 0.5 | 无动员记录 0.2 | 总结超期 0.1
1.9 扣分 2 Ⅲ | 推诿或漏办 0.4 | 超时限办结 0.2 | 登记要素缺失 0.1 最多0.4
2.1 扣分 3 | 无清单 1 | 条目未分解到人 0.1 最多0.5 | 未按季对照 0.3
2.2 扣分 3 | 规定动作缺项 0.5 | 研究无议定事项 0.2 | 指导无问题反馈 0.1
2.3 扣分 3 | 无履责记录 0.3 | 内容空泛 酌定 | 代签代写 0.5
2.4 完成率 2 目标6
2.5 扣分 4 ⅠⅡ | 节点晚于计划 酌定 | 成果未通过验收 0.5 | 无党员承担任务 0.2
2.6 扣分 4 Ⅲ | 课题进度滞后 酌定 | 无成果应用 0.3 | 业务会议不部署党建 0.2
3.1 扣分 2 | 委员缺额 0.3 | 分工未公布 0.2 | 计划无季度分解 0.1
3.2 扣分 4 | 缺次数 0.5 | 记录要素不全 0.3 最多1.5 | 补造记录 1 第1次上级归零
3.3 扣分 3 | 组织关系接转超期 0.2 | 发展党员材料缺项 0.2 | 发展程序颠倒 0.8 第2次本项归零
3.4 扣分 3 | 台账与系统不一致 0.3 最多1.2 | 归档目录缺项 0.1 | 涂改无签章 0.1
3.5 扣分 2 | 标识陈旧或缺失 0.2 | 上墙内容过期 0.1 | 设施损坏未修 0.15
3.6 完成率 2 目标95%
3.7 扣分 3 Ⅰ | 未建党小组 0.5 | 组长空缺 0.3 | 党小组活动少次 0.2
3.8 完成率 3 Ⅱ 目标填报
3.9 扣分 3 Ⅲ | 未开展共建 0.8 | 主题与需求无关 0.3 | 承诺事项未兑现 0.2
3.10 是否 1
4.1 完成率 4 目标32
4.2 完成率 2 目标100%
4.3 直接打分 2
4.4 扣分 2 | 牌证不符 0.1 | 未按季考评 0.2 | 考评结果未公布 0.15
4.5 扣分 2 Ⅰ | 名册不全 0.1 | 未送学 0.2 最多1 | 无联系人 0.1
4.6 完成率 2 Ⅱ 目标填报
4.7 完成率 2 Ⅲ 目标3
5.1 扣分 2 | 未专题研究 0.5 | 阵地登记缺项 0.1 | 风险点未排查 酌定
5.2 档次 2 | 好 1 | 较好 0.8 | 一般 0.6 | 差 0
5.3 扣分 2 | 名单未更新 0.2 | 未联谊 0.15 | 意见建议未答复 0.2
5.4 计数 2 | 集团党建简报 0.5 | 公司内刊 0.4 最多1.6 | 部门网页 0.2 最多0.6
5.5 扣分 2 Ⅰ | 上报超时 0.3 | 处置无复盘 0.2 | 联络表未更新 0.1
5.6 扣分 2 Ⅱ | 园地未更新 0.2 | 荣誉信息有误 0.1 | 无借阅登记 0.1
5.7 扣分 2 Ⅲ | 未开展调查 0.5 | 报告无数据支撑 0.2 | 问题无化解措施 酌定
6.1 扣分 3 | 团支部书记空缺 0.5 | 团组织活动少次 0.2 | 团费登记不清 0.1
6.2 完成率 2 目标3
6.4 扣分 3 Ⅰ | 服务少次 0.4 | 受益人登记缺失 0.2 | 时长未录入 0.1
6.5 计数 3 Ⅱ | 通过公司验收 1.5 | 通过中期评审 1 最多2 | 完成立项 0.5 最多1
6.6 扣分 3 Ⅲ | 未签师徒协议 0.3 | 缺季度评价 0.2 最多1 | 评价无改进建议 0.1
7.1 扣分 3 | 配备不足 0.4 | 补岗超期 0.2 | 交接无清单 0.1
7.2 完成率 2 目标14
7.4 扣分 3 ⅠⅡ | 培养对象未建档 0.2 | 无季度培养记录 0.15 最多0.9 | 计划未报备 0.3
7.5 完成率 3 Ⅲ 目标10
8.1 扣分 2 | 迟报 0.2 | 漏报 0.4 | 退回重报 0.1
8.2 扣分 2 | 应公开未公开 0.3 | 公示期不足 0.2 | 撤换无存档 0.1
8.3 扣分 2 | 收缴超期 0.1 最多0.6 | 标准核定有误 0.15 | 使用手续缺项 0.2
8.4 完成率 2 目标100%
8.5 扣分 2 | 资料提供不及时 0.1 | 整改逾期 0.2 最多0.8 | 整改不实 0.5 第2次本项归零
8.6 扣分 2 Ⅰ | 响应超时 0.2 | 未回访 0.1 最多0.5 | 重复投诉 0.4
8.7 扣分 2 Ⅱ | 党员本人违章 0.5 | 违章未制止 0.2 | 亮身份不到位 0.1
8.8 直接打分 2 Ⅲ
9.1 扣分 25 | 责任书未签或代签 3 | 未分析廉政形势 4 | 分析无问题清单 酌定
9.2 扣分 20 | 谈话记录缺签字 1.5 最多6 | 应谈未谈 2 | 节前未提醒 1
9.3 完成率 20 目标100%
9.4 扣分 20 | 风险点漏列 2 | 措施照搬照抄 1 | 措施未落实 酌定
9.5 扣分 15 | 擅自离岗 2 | 接待手续缺项 1.5 | 用车登记不全 1
10.1 完成率 30 目标6
10.2 计数 20 | 国家级媒体 10 | 省级媒体 6 最多12 | 市县级媒体 4 最多12
10.3 扣分 20 | 审核签字缺项 1.5 最多6 | 图文差错 2 | 未经审核发布 5 第3次本项归零
10.4 档次 20 | 好 1 | 较好 0.8 | 一般 0.6 | 差 0
10.5 直接打分 10
""",
    "加减分": """
JF1 加分 荣誉 0.8 0.8
JF2 加分 创新 0.6 0.8
JF3 加分 创新 0.4 0.8
JF4 加分 贡献 0.6 0.6
KF1 减分 通报 - -
KF2 减分 作假 - -
合计 1
""",
    "上榜": """
红榜 ⅠⅡ 总分 第一
蓝榜 ⅠⅡ 总分 末位
廉政红榜 ⅠⅡⅢ 廉政 第一 ≥99
廉政蓝榜 ⅠⅡⅢ 廉政 <90
宣传红榜 ⅠⅡⅢ 宣传 第一 ≥99
宣传蓝榜 ⅠⅡⅢ 宣传 <90
""",
    "绩效加减": """
红榜 ⅠⅡ 1.5
蓝榜 ⅠⅡ -1.5
基础分<98 Ⅲ -0.5
""",
}
MONTH = {"2026Q2": "2026-07", "2026Q3": "2026-10"}
COMPONENTS = {"党建": "DJ", "廉政": "LZ", "宣传": "XC"}

Both = tuple[str, "Quarter", dict[str, naive.Unit]]


@pytest.fixture(scope="module", params=list(MONTH))
def both(request: pytest.FixtureRequest, quarter: Quarter) -> Both:
    """A period, the product's results, and the naive ones."""
    return request.param, quarter, naive.quarter(quarter.at(request.param).returned, RULES)


def test_every_unit_is_computed_twice(both: Both) -> None:
    period, quarter, units = both
    assert [row["unit_code"] for row in quarter.table("results", period)] == sorted(units) and len(units) == 31


def test_1_the_points_of_every_leaf_agree(both: Both) -> None:
    period, quarter, units = both
    product = {
        (row["unit_code"], row["indicator_code"]): Fraction(row["points_exact"])
        for row in quarter.table("points", period)
        if row["points_exact"]
    }
    second = {(unit.code, leaf): points for unit in units.values() for leaf, points in unit.points.items()}
    assert product == second and len(second) > 1500


def test_2_base_total_and_components_agree_exactly(both: Both) -> None:
    period, quarter, units = both
    components = {
        (row["unit_code"], row["component"]): Fraction(row["score_exact"])
        for row in quarter.table("components", period)
    }
    assert components == {
        (unit.code, COMPONENTS[name]): score for unit in units.values() for name, score in unit.scores.items()
    }
    rows = quarter.table("results", period)
    assert {row["unit_code"]: Fraction(row["total_exact"]) for row in rows} == {u.code: u.total for u in units.values()}
    shown = {row["unit_code"]: (Fraction(row["base"]), Fraction(row["total"])) for row in rows}
    assert shown == {u.code: (naive.rounded(u.base), naive.rounded(u.total)) for u in units.values()}


def test_3_and_4_rank_and_boards_agree(both: Both) -> None:
    period, quarter, units = both
    product = {
        row["unit_code"]: (int(row["rank"]), set(filter(None, row["boards"].split("、"))))
        for row in quarter.table("results", period)
    }
    assert product == {unit.code: (unit.rank, unit.boards) for unit in units.values()}


def test_5_every_change_of_pay_agrees(both: Both) -> None:
    period, quarter, units = both
    product = sorted(
        (row["unit_code"], Fraction(row["amount"]), row["month"], row["target"])
        for row in quarter.table("consequences", period)
        if row["effect"] == "绩效加减"
    )
    second = sorted(
        (unit.code, amount, MONTH[period], "月度绩效") for unit in units.values() for amount in unit.effects
    )
    assert product == second and {amount for _, amount, _, _ in second} == {
        Fraction(3, 2),
        Fraction(-3, 2),
        Fraction(-1, 2),
    }
