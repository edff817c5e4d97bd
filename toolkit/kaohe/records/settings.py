"""The settings of an assessment (基本信息), typed."""

from __future__ import annotations

from fractions import Fraction

import msgspec


class Settings(msgspec.Struct, frozen=True):
    """The settings of the rule language (scheme model 3), typed, with the defaults of the language."""

    full_scale: Fraction = Fraction(100)  # 总分满分
    places: int = 2  # 小数位
    rounding: str = "一次"  # 舍入
    compare: str = "舍入值"  # 比较口径
    not_applicable: str = "折算"  # 不适用
    rescale_at: str = "构成"  # 折算层级
    bonus_cap: Fraction | None = None  # 加分总上限
    total_min: Fraction | None = None  # 总分下限
    total_max: Fraction | None = None  # 总分上限
    clip_components: bool = True  # 构成截断
    tie_breaks: tuple[tuple[str, str], ...] = ()  # 同分排序: (object, 高 or 低)
    double_penalty: str = "提示"  # 一事两罚
    least_ranked: int = 2  # 最小排名家数
    tied_ends: str = "都算"  # 首末并列
    share_scope: str = "排名组"  # 比例范围
    share_ties: str = "全部不进"  # 边界并列
    less_than_one: str = "0"  # 不足一名
    downgrade_base: str = "分数等次"  # 降档基准
    downgrade_sum: str = "累加"  # 降档合并
    floor_from: str = "1/p"  # 下限起算家数
    unsealed_before: str = "注明"  # 上期未归档
    front: int = 5  # 通报前列
    back: int = 5  # 通报后列
    least_shown: int = 3  # 最少列示票数
    common_share: Fraction = Fraction(20)  # 共性问题比例, per cent of the scored units
    common_least: int = 2  # 共性问题最少单位
    team_count: str = "按名册"  # 检查组数
    team_members: int = 4  # 每组人数
    team_units: str = "均分"  # 每组家数
    team_shared: str = "连通"  # 重叠家数
    unit_detail: str = "全部"  # 榜页明细
    person_detail: str = "等次"  # 榜页人员
