"""考核结果反馈通知书: what one unit is told — result, comparison with its class (no other unit's score), every lost mark, what to do."""

from __future__ import annotations

from fractions import Fraction

from kaohe.core.exact import ZERO, plain
from kaohe.core.periods import chinese_date
from kaohe.documents.lost_marks import Lost, lost_by
from kaohe.documents.printed import marks
from kaohe.documents.wording import COMMON, common, consequence_text, limit_days, rank_text
from kaohe.records.edition import Edition
from kaohe.records.people import Unit
from kaohe.records.results import ObjectResult

FIELDS: dict[str, str] = {
    **COMMON,
    "主送": "主送机关：单位名称",
    "单位名称": "单位的规范全称",
    "检查组": "检查组名称",
    "检查日期": "现场检查日期",
    "结果说明": "得分、名次、等次的一段话",
    "比较说明": "与本类均分、最高分比较，与上期比较（多段）",
    "结果运用": "命中的规则（多段，可为空）",
    "主要成绩": "检查组的评语（多段）",
    "问题": "问题：序号、标题、说明（可为空）",
    "整改要求": "期限与责任（多段）",
    "复核办法": "怎样申请复核",
    "附件一": "附件1的标题",
    "附件二": "附件2的标题",
    "联系方式": "联系人和电话",
    "得分表": "行：序号、内容、分值、得分、失分、说明",
    "得分表注": "得分表下的注",
    "失分明细": "行：序号、指标、情形、失分、事实、条款（可为空）",
    "失分明细注": "失分明细下的注",
}


def fields(edition: Edition, unit_code: str, number: str) -> dict[str, object]:
    """The fields of a unit's notice. Raises KeyError for a unit without a total (the stage asks only for scored ones)."""
    result, unit = edition.outcome.of(unit_code), edition.roster.unit(unit_code)
    if result is None or unit is None or result.total is None or result.base is None:
        raise KeyError(unit_code)
    lost = lost_by(result, edition.scheme)
    period = edition.when.title
    return {
        **common(edition, f"{unit.name}{period}考核结果反馈通知书", number, result.status == "暂定"),
        "主送": unit.name,
        "单位名称": unit.name,
        **_inspection(edition, unit),
        "结果说明": _result(edition, result),
        "比较说明": _comparison(edition, result),
        "结果运用": _consequences(edition, result),
        "主要成绩": _words(edition, unit_code),
        "问题": _problems(edition, unit_code),
        "整改要求": _demands(edition, unit_code),
        "复核办法": edition.scheme.info.get("复核办法", ""),
        "附件一": f"{unit.name}{period}得分表",
        "附件二": f"{unit.name}{period}失分明细",
        "联系方式": _contact(edition),
        "得分表": _score_rows(edition, result, lost),
        "得分表注": "分项四舍五入，合计按精确值；不计入总分的构成单独列示。",
        "失分明细": _lost_rows(edition, lost),
        "失分明细注": f"数据截至基准日 {chinese_date(edition.row.reference_date)}，输入编号 {edition.mark}。",
    }


def _inspection(edition: Edition, unit: Unit) -> dict[str, object]:
    submission, team = edition.submission(unit.code), edition.roster.team_of(unit.code)
    day = submission.cover.inspected_on.value if submission and submission.cover.inspected_on else ""
    return {"检查组": team.name if team else "考核组", "检查日期": chinese_date(day) or f"{edition.when.title}内"}


def _result(edition: Edition, result: ObjectResult) -> str:
    places = edition.scheme.settings.places
    assert result.total is not None and result.base is not None
    words = [f"你单位{edition.when.title}考核总分{marks(result.total, places)}分"]
    parts = [f"基础分{marks(result.base, places)}分"]
    if result.bonus:
        parts.append(f"加分{marks(result.bonus, places)}分")
    if result.penalty:
        parts.append(f"减分{marks(result.penalty, places)}分")
    words[0] += f"（{'，'.join(parts)}）"
    if result.status == "暂定":
        words.append("同组还有单位未报或存疑，名次、等次待定")
    elif rank_text(result):
        words.append(rank_text(result))
    if result.grade and result.status != "暂定":
        words.append(f"等次为{result.grade}")
    return "，".join(words) + "。"


def _comparison(edition: Edition, result: ObjectResult) -> list[str]:
    """The class as a whole: mean and best; and the unit's own previous period."""
    places = edition.scheme.settings.places
    field = edition.outcome.field_of(result.field)
    found = []
    if (
        field is not None
        and field.mean is not None
        and field.best is not None
        and field.complete
        and result.total is not None
    ):
        gap = result.total - field.mean
        way = "高" if gap > 0 else "低"
        near = "与平均分持平" if not gap else f"比平均分{way}{marks(abs(gap), places)}分"
        found.append(
            f"本类{field.size}个单位平均{marks(field.mean, places)}分、最高{marks(field.best, places)}分，你单位{near}。"
        )
    if result.previous_total is not None and result.total is not None:
        change = result.total - result.previous_total
        words = "持平" if not change else f"{'上升' if change > 0 else '下降'}{marks(abs(change), places)}分"
        rank = (
            f"，上期名次第{result.previous_rank}名"
            if result.previous_rank is not None and result.status != "暂定"
            else ""
        )
        found.append(f"与上期（{marks(result.previous_total, places)}分）相比{words}{rank}。")
    return found


def _consequences(edition: Edition, result: ObjectResult) -> list[str]:
    """Rules that hit the unit; effects on an incomplete field are not told yet."""
    final = [each for each in result.consequences if not each.provisional]
    return [f"{consequence_text(each)}。" for each in final]


