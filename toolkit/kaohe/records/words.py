"""The words of the rule language that this version computes. The scheme check refuses every other word, and says so.

Entries ending in a colon take a code. What is listed here is handled in `kaohe.scoring`, `kaohe.forms` or `kaohe.stages.publish`; the
tests of scoring compare these lists with what is registered there.
"""

METHODS = ("扣分", "完成率", "阈值", "档次", "区间", "计数", "就高", "直接打分", "是否")
ORIGINS = ("指标评分", "历史期次")
OBJECTS = (
    "总分", "基础分", "构成:", "构成基础:", "构成名次:", "指标:", "加分合计", "减分合计", "等次", "名次", "倒数名次", "排名家数",
    "分类", "榜", "上期等次", "连续:", "期次数:", "未整改数", "逾期数", "复发数",
)  # fmt: skip
COMPARISONS = ("=", "≠", "≥", ">", "≤", "<", "属于", "不属于", "为空", "不为空")
EFFECTS = (
    "否优", "封顶", "降档", "定为", "待定", "上榜", "绩效加减", "限制其他考核", "约谈", "表彰", "计入", "发文", "提示",
)  # fmt: skip
ADJUSTMENTS = ("加分", "减分")
INTO = ("总分", "构成:")
COUNT_SOURCES = ("填报",)
SHARES = ("最高比例",)
CONTENTS = ("封面", "评分", "扣分与问题", "计分事项", "加减分", "整改情况", "述职要点", "谈话记录", "综合评语", "期初问题")
COPIES = ("每对象", "一份")
DOCUMENTS = ("考核结果反馈通知书", "考核结果通报", "整改清单")
SETTINGS: dict[str, tuple[str, ...]] = {
    "舍入": ("一次", "逐级"),
    "比较口径": ("舍入值", "精确值"),
    "不适用": ("折算", "均值"),
    "折算层级": ("构成", "直接上级"),
    "构成截断": ("是", "否"),
    "一事两罚": ("提示", "允许"),
    "首末并列": ("都算", "报批"),
    "比例范围": ("排名组", "全体"),
    "边界并列": ("全部不进", "全部进"),
    "不足一名": ("0", "1"),
    "降档基准": ("分数等次",),
    "降档合并": ("累加", "取最重"),
    "下限起算家数": ("1/p",),
    "上期未归档": ("注明",),
}
