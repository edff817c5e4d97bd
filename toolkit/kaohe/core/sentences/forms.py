"""Sentences about returned forms: the workbook (FORM-…), single values (VALUE-…), rows (ROW-…), the cover (COVER-…)."""

from kaohe.core.sentences.kinds import Sentence

SENTENCES: dict[str, Sentence] = {
    # the workbook: whose, which, from where
    "FORM-001": Sentence("拒收", "找不到模板标识，认不出是哪个单位、哪一期的表。", "请在下发的原表上填写后重报。"),
    "FORM-002": Sentence("拒收", "不是下发的填报表。", "请在下发的原表上填写后重报。"),
    "FORM-003": Sentence(
        "拒收", "标识页写的是 {meta}，表内标识行写的是 {line}，两者不一致。", "请在本单位的原表上填写后重报。"
    ),
    "FORM-004": Sentence("提示", "缺少标识页，已按表内标识行识别。"),
    "FORM-005": Sentence("拒收", "这是方案“{found}”的表，本次考核是“{expected}”。", "请用本次下发的表填写后重报。"),
    "FORM-006": Sentence("拒收", "期次不符：这是 {found} 的表，本期是 {expected}。", "请用本期下发的表填写后重报。"),
    "FORM-007": Sentence(
        "拒收", "方案里没有填报表“{found}”，或这张表不发给{unit_class}类单位。", "请用本期下发的表填写后重报。"
    ),
    "FORM-008": Sentence("拒收", "名册里没有单位“{found}”。", "请核对单位代码，或先补入名册。"),
    "FORM-009": Sentence(
        "提示",
        "模板指纹是 {found}，按方案应为 {expected}：表与方案不完全相同。",
        "本次按方案计算，有改动的单元格逐个列出。",
    ),
    "FORM-010": Sentence("提示", "模板版本是 {found}，现在是 {expected}。", "已按编码和表头读取，请核对。"),
    "FORM-011": Sentence("提示", "文件名与下发时不同（下发时为“{expected}”）。", "已按表内标识识别，可以不改。"),
    "FORM-012": Sentence("提示", "文件是 {found} 格式，已照常读取。", "下次请另存为 .xlsx。"),
    "FORM-013": Sentence(
        "拒收",
        "本期没有发给“{found}”的“{form}”。",
        "请在下发的原表上填写后重报；评委、部门或检查组有变动的，先改方案或名册，再重新下发。",
    ),
    "FORM-016": Sentence(
        "存疑", "这张表的标识行是 {found}，与本文件的 {expected} 不一致，疑似从别的表复制。", "请在本单位的原表上填写。"
    ),
    "FORM-020": Sentence("存疑", "缺少工作表“{sheet}”。", "请在下发的原表上填写后重报。"),
    "FORM-021": Sentence("提示", "缺少工作表“{sheet}”，按没有填写处理。", "这张表有内容要报的，请用下发的表填好重交。"),
    "FORM-022": Sentence("提示", "有多余的工作表“{found}”，没有读取。", "其中有内容要报的，请填进下发的表。"),
    "FORM-023": Sentence("提示", "工作表已改名为“{found}”，按结构识别为“{sheet}”。"),
    "FORM-024": Sentence("存疑", "工作表“{sheet}”找不到表头。", "请在下发的原表上填写后重报。"),
    "FORM-030": Sentence(
        "提示", "锁定单元格被改动：“{title}”原为“{expected}”，现为“{found}”。", "改动没有采用，按方案计算。"
    ),
    "FORM-031": Sentence(
        "提示", "印好的内容被改动：“{title}”原为“{expected}”，现为“{found}”。", "改动没有采用，按下发时的内容处理。"
    ),
    # values
    "VALUE-001": Sentence("提示", "“{field}”填的是文本“{found}”，按 {read} 读取。", "请确认。"),
    "VALUE-002": Sentence("提示", "“{field}”按 {read} 读取，已去掉不可见字符。", "请确认。"),
    "VALUE-003": Sentence("存疑", "“{field}”未填。", "请补填。"),
    "VALUE-004": Sentence("存疑", "“{field}”未填（只有空格）。", "请补填。"),
    "VALUE-005": Sentence("存疑", "“{field}”填的“{found}”不是数字。", "请只填数字。"),
    "VALUE-006": Sentence("存疑", "“{field}”填的是“{found}”。", "请用阿拉伯数字。"),
    "VALUE-007": Sentence("存疑", "“{field}”填的“{found}”是范围，不是一个数。", "请填一个确定的数。"),
    "VALUE-008": Sentence("存疑", "“{field}”填的“{found}”不是一个确定的数。", "请填一个确定的数。"),
    "VALUE-009": Sentence("存疑", "“{field}”填的“{found}”数字外另有文字。", "请只填数字，文字写到“说明”或“事实”。"),
    "VALUE-010": Sentence("存疑", "“{field}”填的“{found}”不是一个数。", "请填算好的一个数。"),
    "VALUE-011": Sentence(
        "存疑",
        "“{field}”填的“{found}”含义不明，不等于 0、空白或不适用。",
        "没有发生的填 0，不适用的在“核查”选“不适用”。",
    ),
    "VALUE-012": Sentence("存疑", "“{field}”填的“{found}”含义不明。", "不适用请在“核查”栏选“不适用”，并写明原因。"),
    "VALUE-013": Sentence("存疑", "“{field}”填的是“{found}”，尚无得分。", "请确定后填数字。"),
    "VALUE-014": Sentence("存疑", "“{field}”填的“{found}”夹有字母 O 或 l，不是数字 0 或 1。", "请重新输入数字。"),
    "VALUE-015": Sentence("存疑", "“{field}”填的“{found}”是时间，不是数字。", "请把单元格改回数字格式后重填。"),
    "VALUE-016": Sentence("存疑", "“{field}”填的“{found}”是日期，不是数字。", "请把单元格改回数字格式后重填。"),
    "VALUE-017": Sentence("存疑", "“{field}”公式出错：{found}。", "请直接填数字或文字。"),
    "VALUE-018": Sentence("存疑", "“{field}”的公式没有计算结果。", "请用 Excel 或 WPS 打开、保存后重报。"),
    "VALUE-019": Sentence("存疑", "“{field}”填的“{found}”千分位位置不对。", "请只填数字，不用逗号。"),
    "VALUE-020": Sentence("存疑", "“{field}”填的是“{found}”，此项不是百分比。", "请填分数，不带百分号。"),
    "VALUE-021": Sentence("存疑", "“{field}”填的“{found}”数字中间有空格。", "请重新输入数字。"),
    "VALUE-022": Sentence("存疑", "“{field}”填的“{found}”是带圈数字或其他字形，不是数字。", "请用阿拉伯数字。"),
    "VALUE-023": Sentence("存疑", "“{field}”填的“{found}”不是数字。", "小数请写整数位，如 0.95。"),
    "VALUE-024": Sentence("存疑", "“{field}”填的“{found}”无法确定数值。", "请只填一个数字，小数点用“.”。"),
    "VALUE-025": Sentence("存疑", "“{field}”填的“{found}”是真假值，不是数字。", "请填数字。"),
    "VALUE-026": Sentence("存疑", "“{field}”的数值藏在合并单元格下面。", "请取消合并后重填。"),
    "VALUE-027": Sentence(
        "存疑",
        "“{field}”的单元格是百分比格式（{found}），此项不是百分比，看到的与存的不同。",
        "请改为数字格式，核对后重填。",
    ),
    "VALUE-028": Sentence("存疑", "“{field}”空白或公式出错（此格式看不出是哪一种）。", "请补填，或另存为 .xlsx 再报。"),
    "VALUE-030": Sentence("存疑", "“{field}”读作 {read}，超过{most}。", "请改正。"),
    "VALUE-031": Sentence("存疑", "“{field}”读作 {read}，小于 {least}。", "请改正。"),
    "VALUE-032": Sentence("存疑", "“{field}”读作 {read}，不是整数。", "请填整数。"),
    "VALUE-033": Sentence("存疑", "“{field}”读作 {read}，不是评分单位 {step} 的整倍数。", "请改为 {step} 的整倍数。"),
    "VALUE-034": Sentence("存疑", "“{field}”填的“{found}”超过 15 位有效数字。", "请填实际的数。"),
    "VALUE-035": Sentence(
        "存疑",
        "“{field}”读作 {read}，与目标值 {target} 相差约 100 倍，疑似漏填或多填百分号。",
        "请带百分号输入，如 95%。",
    ),
    "VALUE-036": Sentence("存疑", "“{field}”填的“{found}”不在可选项中。", "请从下拉列表选择：{options}。"),
    "VALUE-040": Sentence("提示", "“{field}”填的是文本“{found}”，按 {read} 读取。", "请确认。"),
    "VALUE-041": Sentence("提示", "“{field}”填的“{found}”不是日期，没有采用。", "请填日期，如 {example}。"),
    "VALUE-042": Sentence("提示", "“{field}”是 {found}，不在 {first} 至 {last} 之间。", "已照读，请核对。"),
    "VALUE-043": Sentence(
        "存疑",
        "“{field}”是 {found}，不在本期 {first} 至 {last} 之间，是否计入本期不明。",
        "请核对日期；不属于本期的删去。",
    ),
    "VALUE-044": Sentence(
        "提示", "“{field}”{found} 早于提出日 {opened}，没有采用，本条暂不能销号。", "请改为实际完成的日期。"
    ),
    "VALUE-045": Sentence("提示", "“{field}”{found} 晚于 {last}，没有采用，本条暂不能销号。", "请改为实际完成的日期。"),
    "VALUE-046": Sentence("存疑", "“{field}”是 0，算不出完成率。", "没有这项任务的，请在“核查”选“不适用”。"),
    "VALUE-051": Sentence("提示", "“{field}”含控制字符，已用可见符号代替。"),
    "VALUE-052": Sentence("提示", "“{field}”有 {length} 字，超过 {most} 字。", "已全部读取，文书中可能只印一部分。"),
    "VALUE-058": Sentence("提示", "“{field}”含不可见字符，已照原样保留。", "请核对；如是误粘贴，请删去重填。"),
    "VALUE-053": Sentence("提示", "“{field}”填的是数字，按文本“{found}”读取。", "请核对首位有没有丢失的 0。"),
    "VALUE-054": Sentence(
        "存疑", "“{field}”填的是数字 {found}，分不清是 3.1 还是 3.10 这样的编码。", "请从下拉列表选择。"
    ),
    "VALUE-055": Sentence("存疑", "“{field}”填的“{found}”不在本表的指标或项目中。", "请从下拉列表选择。"),
    "VALUE-059": Sentence("提示", "“{field}”填的是“{found}”，按编码读作“{read}”。", "请核对；选错的请从下拉列表重选。"),
    "VALUE-056": Sentence("存疑", "“{field}”填的“{found}”不是期次。", "请写 2026Q2、2026-07 或 2026。"),
    "VALUE-057": Sentence("存疑", "“{field}”读不出日期，这一行没有采用。", "请填日期，如 2026-09-30。"),
    # rows
    "ROW-001": Sentence("存疑", "这一行没有{key}，却填了内容，没有读取。", "请填到印有{key}的行里。"),
    "ROW-002": Sentence("存疑", "表中有未知的{key}“{found}”，这一行没有读取。", "请在印好的行里填写，不要增行。"),
    "ROW-003": Sentence("存疑", "{key}“{found}”重复，几行都没有采用。", "请恢复原表的{key}后重填。"),
    "ROW-004": Sentence("存疑", "缺少{key}“{found}”的一行。", "请在下发的原表上补填。"),
    "ROW-005": Sentence(
        "提示", "缺少{key}“{found}”的一行，按没有填写处理。", "这一行有内容要报的，请在下发的表里补填。"
    ),
    "ROW-006": Sentence("存疑", "缺少“{title}”一列。", "请在下发的原表上填写后重报。"),
    "ROW-007": Sentence("提示", "缺少“{title}”一列，这一列不影响读取。"),
    "ROW-008": Sentence("存疑", "“{title}”一列重复，分不清用哪一列。", "请删去多余的一列。"),
    "ROW-009": Sentence("提示", "列的位置与下发的表不同，已按表头对应。"),
    "ROW-010": Sentence("提示", "行的次序与下发的表不同，已按{key}对应。"),
    "ROW-011": Sentence("提示", "表外有文字“{found}”，没有采用。", "要报的内容请填进表里。"),
    "ROW-012": Sentence("提示", "有隐藏的行或列，已照常读取。"),
    "ROW-013": Sentence("存疑", "填报单元格被合并：{found}。", "请取消合并，逐格填写。"),
    "ROW-014": Sentence("提示", "单元格被合并：{found}，已照常读取。"),
    "ROW-015": Sentence("存疑", "合并区域 {found} 下还有数值。", "请取消合并后核对、重填。"),
    "ROW-016": Sentence("提示", "表外有文字共 {count} 处，没有采用，不再逐条列出。"),
    "ROW-017": Sentence("提示", "合并的单元格另有 {count} 处，不再逐条列出。", "请取消合并。"),
    "ROW-018": Sentence(
        "存疑", "表外的行另有 {count} 行填了内容，没有读取，不再逐条列出。", "请在印好的行里填写，不要增行。"
    ),
    "ROW-020": Sentence("存疑", "指标 {line} 没有情形“{found}”。", "请先选指标，再从下拉列表选择情形。"),
    "ROW-021": Sentence("存疑", "选了“不适用”，又填了“{field}”。", "两者只能有一个，请改正。"),
    "ROW-022": Sentence("存疑", "指标 {line} 已选“不适用”，这里又记了扣分或计分。", "请改正其中一处。"),
    "ROW-023": Sentence("存疑", "选了“不适用”，没有写明原因。", "请在“说明”写明原因。"),
    "ROW-024": Sentence("存疑", "本项得分须写明理由。", "请在“说明”写明评分理由。"),
    "ROW-025": Sentence("存疑", "酌定扣分 {found} 不在 {least} 到 {most} 之间（次数×标准）。", "请核对次数和扣分。"),
    "ROW-026": Sentence("存疑", "这一情形按标准扣 {worth}，酌定扣分又填了 {found}。", "请删去酌定扣分，或改选情形。"),
    "ROW-027": Sentence("提示", "严重程度按方案为“{expected}”，填的“{found}”没有采用。"),
    "ROW-028": Sentence("提示", "核定次数 {found} 大于申报次数 {count}，按核定次数计分。", "请确认。"),
    "ROW-030": Sentence("提示", "尚未核定，本项不计分。", "需要计分的，请检查组填核定分并选“已确认”。"),
    "ROW-031": Sentence("存疑", "填了核定分 {found}，却没有选“核定”。", "请选“已确认”或“待确认”。"),
    "ROW-032": Sentence("存疑", "选了“已确认”，没有填核定分。", "请填核定分；不认定填 0。"),
    "ROW-033": Sentence("存疑", "核定分 {found} 不在方案规定的 {least} 到 {most} 之间（不认定填 0）。", "请改正。"),
    "ROW-034": Sentence("提示", "本项需要佐证，佐证空白，按方案不计分。", "请写明文号、材料名称或地点。"),
    "ROW-035": Sentence(
        "提示",
        "“日期”是 {found}，不在本期 {first} 至 {last} 之间；计不计分以核定为准。",
        "填错的请改正；确属别的期次的，请检查组核定为 0。",
    ),
    "ROW-036": Sentence(
        "提示",
        "文号或事项编号“{found}”与 {other} 相同，按同一事项只计一次，就高。",
        "填错的请改正；同一事项请只留一行。",
    ),
    "ROW-037": Sentence(
        "提示",
        "文号或事项编号“{found}”别的单位也申报了：{other}；计不计分以核定为准。",
        "请检查组核对是不是共同的成绩。",
    ),
    "ROW-038": Sentence(
        "提示", "文号“{found}”与 {other} 相同：同一对象的同一事项登记了两行，各计一次。", "是同一件的，请删去一行。"
    ),
    "ROW-040": Sentence("提示", "没有报告整改情况。", "请选择未启动、推进中、已完成或未完成。"),
    "ROW-041": Sentence("提示", "报“已完成”，缺少“{field}”，本条暂不能销号。", "请补填。"),
    "ROW-042": Sentence("提示", "报“已完成”，检查组没有核验，按待核验处理。", "请检查组核对后选择“属实”或“不属实”。"),
    "ROW-043": Sentence("提示", "整改情况不是“已完成”，核验“{found}”没有采用。", "请核对。"),
    "ROW-050": Sentence("提示", "“{field}”空白。", "请补填。"),
    "ROW-060": Sentence("提示", "分值不是负数，“{field}”填的“{found}”没有采用。", "只有扣分才选，请核对分值的正负号。"),
    "ROW-061": Sentence("提示", "“{field}”没有打分，这一行只评了 {count} 项。", "请补评；不评的整行留空。"),
    "ROW-062": Sentence("提示", "没有选“核定”，按待确认处理：有关等次暂列待定。", "请选“已确认”或“待确认”。"),
    "ROW-063": Sentence(
        "存疑",
        "资料“{found}”名册里已有，表里又填了，分不清以哪个为准。",
        "请只保留一处：清空表里的取值，或从名册删去。",
    ),
    "ROW-064": Sentence("提示", "审定等次“{grade}”与计算等次不同，“{field}”空白，决定不会采用。", "请补填。"),
    "ROW-065": Sentence("提示", "没有选审定等次，“{field}”填的“{found}”没有采用。", "请选审定等次，或删去。"),
    # the cover
    "COVER-001": Sentence("存疑", "填报单位是“{found}”，与表内标识 {expected} 不一致。", "请在本单位的原表上填写。"),
    "COVER-002": Sentence("提示", "填报单位为空，按标识识别为 {expected}。"),
    "COVER-003": Sentence("提示", "填报单位含空格，按“{expected}”读取。"),
    "COVER-004": Sentence("提示", "“{field}”空白。", "请补填。"),
    "COVER-005": Sentence("存疑", "整改情况有核验结果，“{field}”却空白：核验人、核验日期取自这里。", "请检查组补填。"),
    "COVER-006": Sentence("提示", "选了“有异议”，没有写理由。", "请写明指标编码和理由。"),
    "COVER-007": Sentence("提示", "没有选“有异议”，却写了异议理由，按有异议理由收下。", "请核对单位意见。"),
    "COVER-008": Sentence(
        "提示",
        "填报日期 {found} 晚于报送截止 {due}，属逾期报送，已照常收下。",
        "日期填错的请改正；方案对逾期报送有规定的，请检查组按规定登记。",
    ),
}