def _words(edition: Edition, unit: str) -> list[str]:
    submission = edition.submission(unit)
    words = submission.words if submission else None
    found = [each.value for each in (words.achievements, words.highlights) if each] if words else []
    return [f"{text.rstrip('。；')}。" for text in found] or ["检查组未填写综合评语。"]


def _problems(edition: Edition, unit: str) -> list[dict[str, object]]:
    """Problems raised in this period, numbered as in the list."""
    found = [each for each in edition.ledger.of_unit(unit) if each.period == edition.period]
    names = {line.code: line.name for line in edition.scheme.indicators}
    rows = []
    for number, each in enumerate(found, 1):
        kind = edition.scheme.kind_name(each.kind) or names.get(each.indicator, each.indicator)
        text = f"{each.fact.rstrip('。；')}（指标 {each.indicator}，{each.severity}问题，{chinese_date(each.deadline)}前完成整改）。"
        if each.relapse_of:
            text += f"同类问题曾销号（{each.relapse_of}），属于复发。"
        rows.append({"序号": number, "标题": kind, "说明": text})
    return rows


def _demands(edition: Edition, unit: str) -> list[str]:
    mine = edition.ledger.of_unit(unit)
    new = tuple(each for each in mine if each.period == edition.period)
    still = [each for each in mine if each.state != "已销号" and each.period != edition.period]
    found = []
    if new:
        days, kind, due = limit_days(edition, new)
        last = max((each.deadline for each in new if each.deadline), default="")
        office = edition.scheme.info.get("主办部门", "主办部门")
        found.append(
            f"请按问题整改清单逐项明确措施、责任人和时限，自收到通知之日起{days}个{kind}内（{due}前）向{office}"
            f"报送整改方案，{chinese_date(last)}前完成全部整改并报送整改报告。"
        )
        found.append("整改实行清单管理、对账销号，下一考核期对整改情况“回头看”，结果与结果运用挂钩。")
    if still:
        late = sum(each.overdue(edition.row.reference_date) for each in still)
        found.append(
            f"以前提出、尚未销号的问题{len(still)}个" + (f"，其中逾期{late}个" if late else "") + "，请一并抓紧整改。"
        )
    return found or ["请继续保持，按要求做好日常工作和台账。"]


def _contact(edition: Edition) -> str:
    info = edition.scheme.info
    parts = [
        f"联系人：{info['联系人']}" if info.get("联系人") else "",
        f"电话：{info['联系电话']}" if info.get("联系电话") else "",
    ]
    return "，".join(part for part in parts if part)


def _score_rows(edition: Edition, result: ObjectResult, lost: tuple[Lost, ...]) -> list[dict[str, object]]:
    """One row per level-1 line of the class, the counted total, adjustments, and components that do not count."""
    scheme, places = edition.scheme, edition.scheme.settings.places
    counted = {each.code for each in result.components if each.counted}
    rows: list[dict[str, object]] = []
    for line in scheme.indicators_for(edition.when.clock, result.unit_class):
        if line.level != 1 or line.component not in counted:
            continue
        leaves = [leaf for leaf in result.leaves if leaf.indicator.split(".")[0] == line.code]
        points = sum((leaf.points for leaf in leaves if leaf.points is not None), ZERO)
        gone = sum((leaf.lost for leaf in leaves), ZERO)
        reasons = [each.name for each in lost if each.indicator.split(".")[0] == line.code and each.marks]
        skipped = [leaf.indicator for leaf in leaves if not leaf.applicable]
        words = "、".join(dict.fromkeys(reasons)) or "无失分"
        words += f"；{'、'.join(skipped)}不适用" if skipped else ""
        full = plain(line.full_marks(result.unit_class))
        rows.append(_row(len(rows) + 1, line.name, full, marks(points, places), marks(gone, places), words))
    assert result.base is not None and result.total is not None
    full = plain(scheme.settings.full_scale)
    rows.append(
        _row(
            "", "基础分", full, marks(result.base, places), marks(scheme.settings.full_scale - result.base, places), ""
        )
    )
    if result.bonus or result.penalty:
        items = [each for each in result.adjustments if each.counted]
        words = "、".join(
            f"{each.name}{'+' if each.nature == '加分' else '−'}{marks(each.counted, places)}" for each in items
        )
        rows.append(_row("", "加减分", "", marks(result.bonus - result.penalty, places), "", words))
    rows.append(_row("", "总分", "", marks(result.total, places), "", ""))
    for part in result.components:
        if not part.counted and part.score is not None:
            score = part.score
            rows.append(
                _row("", part.name, "100", marks(score, places), marks(Fraction(100) - score, places), "不计入总分")
            )
    return rows


def _row(number: object, name: str, full: str, points: str, gone: str, words: str) -> dict[str, object]:
    return {"序号": number, "内容": name, "分值": full, "得分": points, "失分": gone, "说明": words}


def _lost_rows(edition: Edition, lost: tuple[Lost, ...]) -> list[dict[str, object]]:
    places = edition.scheme.settings.places
    rows = []
    for number, each in enumerate(lost, 1):
        facts = "；".join(part for part in (each.fact if each.case else "见得分表和填报表", each.evidence) if part)
        rows.append(
            {
                "序号": number,
                "指标": f"{each.indicator} {each.indicator_name}",
                "情形": each.case or each.fact,
                "失分": marks(each.marks, places),
                "事实": facts,
                "条款": each.clause,
            }
        )
    return rows
