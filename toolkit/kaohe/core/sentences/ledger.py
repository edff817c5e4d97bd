"""Sentences about problems, their rectification, interviews and appeals (LEDGER-…)."""

from kaohe.core.sentences.kinds import Sentence

SENTENCES: dict[str, Sentence] = {
    "LEDGER-001": Sentence(
        "提示",
        "“责任人”填的“{found}”是部门或单位的名称，不是人，没有采用；清单上先写单位负责人。",
        "请填一个人的姓名。",
    ),
    "LEDGER-002": Sentence(
        "提示",
        "有 {count} 个问题的时限要数到 {year} 年，这一年的放假安排还没有公布，只按周末和法定节日推算，没有算调休；时限告知以后不再改动。",
        "急需准确的，请等放假安排公布、更新程序以后再印发清单。",
    ),
    "LEDGER-003": Sentence(
        "提示",
        "问题“{found}”按现在的规定应在 {now} 前完成，但已告知的时限是 {told}，仍按已告知的。",
    ),
    "LEDGER-004": Sentence(
        "提示",
        "整改情况报告了问题“{found}”，台账里没有它：可能是提出它的那一期更正以后撤销了。这一行没有采用。",
        "请核对；不再有这个问题的，不用处理。",
    ),
    "LEDGER-005": Sentence(
        "提示",
        "问题“{found}”核验为“属实”，但{why}，没有销号。",
        "请补齐后在下一次回头看时核验，或更正本期的填报表。",
    ),
    "LEDGER-006": Sentence(
        "提示",
        "归档时有问题“{found}”，更正后的填报表里没有了：台账保留它，记为撤销。",
        "误删的，请在填报表的原序号补回。",
    ),
    "LEDGER-010": Sentence(
        "提示", "对“{found}”的申诉还没有复核结论，按待复核登记，结果暂不改动。", "复核后请填结论再交。"
    ),
    "LEDGER-011": Sentence("提示", "复核结论“{found}”没有采用，仍按待复核登记：还缺 {fields}。", "请补填后再交。"),
    "LEDGER-012": Sentence(
        "提示",
        "申诉 {found} 已{decision}，“{about}”更正得分为 {new}，现在算得 {now}：更正还没有进入计算，或更正得分写错了；答复等更正以后再写。",
        "请把更正后的填报表放入“回收”，写明理由重新计算；数写错的，请改申诉复核表。",
    ),
    "LEDGER-013": Sentence(
        "提示", "申诉写的问题编号“{found}”不在这个单位的台账里，没有登记到问题上。", "请核对问题编号。"
    ),
    "LEDGER-014": Sentence(
        "提示",
        "申诉 {found} 已{decision}，但单位现在{status}，没有结果：更正还没有进入计算，答复等有了结果再写。",
        "请先把这个单位的填报表改好（交齐），再重新计算。",
    ),
    "LEDGER-020": Sentence("提示", "这次约谈的结果没有采用：还缺 {fields}。", "请补填；还没有约谈的，整行留空。"),
    "LEDGER-021": Sentence(
        "提示",
        "约谈编号“{found}”不在台账里，或早已登记结果，这一行没有采用。",
        "请核对；更正已登记的结果，请更正当时的约谈结果表。",
    ),
}
