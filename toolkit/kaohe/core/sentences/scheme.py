"""Sentences about the scheme workbook (SHEET-…, CELL-…, CODE-…, WORD-…, MARK-…, WEIGHT-…, GRADE-…, RULE-…, DOC-…, PERIOD-…)."""

from kaohe.core.sentences.kinds import Sentence

SENTENCES: dict[str, Sentence] = {
    "SHEET-001": Sentence("拒收", "缺少工作表“{sheet}”。", "请补上这张表；没有内容时只留表头。"),
    "SHEET-002": Sentence("提示", "工作表“{found}”不是方案的工作表，未读取。", "如是笔误，请改成“{near}”。"),
    "SHEET-003": Sentence("拒收", "缺少列“{column}”。", "请在表头补上这一列。"),
    "SHEET-004": Sentence("拒收", "表头“{found}”不认识。", "{near}"),
    "SHEET-005": Sentence("拒收", "表头“{found}”出现了两次。", "请删去重复的一列。"),
    "CELL-001": Sentence("拒收", "“{column}”必须填写。", "请补填。"),
    "CELL-002": Sentence("拒收", "“{column}”应是数字，现在是“{found}”。", "请只填数字。"),
    "CELL-003": Sentence("拒收", "“{column}”填了“{found}”，不在可选的词里。", "可选：{choices}。"),
    "CELL-004": Sentence("拒收", "“{column}”应是日期，现在是“{found}”。", "请填如 2026-09-30 的日期。"),
    "CELL-005": Sentence("拒收", "“{column}”应是整数，现在是“{found}”。", "请填整数。"),
    "CELL-006": Sentence(
        "拒收", "“{column}”含有填报表不能使用的符号“{found}”。", "代码、名称、情形里请不要用 * ? ~ / |。"
    ),
    "CELL-007": Sentence("拒收", "“{column}”这一格是公式错误“{found}”。", "请改成数值或文字。"),
    "CODE-001": Sentence("拒收", "代码“{found}”重复，前一次在 {first}。", "每个代码只能出现一次，请改其中一个。"),
    "CODE-002": Sentence("拒收", "“{column}”里的“{found}”在“{sheet}”表中没有。", "{near}"),
    "CODE-003": Sentence("提示", "{what}“{found}”没有被用到。", "如不需要，可以删去。"),
    "CODE-004": Sentence("拒收", "指标“{found}”找不到上级“{parent}”。", "请补上上级一行，或改代码。"),
    "WORD-001": Sentence("拒收", "“{found}”是方案语言里的词，本版本尚不支持。", "请先换用已支持的写法：{built}。"),
    "WORD-002": Sentence("拒收", "设置“{name}”的取值“{found}”，本版本尚不支持。", "请改为：{built}。"),
    "WORD-003": Sentence("拒收", "“{found}”不是方案语言里的{what}。", "{near}"),
    "WORD-004": Sentence("提示", "硬规则的理由或条款里有“{found}”这样的弹性词。", "确需弹性的，请把“刚性”改为 软。"),
    "MARK-001": Sentence(
        "拒收",
        "{unit_class}类：“{code} {name}”的下级满分合计 {sum}，与本级满分 {full} 不等。",
        "请改下级或本级的满分。",
    ),
    "MARK-002": Sentence("拒收", "构成“{component}”的满分，{classes}，各类不相同。", "同一构成各类的满分应当相同。"),
    "MARK-003": Sentence("拒收", "末级指标“{code} {name}”没有满分。", "请填“满分”。"),
    "MARK-004": Sentence(
        "提示",
        "情形“{found}”一次扣 {each} 分，不少于本项满分 {full} 分，等于归零。",
        "如确是归零，请用“第几次起归零”写明。",
    ),
    "MARK-005": Sentence("拒收", "“{method}”办法缺少“{column}”。", "请补填。"),
    "MARK-006": Sentence("拒收", "“{method}”办法没有评分细则。", "请在“评分细则”表为 {code} 写出各种情形或档次。"),
    "MARK-007": Sentence("提示", "评分标准写有“每低”“每差”，但没有填“计步”。", "请写明不足一步是否计（整步、连续）。"),
    "MARK-008": Sentence("拒收", "“{found}”是上级指标，不能填“办法”。", "办法只填在末级指标。"),
    "MARK-009": Sentence("拒收", "末级指标“{code} {name}”没有填“办法”。", "请选择办法。"),
    "MARK-010": Sentence("拒收", "情形“{found}”是每条扣分指标自带的，不能再写。", "请删去这一行。"),
    "MARK-011": Sentence("提示", "计量单位是百分号，目标值“{found}”不超过 1。", "方案里按百分数写，如 98 表示 98%。"),
    "WEIGHT-001": Sentence(
        "拒收", "{unit_class}类 {clock}：“{parent}”各构成的权重合计 {sum}%，不是 100%。", "请改权重。"
    ),
    "WEIGHT-002": Sentence("拒收", "构成“{code}”计入总分，但没有权重。", "请填“权重”。"),
    "GRADE-001": Sentence("拒收", "等次“{found}”的最低分应当低于前一等次的 {before}。", "等次请从好到差排列。"),
    "GRADE-002": Sentence(
        "提示", "等次“{found}”原文写到 {top}，与上一等次的 {least} 之间有空档或重叠。", "系统按“最低分及以上”衔接。"
    ),
    "GRADE-003": Sentence("拒收", "最低一档“{found}”不应有最低分。", "请清空最低分，或再加一档。"),
    "RULE-001": Sentence("拒收", "规则“{rule}”没有效果。", "请在第一行填写“效果”。"),
    "RULE-002": Sentence("拒收", "规则“{rule}”的效果“{effect}”缺少“{column}”。", "请补填。"),
    "RULE-003": Sentence("拒收", "规则“{rule}”的条件“{object} {comparison} {found}”，值应是数字。", "请改为数字。"),
    "RULE-004": Sentence(
        "提示", "规则“{rule}”的第二行又写了效果“{found}”，只有第一行的效果有效。", "请删去，或另立规则号。"
    ),
    "RULE-005": Sentence("拒收", "规则“{rule}”在{clock}度看不到“{found}”。", "请改“期别”或改条件。"),
    "RULE-006": Sentence(
        "拒收",
        "规则“{rule}”的效果“{effect}”在定等次时生效，不能读“{found}”。",
        "请改用分数、名次等定等次以前就有的数。",
    ),
    "PERIOD-001": Sentence("拒收", "期次“{found}”写法不对。", "请写成 2026-07、2026Q3 或 2026。"),
    "PERIOD-002": Sentence("拒收", "考核止早于考核起。", "请核对两个日期。"),
    "PERIOD-003": Sentence(
        "提示", "{year} 年的法定节假日尚未公布，工作日期限按周一至周五推算。", "公布后请再校验一次。"
    ),
    "DOC-001": Sentence("拒收", "文书“{kind}”的模板“{found}”不存在。", "请把模板放入 templates/word，或改“模板”。"),
    "DOC-002": Sentence("拒收", "文书“{kind}”的种类，本版本没有可用的字段。", "已支持：{built}。"),
    "FORMS-001": Sentence("拒收", "填报表“{form}”的内容“{found}”，本版本尚不支持。", "已支持：{built}。"),
    "FORMS-002": Sentence("拒收", "填报表“{form}”的份数“{found}”，本版本尚不支持。", "已支持：{built}。"),
    "INFO-001": Sentence("拒收", "基本信息缺少“{name}”。", "请补一行。"),
    "INFO-002": Sentence("提示", "基本信息的“{found}”没有被用到。", "{near}"),
}
