"""Sentences about files that came back (FILE-…): 001–039 the file is not read, 041–049 it is read and something is said.

FILE-034 … FILE-036 are for whoever lists and opens the returned files; the others come from the reader.
"""

from kaohe.core.sentences.kinds import Sentence

_AGAIN = "请用 Excel 或 WPS 打开原表，重新另存为 .xlsx 后重报。"

SENTENCES: dict[str, Sentence] = {
    "FILE-001": Sentence("拒收", "这是空文件，没有内容。", "请重新另存后重报。"),
    "FILE-002": Sentence("拒收", "文件太大（{found}）。", "请删去图片和多余内容，另存后重报。"),
    "FILE-003": Sentence("拒收", "不是 Excel 文件，实为{found}。", "请用 Excel/WPS 另存为 .xlsx 后重报。"),
    "FILE-004": Sentence("拒收", "不是 Excel 文件，内容无法识别。", "请用 Excel/WPS 打开原表，另存为 .xlsx 后重报。"),
    "FILE-005": Sentence("拒收", "这是压缩包（{found}），未解压。", "请解压后把工作簿逐个放入“回收”文件夹。"),
    "FILE-006": Sentence("拒收", "文件设有打开密码，无法读取。", "请取消密码后重报。"),
    "FILE-007": Sentence("拒收", "文件不完整，可能没有复制完。", "请重新复制或另存后重报。"),
    "FILE-008": Sentence("拒收", "文件末尾有多余数据，疑似损坏。", "请重新另存后重报。"),
    "FILE-009": Sentence("拒收", "文件损坏（校验不符）。", _AGAIN),
    "FILE-010": Sentence("拒收", "文件损坏，不是完好的 Excel 文件（{found}）。", _AGAIN),
    "FILE-011": Sentence("拒收", "文件内部的部件过多（{found} 个），疑似损坏或恶意，未读取。", _AGAIN),
    "FILE-012": Sentence(
        "拒收", "文件解压后过大或压缩比异常，疑似损坏或恶意，未读取。", "请删去多余的行列和内容，另存后重报。"
    ),
    "FILE-013": Sentence("拒收", "文件含实体声明，疑似恶意，未读取。", _AGAIN),
    "FILE-014": Sentence("拒收", "文件含外部实体，疑似恶意，未读取。", _AGAIN),
    "FILE-015": Sentence("拒收", "文件内有同名部件，无法判断以哪个为准。", "请重新另存后重报。"),
    "FILE-016": Sentence("拒收", "找不到工作表（{found}），文件损坏。", _AGAIN),
    "FILE-017": Sentence("拒收", "工作表重名：“{found}”。", "请修改工作表名称后重报。"),
    "FILE-018": Sentence("拒收", "单元格地址有误（{found}），文件损坏。", _AGAIN),
    "FILE-019": Sentence("拒收", "文件损坏（文字索引超出范围：{found}）。", _AGAIN),
    "FILE-020": Sentence("拒收", "文件损坏（字符串计数不符：{found}）。", _AGAIN),
    "FILE-021": Sentence("拒收", "文件内的文字编码损坏或无法识别。", _AGAIN),
    "FILE-022": Sentence("拒收", "文件内部结构损坏，无法完整读出。", _AGAIN),
    "FILE-023": Sentence("拒收", "工作表过多（{found} 张）。", "请只保留下发的工作表后重报。"),
    "FILE-024": Sentence("拒收", "填写的内容过多（超过 {found} 格）。", "请删去多余的内容后重报。"),
    "FILE-025": Sentence("拒收", "合并单元格过多（{found}）。", "请使用下发的表填写，不要合并单元格。"),
    "FILE-026": Sentence(
        "拒收", "有单元格的文字超过 32,767 字（{found}）。", "请把长文放入附件，表内只写要点，另存后重报。"
    ),
    "FILE-027": Sentence(
        "拒收", "表格声明的行列过多（{found}），疑似损坏或恶意，未读取。", "请用 Excel/WPS 另存为 .xlsx 后重报。"
    ),
    "FILE-028": Sentence("拒收", "同一单元格在文件里出现了两次（{found}），无法判断以哪个为准。", _AGAIN),
    "FILE-029": Sentence("拒收", "文件内部嵌套过深（超过 {found} 层），疑似恶意，未读取。", _AGAIN),
    "FILE-030": Sentence("拒收", "读取超时（超过 {found} 秒），已停止读取这个文件。", "请删去多余的内容，另存后重报。"),
    "FILE-031": Sentence("拒收", "读取程序异常，这个文件未能读出。", _AGAIN),
    "FILE-032": Sentence("拒收", "读取时占用内存过多，已停止读取这个文件。", "请删去多余的行列和内容，另存后重报。"),
    "FILE-033": Sentence("拒收", "这是二进制工作簿（.xlsb），不能读取。", "请用 Excel 另存为 .xlsx 后重报。"),
    "FILE-034": Sentence("拒收", "无法读取这个文件（没有权限）。", "请检查文件权限后重报。"),
    "FILE-035": Sentence("拒收", "文件在读取时消失。", "请重新放入后再校验。"),
    "FILE-036": Sentence("拒收", "文件在读取时仍在变化。", "请等文件复制完或关闭后再校验。"),
    "FILE-041": Sentence("提示", "文件含宏，已忽略，只读取数值和文字。"),
    "FILE-042": Sentence("提示", "文件含外部链接，已忽略，按保存时的数值读取。"),
    "FILE-043": Sentence("提示", "扩展名（{found}）与内容不符，已按 {kind} 读取。"),
    "FILE-044": Sentence("提示", "表外有多余内容：{found}，未采用。", "如是误填，请删去。"),
    "FILE-045": Sentence("提示", "合并区域过大：{found}，已照常读取。", "请使用下发的表填写，不要合并单元格。"),
}
