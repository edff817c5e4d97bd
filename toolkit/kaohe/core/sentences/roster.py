"""Sentences about the roster 名册.xlsx (ROSTER-…)."""

from kaohe.core.sentences.kinds import Sentence

SENTENCES: dict[str, Sentence] = {
    "ROSTER-001": Sentence("拒收", "分类“{found}”在方案里没有。", "请改为方案“分类”表中的代码：{choices}。"),
    "ROSTER-002": Sentence("拒收", "单位代码“{found}”在“单位”表中没有。", "{near}"),
    "ROSTER-003": Sentence("拒收", "状态为“{found}”时必须写明原因。", "请填“原因”。"),
    "ROSTER-004": Sentence("提示", "“{found}”没有安排检查组。", "请在“检查组”表补上。"),
    "ROSTER-005": Sentence("拒收", "检查组“{team}”的成员来自被查单位“{found}”。", "本单位的人不能检查本单位，请调整。"),
    "ROSTER-006": Sentence("提示", "“{found}”含有国标字库以外的字，仿宋_GB2312 里没有。", "打印时请核对字形。"),
    "ROSTER-007": Sentence("拒收", "单位名称“{found}”重复，前一次在 {first}。", "规范全称不能相同。"),
}
