"""Sentences about Word templates (TPL-…) and about the layout of finished documents (LAYOUT-…).

The cell slot of a fault holds the place: 段落12, 表格2第3行第1列; `{found}` quotes thirty characters of the paragraph.
"""

from kaohe.core.faults import Effect
from kaohe.core.sentences.kinds import Sentence

SENTENCES: dict[str, Sentence] = {
    "TPL-001": Sentence("拒收", "不能用作模板：{found}。", "请在 Word 或 WPS 里打开，另存为 .docx 文档。"),
    "TPL-002": Sentence("拒收", "有 {count} 处修订没有处理。", "请在“审阅”里接受或拒绝全部修订，并关闭修订。"),
    "TPL-003": Sentence("拒收", "有 {count} 条批注，会带到每一份文书里。", "请在“审阅”里删除全部批注。"),
    "TPL-004": Sentence("拒收", "文档设有编辑保护，写出的文书也不能修改。", "请在“审阅”里停止保护。"),
    "TPL-010": Sentence(
        "拒收", "大括号“{sign}”不成对。", "字段写成 {{{{ 字段名 }}}}，条件和循环写成 {{% … %}}，写在同一段里。"
    ),
    "TPL-011": Sentence("拒收", "“{sign}”是全角符号，不会当作标签，会原样印出。", "请改成半角的大括号和百分号。"),
    "TPL-012": Sentence(
        "拒收", "“{prefix}”的空格不对。", "百分号后面紧接 {prefix}，再空一个半角空格，如 {{%{prefix} endif %}}。"
    ),
    "TPL-013": Sentence("拒收", "{tags} 挤在同一段或同一行里。", "请各占一段（{{%p）或一行（{{%tr）。"),
    "TPL-014": Sentence(
        "拒收",
        "{tag} 占用{where}，{where}的其他内容（文字、分页符、图片）会丢失。",
        "请把其他内容移到别处，这里只留标签。",
    ),
    "TPL-015": Sentence("拒收", "不认识的标签“{word}”。", "{near}"),
    "TPL-016": Sentence("拒收", "标签写法不对。", "{near}"),
    "TPL-017": Sentence("拒收", "{tag} 缺少结束标签 {end}。", "请在循环或条件的末尾补上。"),
    "TPL-018": Sentence("拒收", "{tag} 前面没有与它成对的 if 或 for。", "请删去，或补上开始标签。"),
    "TPL-019": Sentence("拒收", "{tag} 与 {other} 前后交叉。", "后开始的要先结束。"),
    "TPL-020": Sentence("拒收", "{tag} 与{place}的 {other} 写法不一致。", "成对的标签，百分号后面的 p、tr 要相同。"),
    "TPL-021": Sentence("拒收", "{tag} 与{place}的 {other} 不在{within}里。", "请把成对的标签放在{within}里。"),
    "TPL-022": Sentence("拒收", "字段前面写了“{prefix}”，这个字段会印不出来。", "请写成 {{{{ 字段名 }}}}。"),
    "TPL-023": Sentence(
        "提示", "{tag} 与{place}的 {other} 各占一段，会留下空行。", "要连段落一起去掉，请写成 {{%p … %}}。"
    ),
    "TPL-024": Sentence("拒收", "{tag} 不在表格里。", "正文里的段落请写成 {{%p … %}}。"),
    "TPL-030": Sentence("拒收", "{owner}没有字段“{field}”。", "{near}"),
    "TPL-031": Sentence("拒收", "“{field}”是循环里的名称，在循环外面不能用。", "请移到循环里面，或改用字段。"),
    "TPL-032": Sentence(
        "拒收",
        "“{field}”是列表“{list}”的一栏，不能单独使用。",
        "请放在 {{% for 项 in {list} %}} 的循环里，写成 项.{field}。",
    ),
    "TPL-033": Sentence("拒收", "标签里的字段{what}。", "请对照字段清单改正。"),
    "TPL-034": Sentence("拒收", "没有用到必需的字段“{field}”（{meaning}）。", "请补上 {{{{ {field} }}}}。"),
    "TPL-040": Sentence(
        "提示", "用了字体表以外的字体“{font}”（{count} 处）。", "请改用样式规定的字体；确需使用的，可以不改。"
    ),
    "TPL-041": Sentence(
        "提示", "样式“{style}”用了字体表以外的字体“{font}”。", "请改用规定的字体；确需使用的，可以不改。"
    ),
    "TPL-042": Sentence(
        "提示", "字段“{field}”所在段落的样式不是“{style}”，写出时不会按字数排好位置。", "请给这一段选样式“{style}”。"
    ),
    "TPL-050": Sentence("拒收", "试写一份时出错（{case}）。", "{what}"),
    "TPL-051": Sentence(
        "拒收", "试写一份时（{case}），写出的文件在 Word 里会报损坏：{what}。", "请核对条件和循环所占的段落、行。"
    ),
}

