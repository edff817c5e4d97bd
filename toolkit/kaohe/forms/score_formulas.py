"""The live formulas of 评分: points by method (scheme model 4, step 1), what is faulty, and what each role still lacks."""

from __future__ import annotations

from kaohe.core.exact import plain
from kaohe.forms.form import CHECKED, NO, NOT_APPLICABLE, YES, Line
from kaohe.forms.formulas import lacking
from kaohe.forms.frame import FAULTY, TEAM_ASKED, TEAM_LACKS, UNIT_ASKED, UNIT_LACKS, Page, number, scaled
from kaohe.forms.lists import cases_range

EXTRA = (
    "行号",
    "上级号",
    "最低分",
    "下限",
    "上限",
    "步长",
    "每步",
    "计满",
    "未分",
)  # hidden columns besides the usual ones


def points(page: Page, line: Line) -> str:
    """The formula of 得分 of a leaf that is not typed: what the engine computes exactly, to six places.

    A case that makes the parent 0 reaches every computed line below it; typed points are left to the engine.
    """
    asked, value = _scored(page, line)
    zeros = _zeros(page, line)
    if zeros:
        value = f"IF({zeros}>0,0,{value})"
    return f'=IF({asked},"",{value})' if asked else '=""'


def _scored(page: Page, line: Line) -> tuple[str, str]:
    """When a line has no points yet, and its points else; ("", "") for what the engine alone computes."""
    unseen, away = f'{{核查}}<>"{CHECKED}"', f'{{核查}}="{NOT_APPLICABLE}"'
    if line.method == "扣分":
        return unseen, f"ROUND(MAX({{最低分}},{{满分}}-{_sum(page)}),6)"
    if line.method == "计数":
        return unseen, f"ROUND(MIN({{满分}},{_sum(page)}),6)"
    unknown = f"{unseen},NOT(ISNUMBER({{目标值}})),NOT(ISNUMBER({{完成值}}))"
    if line.method == "完成率":
        share = "MIN(1,{完成值}/{目标值})"
        if line.low_is_good:
            return f"OR({unknown})", "ROUND(MAX({最低分},{满分}*IF({完成值}<={目标值},1,{目标值}/{完成值})),6)"
        return f"OR({unknown},N({{目标值}})<=0)", f"ROUND(MAX({{最低分}},{{满分}}*{share}),6)"
    if line.method == "阈值":
        short = "{完成值}-{目标值}" if line.low_is_good else "{目标值}-{完成值}"
        steps = f"ROUND(({short})/{{步长}},6)"
        steps = f"INT({steps})" if line.whole_steps else steps
        return f"OR({unknown})", f"ROUND(MAX({{最低分}},{{满分}}-{{每步}}*MAX(0,{steps})),6)"
    if line.method in ("档次", "就高"):
        key = '{编码}&" "&{指标}&"|"&{情形}'
        found = f"INDEX({cases_range(page.form, '系数' if line.method == '档次' else '得分')},MATCH({key},例键,0))"
        value = f"{{满分}}*{found}" if line.method == "档次" else found
        return f'OR({away},{{情形}}="",ISNA(MATCH({key},例键,0)))', f"ROUND({value},6)"
    if line.method == "是否":
        blank = f'OR({away},AND({{情形}}<>"{YES}",{{情形}}<>"{NO}"))'
        return blank, f'IF({{情形}}="{YES}",{{满分}},{{最低分}})'
    return "", ""


def _zeros(page: Page, line: Line) -> str:
    """How many zero rules hit a line: its own cases', and those of any line below the same parent; "" where there are none."""
    cases = [case for case in page.form.cases if case.zero_from is not None]
    own = any(case.zero_scope != "上级" and case.line_number == line.number for case in cases)
    above = any(case.zero_scope == "上级" and case.parent_number == line.parent_number for case in cases)
    parts = [_hits(page, "本项零", "行号")] if own else []
    if above:
        parts.append(_hits(page, "上级零", "上级号"))
    return "+".join(parts)


def _sum(page: Page) -> str:
    return f"SUMIF({cases_range(page.form, '行号')},{{行号}},{cases_range(page.form, '封顶')})"


def _hits(page: Page, column: str, join: str) -> str:
    return f"SUMIF({cases_range(page.form, join)},{{{join}}},{cases_range(page.form, column)})"


def difference() -> str:
    both = "AND(ISNUMBER({自评}),ISNUMBER({得分}))"
    return f'=IF({both},IF(ABS({{得分}}-{{自评}})<0.000001,"",{{得分}}-{{自评}}),"")'


