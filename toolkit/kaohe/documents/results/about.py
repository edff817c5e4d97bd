"""The sheet 说明: what the workbook rests on and how to read it: period, inputs with hashes, settings and rules in force, rounding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from kaohe.core.periods import chinese_date
from kaohe.documents import book_styles as looks
from kaohe.documents.ledger.followup import APPEALS, appeals_sentence
from kaohe.documents.results.board_cells import board_name
from kaohe.documents.results.boundary_sheet import BOUNDARIES
from kaohe.documents.results.bystanders import ELIGIBILITY
from kaohe.documents.results.claims import CLAIMS, claim_rows
from kaohe.documents.results.daily import DAILY, has_entries
from kaohe.documents.results.decisions import DECISIONS
from kaohe.documents.results.grid import CHECKS, DATA, LOSSES, PARAMETERS, RESULTS
from kaohe.documents.results.levels import Levels, has_bars
from kaohe.documents.results.live import PLACED, QUOTED
from kaohe.documents.results.model import CLEAN_PLACES, MOST_LIVE, Frame
from kaohe.documents.results.overview import is_without_boards
from kaohe.documents.results.paper import footer
from kaohe.documents.results.periods import gathered
from kaohe.documents.results.rating_sheet import RATINGS, has_ratings
from kaohe.documents.results.rules import formula_of, tie_key
from kaohe.documents.results.task_sheet import TASKS, has_tasks
from kaohe.documents.results.votes import VOTES, has_votes
from kaohe.records.books import Cell, Print, Sheet, Value
from kaohe.scheme.settings import in_force
from kaohe.scheme.show import rule_text

ABOUT = "说明"
_WIDTHS = (22.0, 78.0, 10.0, 11.0, 44.0)


def about_sheet(frame: Frame, levels: Levels) -> Sheet:
    """The sheet 说明."""
    cells: list[Cell] = [
        *looks.heading(f"说明　{frame.scheme.name}　{frame.edition.when.title}", "本工作簿依据什么、怎样计算、怎样核对")
    ]
    heights: dict[int, float] = {1: 26}
    row = 4
    for title, head, rows in _sections(frame, levels):
        cells.append(Cell(row, 1, title, looks.BAND))
        cells += [Cell(row, column, None, looks.BAND) for column in range(2, len(_WIDTHS) + 1)]
        row += 1
        if head:
            cells += looks.head_row(row, head)
            row += 1
        for values in rows:
            styles = (
                looks.WRAP,
                looks.WRAP,
                looks.CENTRE,
                looks.CENTRE,
                replace(looks.NOTE, size=7, border=looks.BORDER),
            )
            cells += [Cell(row, n, value, styles[n - 1]) for n, value in enumerate(values, 1)]
            heights[row] = looks.height_of(values, _WIDTHS)
            row += 1
        row += 1
    return Sheet(
        ABOUT,
        tuple(cells),
        widths=dict(enumerate(_WIDTHS, 1)),
        heights=heights,
        freeze=(3, 1),
        tab="7F7A73",
        print=Print(footer=footer(frame)),
    )


Section = tuple[str, Sequence[str], Sequence[Sequence[Value]]]


def _sections(frame: Frame, levels: Levels) -> Iterator[Section]:
    yield "考核期", (), tuple(_period(frame))
    yield "各工作表", (), tuple(_sheets(frame))
    yield "计算、舍入与核对", (), tuple((number, text) for number, text in enumerate(_method(frame), 1))
    yield "以程序取值进入的内容（条件是数据，不是公式）", (), tuple(_values(frame, levels))
    yield (
        "生效的设置",
        ("设置", "说明", "取值"),
        tuple((name, note, value) for name, value, note in in_force(frame.scheme.settings)),
    )
    yield "规则原文", (), tuple((rule.number, rule_text(rule)) for rule in frame.rules)
    yield "引用的以往期次", (), tuple(_earlier(frame))
    yield (
        "输入文件",
        ("序号", "文件（说明）", "结论", "单位编码", "SHA-256"),
        tuple(
            (number, file.file + (f"（{file.note}）" if file.note else ""), file.verdict, file.unit_code, file.sha256)
            for number, file in enumerate(frame.edition.files, 1)
        ),
    )


def _period(frame: Frame) -> Iterator[tuple[Value, ...]]:
    edition, row, info = frame.edition, frame.edition.row, frame.scheme.info
    yield "组织名称", info.get("组织名称", "")
    yield "考核方案", f"{frame.scheme.name}（{frame.scheme.code}）{info.get('办法名称', '')}"
    if info.get("版本"):
        yield "方案版本", info["版本"]
    yield "考核期", f"{edition.when.title}（{edition.period}），{chinese_date(row.start)}至{chinese_date(row.end)}"
    yield "报送截止", chinese_date(row.due)
    yield "基准日", chinese_date(edition.outcome.as_of)
    yield "成文日期", chinese_date(row.document_date) or "未定（草稿）"
    yield "输入标记", edition.mark
    yield "方案指纹", frame.scheme.fingerprint
    found = Counter(each.status for each in frame.objects)
    yield "对象", f"共 {len(frame.objects)} 个：" + "、".join(f"{status} {count}" for status, count in found.items())
    if edition.reason:
        yield "重新计算的理由", edition.reason
    if has_appeals(frame):
        yield (
            "申诉复核",
            f"{appeals_sentence(edition, edition.period)}结论不直接改分，更正填报表以后重新计算；逐件见“{APPEALS}”",
        )
    if edition.is_sample:
        yield "示例数据", "是，单位与人员均为虚构"


def _sheets(frame: Frame) -> Iterator[tuple[Value, ...]]:
    first = "等次分布和各组名次" if is_without_boards(frame) else "榜、结果运用和各组名次"
    yield board_name(frame), f"{first}；打开即见，A4 横向一页"
    yield RESULTS, "一行一个对象，公式从末级指标得分、各项来源算到总分、名次、等次、榜和绩效；灰色表头的列为过程列"
    if frame.bystanders:
        yield ELIGIBILITY, "不计总分、只受规则约束的对象：评价结果、可否评优、理由；没有公式"
    yield (
        DECISIONS,
        "每个等次、榜和后果怎样产生：规则、理由、条款；其下为名额的计算、受限和递补、各规则触发情况、生效的设置；只供查阅",
    )
    if frame.counted:
        yield BOUNDARIES, "同等次线、规则界限、名额线、相邻名次相差不超过一个显示单位的对象；没有公式"
    yield DATA, "输入：一行一个对象，一列一个末级指标的得分、一个评价主体各维度的均值，以及其他取值"
    if has_ratings(frame):
        yield RATINGS, "每个对象在每张评价表上的票数、均值、权重、得分，以及票的分布（离群票只标出，不剔除）"
    if has_votes(frame):
        yield VOTES, "按选项评的和推荐的，各评价主体给每个对象的得票、均值、得票率（公式）"
    if has_entries(frame):
        yield DAILY, "输入：日常积分每条记录的分值、事由、条款和来源单元格"
    if has_tasks(frame):
        yield TASKS, "输入：每项任务的分值、得分和来源单元格，每个对象的合计在“数据”"
    if claim_rows(frame):
        yield CLAIMS, "每件加分、减分的申报、核定、计分和来源单元格，每个对象的合计在“数据”"
    yield LOSSES, "每一处失分的情形、事实、条款、佐证和来源单元格"
    if has_appeals(frame):
        yield APPEALS, "对本期结果的申诉：内容、理由、复核结论、更正前后的得分；没有公式"
    yield PARAMETERS, "输入：满分、权重、界限、折算分、规则取值；公式的常数只在此表"
    yield CHECKS, "程序算得的数值与公式并列，逐项相减"


def has_appeals(frame: Frame) -> bool:
    """Whether somebody contests a result of the period."""
    return any(each.period == frame.edition.period for each in frame.edition.ledger.appeals)


def _method(frame: Frame) -> Iterator[str]:
    settings = frame.scheme.settings
    if settings.rounding == "逐级":
        yield f"每一级得分都四舍五入到 {settings.places} 位小数，再进入上一级。"
    else:
        yield f"末级得分、各级合计和构成得分不舍入；总分一次四舍五入（逢五进一）到 {settings.places} 位小数，其余位置显示的小数只是显示。"
    which = "精确值" if settings.compare == "精确值" else f"四舍五入到 {settings.places} 位小数的数"
    yield f"名次、等次和规则比较{which}。"
    yield (
        f"公式用二进制小数计算，舍入和比较之前先保留 {CLEAN_PLACES} 位小数（参数“净位”），只为去掉尾差；"
        "程序用精确分数计算，两者的结果逐格相同，见“核对”。"
    )
    yield "名次在同一排名组内按总分从高到低；总分相同且同分排序也相同的并列，其后空出名次。"
    yield "存疑、未报的对象保留一行，得分空白、不参加排名，但计入家数；同组其他对象的名次和榜为暂定。"
    spread = "直接上级" if settings.rescale_at == "直接上级" else "构成"
    yield f"不适用的指标空白，可评满分相应减少，按{spread}折算；不适用的构成空白，其权重按比例分给其余构成。"
    if frame.surveys:
        ways = {survey.instrument.way for survey in frame.surveys}
        if "分数" in ways:
            yield "评价得分：各维度去掉最高、最低分后求均值，依次按维度权重、主体权重合成，除以上限再乘以 100。"
        if "选项" in ways:
            yield "按选项的评价得分：各维度 Σ 系数 × 票数 ÷ 有效票，依次按维度权重、主体权重合成。"
        if any(survey.merged for survey in frame.surveys):
            least = frame.scheme.settings.least_shown
            yield f"有效票少于 {least} 张的评价主体与别的主体合并，“数据”中各格为合并后的均值，不影响得分；其得票不列。"
    if has_entries(frame):
        yield "日常积分：起始分加各条记录的分值，限于 0–100。"
    if not frame.is_live:
        yield f"对象超过 {MOST_LIVE} 个，本工作簿只列数值，不放公式。"


def _values(frame: Frame, levels: Levels) -> Iterator[tuple[Value, ...]]:
    for part in frame.parts:
        if part.kind == "value":
            component = part.component
            origin = " ".join(word for word in (component.origin, component.taken_from, component.taken) if word)
            yield component.name, f"构成得分（来源：{origin}），每个对象取自哪里见“数据”中的“取自”列"
    yield from _cited(frame)
    for rule in frame.rules:
        if formula_of(frame, rule) is None:
            yield f"规则 {rule.number}", "条件涉及本工作簿以外的事实，成立与否由程序判定（“数据”表中 1＝成立）"
    for thing, _ in frame.scheme.settings.tie_breaks:
        if tie_key(frame, thing) is None:
            yield f"同分排序 {thing}", "比较的数由程序给出"
    yield from _graded(frame, levels)
    if frame.has_bonus or frame.has_penalty:
        yield "加分、减分", "核定后、经单项和类别上限的合计；总上限由公式计算"


def _graded(frame: Frame, levels: Levels) -> Iterator[tuple[Value, ...]]:
    """What of the grades enters as a value."""
    if frame.bands and not levels.works:
        yield (
            "等次核定",
            "同没有一行的对象一起取名额的，等次不能由公式得到：否优、封顶、降档、比例改变的等次由程序给出",
        )
    elif frame.bands and (has_bars(frame, False) or has_bars(frame, True)):
        yield "封顶、降档", "否优、封顶、定为、降档的规则是否成立由程序判定，规则号列在旁边；其后的等次、名额由公式计算"
    if frame.decides:
        yield "审定等次", "“等次决定”表填的等次和理由，与计算等次并列，见“决定”"


def _cited(frame: Frame) -> Iterator[tuple[Value, ...]]:
    """Lines that cite or rank, and whose points are no formula; and figures that they cite of other objects."""
    for line in frame.scheme.indicators:
        live = frame.live(line.code)
        if (
            line.method in (QUOTED, PLACED)
            and live is None
            and any(line.code == leaf.code for block in frame.blocks for leaf in block.leaves)
        ):
            yield (
                f"{line.code} {line.name}",
                f"“{line.method}”的得分由程序给出（有对象的得分不能由公式得到，如上级归零、取同组均值）",
            )
        elif live is not None and line.method == QUOTED and not live.quotes:
            yield f"{line.code} {line.name}", f"所引用的数（{line.reference}）由程序给出，得分由公式计算"


def _earlier(frame: Frame) -> Iterator[tuple[Value, ...]]:
    before = frame.edition.before
    outcome = frame.edition.outcome
    for part in frame.parts:
        for name, sealed in gathered(part.code, outcome.objects):
            yield name, f"计入“{part.component.name}”" + ("" if sealed else "；尚未归档")
    for each in frame.edition.earlier:
        words = "用于名次变化、上期比较" if before is not None and each.period == before.period else "用于逐期比较"
        if before is not None and each.period == before.period and outcome.before and not outcome.before_sealed:
            words += "；尚未归档"
        yield each.period, words
    if not frame.edition.earlier and not any(gathered(part.code, outcome.objects) for part in frame.parts):
        yield "无", "没有有效的以往期次"
    if outcome.before:
        yield "上期标记", outcome.before