_WANT = "应为{expected}{more}。"
#: each deviation of a document's layout: what it is about; all say what stands there and what the layout wants
_LAYOUT: dict[str, tuple[Effect, str]] = {
    "LAYOUT-001": ("拒收", "纸张"),
    "LAYOUT-002": ("拒收", "页边和版心"),
    "LAYOUT-003": ("拒收", "横排页的版心"),
    "LAYOUT-004": ("拒收", "行距和每页行数"),
    "LAYOUT-005": ("拒收", "字号字距和每行字数"),
    "LAYOUT-006": ("拒收", "页码的位置"),
    "LAYOUT-007": ("拒收", "页码"),
    "LAYOUT-008": ("拒收", "页码的字体字号"),
    "LAYOUT-010": ("拒收", "发文机关标志"),
    "LAYOUT-011": ("拒收", "发文字号"),
    "LAYOUT-012": ("拒收", "版头的分隔线"),
    "LAYOUT-013": ("拒收", "标题的字体和位置"),
    "LAYOUT-014": ("拒收", "标题的写法"),
    "LAYOUT-015": ("拒收", "标题上下的空行"),
    "LAYOUT-016": ("拒收", "主送机关"),
    "LAYOUT-017": ("拒收", "成文日期"),
    "LAYOUT-018": ("拒收", "署名和成文日期的位置"),
    "LAYOUT-020": ("拒收", "正文的字体字号"),
    "LAYOUT-021": ("拒收", "层次标题的字体"),
    "LAYOUT-022": ("拒收", "层次序号"),
    "LAYOUT-023": ("拒收", "段落的缩进"),
    "LAYOUT-024": ("拒收", "附件说明"),
    "LAYOUT-025": ("拒收", "附件"),
    "LAYOUT-026": ("拒收", "版记"),
    "LAYOUT-030": ("拒收", "表格的宽度"),
    "LAYOUT-031": ("拒收", "表头"),
    "LAYOUT-032": ("拒收", "表格的行"),
    "LAYOUT-033": ("拒收", "表格文字的字号"),
    "LAYOUT-034": ("拒收", "整改清单"),
    "LAYOUT-035": ("拒收", "名次与得分"),
    "LAYOUT-042": ("拒收", "星期与日期"),
    "LAYOUT-050": ("拒收", "引号、破折号的字体"),
    "LAYOUT-051": ("拒收", "修订、批注和保护"),
    "LAYOUT-052": ("拒收", "文字的颜色"),
    "LAYOUT-055": ("拒收", "文件属性"),
    "LAYOUT-060": ("拒收", "空白页"),
    "LAYOUT-061": ("拒收", "首页"),
    "LAYOUT-062": ("拒收", "末页"),
    "LAYOUT-063": ("拒收", "清单每页的表头"),
    "LAYOUT-064": ("拒收", "反馈表的页数"),
    "LAYOUT-065": ("拒收", "印出的文字"),
    "LAYOUT-066": ("拒收", "印出的页码"),
    "LAYOUT-067": ("拒收", "印出的行"),
    "LAYOUT-068": ("拒收", "署名和成文日期所在的页"),
    "LAYOUT-069": ("拒收", "印出的署名"),
    "LAYOUT-070": ("提示", "印出的版头"),
    "LAYOUT-071": ("提示", "印出的版记"),
}
SENTENCES |= {code: Sentence(effect, f"{name}不合规定。", _WANT) for code, (effect, name) in _LAYOUT.items()}
SENTENCES |= {
    "LAYOUT-000": Sentence("拒收", "不能检查：{found}。", "请在 Word 或 WPS 里打开，另存为 .docx 文档。"),
    "LAYOUT-040": Sentence("拒收", "留有没有填好的内容“{what}”{more}。", "请补全或删去。"),
    "LAYOUT-041": Sentence("拒收", "标点或数字的写法不合规定：{what}{more}。", "请改正。"),
    "LAYOUT-043": Sentence("拒收", "{what}必须写明：{expected}。", "请补上。"),
    "LAYOUT-053": Sentence(
        "拒收", "文件内部的次序有误（{found}，{what}），Word 会报文件损坏。", "请在 Word 里打开，另存一次。"
    ),
    "LAYOUT-054": Sentence("提示", "文件内部字体属性的次序有误（{what}）。", "请在 Word 里打开，另存一次。"),
    "LAYOUT-072": Sentence(
        "提示", "本机没有字体“{expected}”，检查时用别的字体代替{more}。", "请在装有这种字体的电脑上再看一遍版面。"
    ),
    "LAYOUT-073": Sentence("提示", "没有检查印出的版面：本机没有{what}。", "装好后再检查，或在 Word、WPS 里看一遍。"),
    "LAYOUT-056": Sentence("提示", "字体“{what}”没有这些字，会换成别的字体{more}。", "这几个字可以改用 仿宋 或 楷体。"),
}
