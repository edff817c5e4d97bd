"""Sentences about the roster 名册.xlsx (ROSTER-…)."""

from kaohe.core.sentences.kinds import Sentence

SENTENCES: dict[str, Sentence] = {
    "ROSTER-001": Sentence("拒收", "分类“{found}”在方案里没有。", "请改为方案“分类”表中的代码：{choices}。"),
    "ROSTER-002": Sentence("拒收", "单位代码“{found}”在“单位”表中没有。", "{near}单位已撤的，删去这一行或这个代码。"),
    "ROSTER-003": Sentence("拒收", "状态为“{found}”时必须写明原因。", "请填“原因”。"),
    "ROSTER-004": Sentence("提示", "“{found}”没有安排检查组。", "请在“检查组”表补上。"),
    "ROSTER-005": Sentence("拒收", "检查组“{team}”的成员来自被查单位“{found}”。", "本单位的人不能检查本单位，请调整。"),
    "ROSTER-006": Sentence("提示", "“{found}”含有国标字库以外的字，仿宋_GB2312 里没有。", "打印时请核对字形。"),
    "ROSTER-007": Sentence("拒收", "单位名称“{found}”重复，前一次在 {first}。", "规范全称不能相同。"),
    "ROSTER-008": Sentence("拒收", "{kind}的分类填了“{found}”，它是{object}的类别。", "请改为{kind}的类别。"),
    "ROSTER-009": Sentence("拒收", "资料的对象“{found}”既不是单位也不是人员。", "{near}已撤的，删去这一行。"),
    "ROSTER-010": Sentence("提示", "资料“{found}”方案里没有读取。", "{near}"),
    "ROSTER-011": Sentence(
        "拒收", "“{object}”的资料“{found}”写了两次，前一次在 {first}。", "请只留一行；几个值写在一格里，用、隔开。"
    ),
    "ROSTER-012": Sentence("提示", "评委身份“{found}”没有一个评价主体读取。", "{near}"),
    "ROSTER-013": Sentence(
        "拒收",
        "评价表“{instrument}”的主体“{group}”没有人评 {objects}，空主体按“报错”处理，这些对象将没有得分。",
        "请在“评委”表补上身份为“{identity}”的评委，或改方案的“空主体”。",
    ),
    "ROSTER-014": Sentence(
        "提示",
        "评价表“{instrument}”的主体“{group}”里能评{objects}的不足 {least} 人，达不到最少有效票，空主体按“{empty}”处理。",
        "请补评委，或改方案的“最少有效票”。",
    ),
    "ROSTER-015": Sentence(
        "提示",
        "评价表“{instrument}”的主体“{group}”没有人评 {objects}，空主体按“{empty}”处理。",
        "如应有人评，请在“评委”表补上身份为“{identity}”的评委。",
    ),
    "ROSTER-016": Sentence("提示", "{reader}读取角色“{found}”的人员，名册里没有这个角色。", "{near}"),
    "ROSTER-017": Sentence("提示", "方案的类别“{found}”在名册里没有一个{object}。", "请核对“分类”。"),
    "ROSTER-018": Sentence("拒收", "人员代码“{found}”与单位代码相同。", "请改其中一个。"),
    "ROSTER-019": Sentence("拒收", "任职止 {found} 早于任职起 {since}。", "请核对两个日期。"),
    "ROSTER-020": Sentence("提示", "资料“{fact}”填了“{found}”，{reader}要把它当数比较。", "请只填数字。"),
    "ROSTER-022": Sentence(
        "提示",
        "方案读取资料“{found}”，名册里没有，方案也没有填“资料”的填报表，读它的条件一直待定。",
        "请在“资料”表补上，或在方案“填报表”加一张内容为 资料 的表。",
    ),
    "ROSTER-021": Sentence("拒收", "任务的责任对象“{found}”既不是类别，也不是名册里的单位或人员。", "{near}"),
    "ROSTER-023": Sentence("提示", "单位名称有 {length} 字，超过 {most} 字。", "文件名会截短，文书里照印；请核对。"),
    "ROSTER-024": Sentence("提示", "单位名称含控制字符，已用可见符号代替：“{found}”。", "请重新输入名称。"),
}
