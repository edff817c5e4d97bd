"""The sheet 填报说明: who does what in which order, what the colours mean, where to ask, and how much there is to fill."""

from __future__ import annotations

from kaohe.core.periods import chinese_date
from kaohe.forms import looks
from kaohe.forms.form import (
    CLAIMS,
    CONTENTS,
    COUNTS,
    COVER,
    DEBRIEF,
    DEDUCTIONS,
    INSTRUCTIONS,
    RECTIFICATION,
    SCORES,
    TALKS,
    TASKS,
    Form,
    sample_words,
)
from kaohe.forms.load import Load
from kaohe.records.books import Cell, Print, Sheet, Style

_WIDTH = 106
_LINK = Style(size=10, underline=True, bold=True, colour=looks.HEADER_FILL)
_PROGRESS = Style(size=10, fill=looks.COMPUTED_FILL, border=looks.LINE, indent=1)


def sheet(form: Form, object_code: str, unit_name: str, load: Load) -> Sheet:
    """The sheet 填报说明: one column, no inputs."""
    return taught(form, object_code, unit_name, lines(form), _legend(), _closing(form, load))


def taught(
    form: Form, slot: str, name: str, said: tuple[str, ...], legend: tuple[tuple[str, Style], ...], closing: tuple[str, ...],
    sheets: tuple[str, ...] = (),
) -> Sheet:  # fmt: skip
    """A first sheet of any form: what to do, numbered; the legend of colours; closing lines. `slot` stands for the object in the identity
    line; `sheets` are listed with a link and their live line."""
    cells = [
        Cell(1, 1, form.identity(slot), looks.IDENTITY),
        Cell(2, 1, f"填报说明　{name}{sample_words(form)}", looks.TITLE),
    ]
    heights = {1: 13.0, 2: 27.0}
    row = 4
    for number, text in enumerate(said, 1):
        shown = f"{number}．{text}"
        cells.append(Cell(row, 1, shown, looks.TAUGHT))
        heights[row] = looks.height_for({_WIDTH: shown}, least=20)
        row += 1
    if sheets:
        row += 1
        cells.append(Cell(row, 1, "各表进度（点表名可以转到）", Style(size=10, bold=True)))
        for sheet_name in sheets:
            row += 1
            link = f"internal:'{sheet_name}'!A1"
            cells.append(Cell(row, 1, sheet_name, _LINK, link=link, tip=f"转到“{sheet_name}”"))
            heights[row] = 20
            row += 1
            cells.append(Cell(row, 1, None, _PROGRESS, formula=f"='{sheet_name}'!$A$3"))
            heights[row] = 20
        row += 1
    row += 1
    cells.append(Cell(row, 1, "颜色", Style(size=10, bold=True)))
    for text, style in legend:
        row += 1
        cells.append(Cell(row, 1, text, style))
        heights[row] = 20
    row += 2
    for text in closing:
        cells.append(Cell(row, 1, text, looks.TAUGHT))
        heights[row] = looks.height_for({_WIDTH: text}, least=20)
        row += 1
    identity = form.identity(slot).replace("&", "&&")
    return Sheet(
        name=INSTRUCTIONS,
        cells=tuple(cells),
        widths={1: _WIDTH},
        heights=heights,
        tab=looks.TAB_NONE,
        protected=True,
        print=Print(
            landscape=True,
            tall=1,
            area=f"A1:A{row - 1}",
            footer=f"&L&8{identity}&R&8第 &P 页 共 &N 页",
            margins=(0.5, 0.5, 0.5, 0.7),
        ),
    )