def workings(page: Page, row: int, line: Line) -> None:
    here, away = f'{{核查}}<>"{NOT_APPLICABLE}"', f'{{核查}}="{NOT_APPLICABLE}"'
    faulty = [
        ("自评", 'AND({自评}<>"",OR(NOT(ISNUMBER({自评})),N({自评})<{最低分},N({自评})>{满分}))'),
        ("核查", f'AND({{核查}}<>"",{_not_in("核查", (CHECKED, NOT_APPLICABLE))})'),
    ]
    unit_lacks, team_lacks = [], []
    if line.asks_target:
        unit_lacks.append(("目标值", f'AND({here},{{目标值}}="")'))
        low = "<" if line.low_is_good or line.method != "完成率" else "<="
        faulty.append(("目标值", f'AND({{目标值}}<>"",OR(NOT(ISNUMBER({{目标值}})),N({{目标值}}){low}0))'))
    if line.has_actual:
        unit_lacks.append(("完成值", f'AND({here},{{完成值}}="")'))
        wrong = "OR(NOT(ISNUMBER({完成值})),N({完成值})<0)"
        if line.scale != 1:
            wrong = f"OR(NOT(ISNUMBER({{完成值}})),N({{完成值}})<0,N({{完成值}})>{PERCENT_MOST})"
        faulty.append(("完成值", f'AND({{完成值}}<>"",{wrong})'))
    if line.needs_checked:
        team_lacks.append(("核查", '{核查}=""'))
    if line.has_option:
        team_lacks.append(("情形", f'AND({here},{{情形}}="")'))
        faulty.append(("情形", f'AND({{情形}}<>"",{_option_wrong(line)})'))
    if line.types_place:
        team_lacks.append(("名次", f'AND({here},{{名次}}="")'))
        faulty.append(("名次", 'AND({名次}<>"",OR(NOT(ISNUMBER({名次})),N({名次})<1,INT(N({名次}))<>N({名次})))'))
    if line.types_points:
        team_lacks.append(("得分", f'AND({here},{{得分}}="")'))
        faulty.append(("得分", f'AND({{得分}}<>"",{_points_wrong(line)})'))
    always_said = line.method == "区间"
    team_lacks.append(("说明", '{说明}=""' if always_said else f'AND({away},{{说明}}="")'))
    page.compute(row, FAULTY, lacking(*((condition, title) for title, condition in faulty)))
    page.compute(row, UNIT_LACKS, lacking(*((condition, title) for title, condition in unit_lacks)))
    page.compute(row, TEAM_LACKS, lacking(*((condition, title) for title, condition in team_lacks)))
    asked = len(unit_lacks)
    page.compute(row, UNIT_ASKED, f"=IF({away},0,{asked})" if asked else "=0")
    normal = len(team_lacks) - (0 if always_said else 1)
    on_leave = 1 + (1 if line.needs_checked else 0)
    page.compute(row, TEAM_ASKED, f"=IF({away},{on_leave},{normal})" if normal != on_leave else f"={normal}")
    engine = line.method == "引用" or (line.method == "排名赋分")
    for title, value in (
        ("行号", line.number), ("上级号", line.parent_number), ("最低分", number(line.floor)), ("下限", number(line.low)),
        ("上限", number(line.high)), ("步长", scaled(line.step, line.scale)), ("每步", number(line.per_step)),
    ):  # fmt: skip
        page.put(row, title, value)
    page.compute(row, "计满", "=0" if engine else f"=IF({away},0,{{满分}})")
    page.compute(row, "未分", "=0" if engine else f"=IF(OR({away},ISNUMBER({{得分}})),0,1)")


PERCENT_MOST = 10  # a percentage above 1000 % was typed without the percent sign


def checked_choices(line: Line) -> tuple[str, ...]:
    """The words that 核查 takes on a line."""
    return (CHECKED, NOT_APPLICABLE) if line.needs_checked else (NOT_APPLICABLE,)


def _not_in(title: str, words: tuple[str, ...]) -> str:
    return "AND(" + ",".join(f'{{{title}}}<>"{word}"' for word in words) + ")"


def _option_wrong(line: Line) -> str:
    if line.method == "是否":
        return _not_in("情形", (YES, NO))
    return 'ISNA(MATCH({编码}&" "&{指标}&"|"&{情形},例键,0))'


def _points_wrong(line: Line) -> str:
    wrong = "OR(NOT(ISNUMBER({得分})),N({得分})<{下限},N({得分})>{上限}"
    if line.unit_step:
        step = plain(line.unit_step)
        wrong += f",ABS(N({{得分}})-ROUND(N({{得分}})/{step},0)*{step})>0.000001"
    return wrong + ")"
