"""Sentences about running a period (RUN-…): why an object whose form was accepted is withheld all the same."""

from kaohe.core.sentences.kinds import Sentence

SENTENCES: dict[str, Sentence] = {
    "RUN-001": Sentence(
        "存疑",
        "计分所需的格有空白（得分、核查、情形或完成值），没有按 0 分计算。",
        "请补填后重报；确不适用的，“核查”选 不适用。",
    ),
    "RUN-002": Sentence(
        "存疑",
        "缺少应当计入的历史期次，或该期没有得分。",
        "请先算出缺少的期次；确需按已有期次计算的，方案的“缺期”填 按已有。",
    ),
    "RUN-003": Sentence(
        "存疑",
        "不适用的指标按规定取同组均值，但同组没有一家在这一指标上有得分。",
        "请把方案的“不适用办法”改为 折算，或核对“核查”。",
    ),
    "RUN-004": Sentence(
        "存疑", "没有一项适用的指标，不能计算得分。", "请核对名册中的分类，以及方案中适用这一分类的指标。"
    ),
}