def lines(form: Form) -> tuple[str, ...]:
    """What to do, in the order of the work: only what this form has."""
    has = set(form.grids)
    if not set(has & set(CONTENTS)) - {COVER, DEBRIEF}:
        return (
            "请本人填写。每张表第 3 行随时写明还差几格、哪里有误。",
            f"{COVER}：填姓名、电话和日期。",
            f"{DEBRIEF}：用事实和数据说话，问题写具体；会上述职、会后反馈都用这一份，不再另报。",
        )
    said = [
        "先由填报单位填，再由检查组在现场填，最后单位在封面选择意见，双方签字。每张表第 3 行随时写明还差几格、轮到谁、哪里有误。"
    ]
    said.append(f"{COVER}：单位填姓名、电话和日期；检查组填检查人和检查日期。点表名可以转到各张表。")
    if TASKS in has:
        said.append(f"{TASKS}：本期任务已印好，单位逐项选完成情况、填完成日期；检查组核实后给分，不超过本项分值。")
    if RECTIFICATION in has:
        said.append(
            f"{RECTIFICATION}：上期没有销号的问题已印好，单位逐条选择整改情况；已完成的填完成日期、措施、佐证，检查组现场核验。"
        )
    if SCORES in has:
        own = (
            "单位填完成值（自评可填可不填，不计分）；"
            if any(line.has_actual for line in form.leaves)
            else "单位可填自评（不计分）；"
        )
        said.append(
            f"{SCORES}：{own}检查组逐项选“核查”（选情形、填得分的项不用选），没有核查的不得分；没有这项工作的选“不适用”并写明原因。"
        )
    if DEDUCTIONS in has:
        said.append(
            f"{DEDUCTIONS}：一行一个问题，先选指标，再选情形，标准自动显示；写清事实和依据，没有书面材料的写“现场查看”。"
        )
        said.append(
            f"扣分自动汇总到{SCORES}的得分，不用另填；标准写“酌定”的填合计扣分；只列问题的也记一行。责任人由单位填。"
        )
    if COUNTS in has:
        said.append(f"{COUNTS}：单位一行填一件事，检查组填核定次数；只有核定次数计分。")
    if CLAIMS in has:
        said.append(f"{CLAIMS}：单位申报加分，检查组填核定分并选“已确认”才计分；减分由检查组填整行，分值填正数。")
    if DEBRIEF in has:
        said.append(f"{DEBRIEF}：由书记本人主持填写，问题写具体；会上述职、会后反馈都用这一份，不再另报。")
    if TALKS in has:
        said.append(f"{TALKS}：检查组一人一行，写明谈话对象、日期和主要内容；反映的问题另记一栏，不与姓名一起公开。")
    said.append("佐证写文号、材料名称或地点即可，不用附电子文件。日期如 2026-09-30；分数只填数字，不带“分”“约”等字。")
    said.append("不要插入、删除、合并行列，不要改工作表名；填完把本文件发回，.xlsx、.xls、.et、.ods 都可以。")
    return tuple(said)


def _legend() -> tuple[tuple[str, Style], ...]:
    line = looks.LINE
    return (
        (
            "浅黄底、蓝字：填报单位填（更浅的是选填或还没有用到的行）",
            Style(size=10, fill=looks.UNIT_FILL, colour=looks.UNIT_INK, border=line),
        ),
        (
            "浅紫底、紫字：检查组填（更浅的是选填或还没有用到的行）",
            Style(size=10, fill=looks.TEAM_FILL, colour=looks.TEAM_INK, border=line),
        ),
        ("灰底：自动计算，不用填", Style(size=10, fill=looks.COMPUTED_FILL, border=line)),
        ("白底：已印好，不能改", Style(size=10, border=line)),
        (
            "红底、×：有误，请按“状态”和“校验提示”修改",
            Style(size=10, bold=True, fill=looks.ERROR_FILL, colour=looks.ERROR_INK, border=line),
        ),
    )


def _closing(form: Form, load: Load) -> tuple[str, ...]:
    contact = "　".join(form.contact)
    due = chinese_date(form.due)
    verdict = "（含检查后选的意见）" if COVER in form.grids else ""
    required = f"单位必填 {load.unit_cells} 格{verdict}，检查组必填 {load.team_cells} 格（评分 {load.lines} 项）"
    asked = f"填报量：{required}，已印好 {load.printed} 格；有扣分、计分、加减分时按件填写。"
    said = [asked]
    if due:
        said.append(f"报送截止：{due}。")
    if contact:
        said.append(f"联系：{contact}")
    return tuple(said)
