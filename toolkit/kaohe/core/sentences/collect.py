"""Sentences about the folder 回收 as a whole (COLLECT-…)."""

from kaohe.core.sentences.kinds import Sentence

SENTENCES: dict[str, Sentence] = {
    "COLLECT-001": Sentence(
        "存疑",
        "同一张表交回了 {count} 份，文件不同：{files}。{where}。",
        "请确认用哪一份，把其余的移到 回收/不采用；在此之前都不采用。",
    ),
    "COLLECT-003": Sentence("拒收", "文件打不开。", "请检查文件是否完整、是否有读取权限，重新放入。"),
    "COLLECT-004": Sentence("提示", "“{found}”的单位状态为 不参评，没有采用。", "如应参评，请改本期名册的状态。"),
    "COLLECT-005": Sentence("提示", "“{found}”没有交回，按没有填写处理；这张表不计分。", "需要的，请催报。"),
}
