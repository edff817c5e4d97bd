"""Working columns of 结果: nodes, components, exact base and total, ranks from the end, rules, boards, unique orders.

Each column has the program's value and one formula for all rows; where the scheme rounds step by step (逐级) the formulas round at the
same steps.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from kaohe.core.exact import round_half_up
from kaohe.documents.printed import number as shown
from kaohe.documents.results_grid import Column, Formula, Refs, literal
from kaohe.documents.results_model import (
    CLEAN_PLACES,
    Block,
    Frame,
    Label,
    Part,
    component_of,
    has_rules,
    is_scored,
    or_blank,
    stepwise,
)
from kaohe.documents.results_parameters import full_name
from kaohe.documents.results_rules import (
    band_of,
    figure_of,
    formula_of,
    has_fired,
    parameter_name,
    tie_key,
    tie_value,
)
from kaohe.documents.results_sums import total
from kaohe.documents.results_values import Standings, is_fair, is_in, label_names, movement, uses, uses_words
from kaohe.records.books import Value
from kaohe.records.results import ObjectResult
from kaohe.records.scheme import Rule


def workings(frame: Frame, found: Standings) -> tuple[Column, ...]:
    """All working columns, in the order in which a total comes about."""
    columns = [_work("类序", "类序", lambda each: _class_row(frame, each), _class_formula, "whole")]
    columns += [_assessable(block, frame) for block in frame.blocks]
    columns += [block_column(block, frame, True) for part in frame.apart for block in part.blocks]
    rescaled = [block for part in (*frame.counted, *frame.apart) if part.by_parent for block in part.blocks]
    columns += [_full(block, frame) for block in rescaled] + [_rescaled(block, frame) for block in rescaled]
    if frame.blocks:
        columns.append(_lost(frame))
    if any(part.adjusted for part in frame.counted):
        columns += [_score(part, frame, base=True) for part in frame.counted]
    columns += [_score(part, frame, base=True) for part in frame.apart if part.adjusted]
    columns += [_score(part, frame) for part in (*frame.counted, *frame.apart)]
    if frame.counted:
        columns += _exact(frame)
    if frame.counted and frame.bands:
        columns.append(_work("分数等次", "分数等次", lambda each: _band_word(frame, each), _band(frame), "centre"))
    columns += _ranks(frame, found)
    columns += [_rule(rule, frame) for rule in frame.rules]
    columns += [_board(name, frame) for name in frame.boards]
    for label in frame.labels:
        columns += _label(label, found)
    return (*columns, *_orders(frame, found))


def block_column(block: Block, frame: Frame, working: bool = False) -> Column:
    """Points of a level-1 node: the sum of its leaves; blank where none applies."""
    by_class = (
        sum((leaf.full_marks(each.code) for leaf in block.leaves if leaf.applies_to(each.code)), Fraction(0))
        for each in frame.classes
    )
    full = "/".join(shown(each) for each in dict.fromkeys(by_class) if each)

    def formula(refs: Refs, row: int) -> str:
        span = refs.typed_span(*block.span, row)
        return f'=IF(COUNT({span})=0,"",{stepped(frame, f"SUM({span})")})'

    def value(each: ObjectResult) -> Value:
        return or_blank(stepwise(frame, frame.sums[each.code].points(block.code)))

    return Column(f"块:{block.code}", f"{block.name}\n满分 {full or '0'}", value, formula, "points", 8.5, working)


def stepped(frame: Frame, expression: str) -> str:
    """An expression, rounded where it arises if the scheme says 逐级."""
    return f"ROUND(ROUND({expression},净位),小数位)" if frame.scheme.settings.rounding == "逐级" else expression


def rank_formula(
    refs: Refs, row: int, key: str, best: bool, ties: Sequence[tuple[str, str, bool]] = (), least: bool = False
) -> str:
    """Rank of a figure within the field, from the best or from the end; equal figures share it and the next are skipped.

    `ties`: area, cell and whether high is better, of figures that separate equal ones in their order. `least`: no ranks in a field
    with fewer than 最小排名家数 taking part.
    """
    group, ranked = refs.typed_area("组"), refs.typed_area("排名")
    same = f"{group},{refs.typed('组', row)},{ranked},1"
    parts = []
    keys = [(refs.area(key), refs.here(key, row), True), *ties]
    for count, (area, cell, high) in enumerate(keys):
        equal = "".join(f",{before[0]},{before[1]}" for before in keys[:count])
        sign = ">" if high == best else "<"
        parts.append(f'COUNTIFS({same}{equal},{area},"{sign}"&{cell})')
    here = refs.here(key, row)
    large = f",{refs.here('参排家数', row)}>=最小排名家数" if least else ""
    return f'=IF(AND({refs.typed("排名", row)}=1,ISNUMBER({here}){large}),1+{"+".join(parts)},"")'


def _work(
    key: str, title: str, value: Callable[[ObjectResult], Value], formula: Formula, look: str = "exact"
) -> Column:
    return Column(key, title, value, formula, look, 10, True)  # type: ignore[arg-type]


def _class_row(frame: Frame, each: ObjectResult) -> Value:
    codes = [unit_class.code for unit_class in frame.classes]
    return codes.index(each.unit_class) + 1 if each.unit_class in codes else ""


def _class_formula(refs: Refs, row: int) -> str:
    return f'=IFERROR(MATCH({refs.typed("分类", row)},类别,0),"")'


def _assessable(block: Block, frame: Frame) -> Column:
    def value(each: ObjectResult) -> Value:
        return or_blank(frame.sums[each.code].assessable(block.code))

    def formula(refs: Refs, row: int) -> str:
        span = refs.typed_span(*block.span, row)
        marks = f"SUMPRODUCT(ISNUMBER({span})*INDEX({full_name(block.code)},{refs.here('类序', row)},0))"
        return f'=IF(COUNT({span})=0,"",{marks})'

    return _work(f"评:{block.code}", f"可评满分\n{block.name}", value, formula, "points")


def _full(block: Block, frame: Frame) -> Column:
    """Full marks of a level-1 node for the object's class, where anything of it applies."""

    def value(each: ObjectResult) -> Value:
        return or_blank(_full_of(block, frame, each))

    def formula(refs: Refs, row: int) -> str:
        marks = f"SUM(INDEX({full_name(block.code)},{refs.here('类序', row)},0))"
        return f'=IF(ISNUMBER({refs.here(f"评:{block.code}", row)}),{marks},"")'

    return _work(f"折满:{block.code}", f"满分\n{block.name}", value, formula, "points")


def _full_of(block: Block, frame: Frame, each: ObjectResult) -> Fraction | None:
    if frame.sums[each.code].points(block.code) is None:
        return None
    return total(leaf.full_marks(each.unit_class) for leaf in block.leaves if leaf.applies_to(each.unit_class))


def _rescaled(block: Block, frame: Frame) -> Column:
    """Points of a level-1 node after rescaling what does not apply within the node (折算层级 直接上级)."""

    def value(each: ObjectResult) -> Value:
        sums, full = frame.sums[each.code], _full_of(block, frame, each)
        points, marks = sums.points(block.code), sums.assessable(block.code)
        return "" if points is None or not marks or full is None else or_blank(stepwise(frame, points / marks * full))

    def formula(refs: Refs, row: int) -> str:
        points, marks = refs.here(f"块:{block.code}", row), refs.here(f"评:{block.code}", row)
        scaled = stepped(frame, f"{points}/{marks}*{refs.here(f'折满:{block.code}', row)}")
        return f'=IF(ISNUMBER({marks}),{scaled},"")'

    return _work(f"折:{block.code}", f"折算得分\n{block.name}", value, formula, "points")


def _lost(frame: Frame) -> Column:
    first, last = f"评:{frame.blocks[0].code}", f"评:{frame.blocks[-1].code}"
    codes = tuple(block.code for block in frame.blocks)

    def value(each: ObjectResult) -> Value:
        sums = frame.sums[each.code]
        return or_blank(sums.lost_on(codes)) if sums.nodes else ""

    def formula(refs: Refs, row: int) -> str:
        leaves_span = refs.typed_span(frame.blocks[0].span[0], frame.blocks[-1].span[1], row)
        span = refs.span(first, last, row)
        return f'=IF(COUNT({span})=0,"",ROUND(SUM({span})-SUM({leaves_span}),净位))'

    return _work("各项失分", "各项失分\n（含单独计分）", value, formula, "points")


def _score(part: Part, frame: Frame, base: bool = False) -> Column:
    """Score of a component on 0–100; with adjustments, the base score first and the score after them."""
    adjusted = part.adjusted and not base

    def value(each: ObjectResult) -> Value:
        found = component_of(each, part.code)
        return "" if found is None else or_blank(found.base_score if base else found.score)

    def own(refs: Refs, row: int) -> str:
        if not part.blocks:
            cell = refs.typed(f"值:{part.code}", row)
            return f'=IF(ISNUMBER({cell}),{cell},"")'
        keys = ("折满", "折") if part.by_parent else ("评", "块")
        full, points = (refs.span(f"{key}:{part.blocks[0].code}", f"{key}:{part.blocks[-1].code}", row) for key in keys)
        return f'=IF(COUNT({full})=0,"",{stepped(frame, f"100*SUM({points})/SUM({full})")})'

    def after(refs: Refs, row: int) -> str:
        before = refs.here(f"基:{part.code}", row)
        total = f"{before}+N({refs.typed(f'入:{part.code}', row)})"
        clipped = f"MAX(0,MIN(100,{total}))" if frame.scheme.settings.clip_components else total
        return f'=IF(ISNUMBER({before}),{stepped(frame, clipped)},"")'

    title = f"{part.component.name}\n{'基础分' if base else '得分（百分制）'}"
    return _work(f"{'基' if base else '构成'}:{part.code}", title, value, after if adjusted else own)


def _exact(frame: Frame) -> list[Column]:
    settings = frame.scheme.settings
    codes = [part.code for part in frame.counted]
    adjusted = any(part.adjusted for part in frame.counted)

    def weighted(refs: Refs, row: int, kind: str) -> str:
        span, row_of = (
            refs.span(f"{kind}:{codes[0]}", f"{kind}:{codes[-1]}", row),
            f"INDEX(权重,{refs.here('类序', row)},0)",
        )
        sums = f"SUMPRODUCT({row_of},{span})/SUMPRODUCT({row_of}*ISNUMBER({span}))"
        return f"总分满分*{sums}/100"

    def base(refs: Refs, row: int) -> str:
        kind = "基" if adjusted else "构成"
        span = refs.span(f"{kind}:{codes[0]}", f"{kind}:{codes[-1]}", row)
        return f'=IF(COUNT({span})=0,"",{stepped(frame, f"ROUND({weighted(refs, row, kind)},净位)")})'

    def total(refs: Refs, row: int) -> str:
        start = f"({weighted(refs, row, '构成')})" if adjusted else refs.here("精确基础", row)
        amount = start
        if frame.has_bonus:
            amount += f"+{refs.here('加分', row)}"
        if frame.has_penalty:
            amount += f"-{refs.here('减分', row)}"
        if settings.total_min is not None:
            amount = f"MAX(总分下限,{amount})"
        if settings.total_max is not None:
            amount = f"MIN(总分上限,{amount})"
        return f'=IF(ISNUMBER({refs.here("精确基础", row)}),ROUND({amount},净位),"")'

    return [
        _work("精确基础", "基础分\n（舍入前）", lambda each: _settled(each, each.base_exact), base),
        _work("精确总分", "总分\n（舍入前）", lambda each: _settled(each, each.total_exact), total),
    ]


def _settled(each: ObjectResult, value: Fraction | None) -> Value:
    return or_blank(round_half_up(value, CLEAN_PLACES)) if value is not None and is_scored(each) else ""


def _band_word(frame: Frame, each: ObjectResult) -> str:
    return band_of(frame, each) if has_rules(each) else ""


def _band(frame: Frame) -> Formula:
    key = "精确总分" if frame.scheme.settings.compare == "精确值" else "总分"

    def formula(refs: Refs, row: int) -> str:
        total, row_of = refs.here(key, row), refs.here("类序", row)
        live = f"AND({refs.typed('用则', row)}=1,ISNUMBER({total}))"
        return f'=IF({live},LOOKUP({total},INDEX(等次界,{row_of},0),INDEX(等次名,{row_of},0)),"")'

    return formula


def _ranks(frame: Frame, found: Standings) -> list[Column]:
    def size(refs: Refs, row: int) -> str:
        return _in_field(refs, row, "家数")

    def taking_part(refs: Refs, row: int) -> str:
        return _in_field(refs, row, "排名")

    columns = [_work("排名家数", "排名家数", lambda each: found.sizes[each.code], size, "whole")]
    if frame.counted:
        columns.append(
            _work("参排家数", "参加排名家数", lambda each: found.taking_part[each.code], taking_part, "whole")
        )
        columns += _tie_columns(frame)
        columns.append(
            _work("倒数名次", "倒数名次", lambda each: each.rank_last or "", total_rank(frame, False), "whole")
        )
        columns.append(_work("可比", "名次可用\n（非首末合一）", lambda each: int(is_fair(each)), _fair, "flag"))
    for part in frame.parts:
        if part.ranked:
            columns += _part_ranks(part, frame)
    return columns


def _in_field(refs: Refs, row: int, flag: str) -> str:
    """How many objects of the field have a flag."""
    group = refs.typed("组", row)
    return f'=IF({group}="",0,COUNTIFS({refs.typed_area("组")},{group},{refs.typed_area(flag)},1))'


def _fair(refs: Refs, row: int) -> str:
    first, last = refs.here("名次", row), refs.here("倒数名次", row)
    return f"=IF(AND(ISNUMBER({first}),NOT(AND({first}=1,{last}=1))),1,0)"


def total_rank(frame: Frame, best: bool) -> Formula:
    """The formula of the rank by total, with the scheme's tie-breaks."""
    key = "精确总分" if frame.scheme.settings.compare == "精确值" else "总分"
    breaks = tuple(enumerate(frame.scheme.settings.tie_breaks, 1))

    def formula(refs: Refs, row: int) -> str:
        ties = [(refs.area(f"同分{n}"), refs.here(f"同分{n}", row), way == "高") for n, (_, way) in breaks]
        return rank_formula(refs, row, key, best, ties, least=True)

    return formula


def _tie_columns(frame: Frame) -> list[Column]:
    return [_tie_column(frame, n, thing, way) for n, (thing, way) in enumerate(frame.scheme.settings.tie_breaks, 1)]


def _tie_column(frame: Frame, n: int, thing: str, way: str) -> Column:
    key = tie_key(frame, thing)
    precise = frame.scheme.settings.compare == "精确值"
    digits = CLEAN_PLACES if precise or key is None else frame.places

    def value(each: ObjectResult) -> Value:
        found = figure_of(frame, thing, each) if key else tie_value(thing, each)
        return or_blank(None if found is None or not is_scored(each) else round_half_up(found, digits))

    def formula(refs: Refs, row: int) -> str:
        if key is None:
            cell = refs.typed(f"键{n}", row)
            return f'=IF(ISNUMBER({cell}),{cell},"")'
        cell = key(refs, row)
        inner = f"ROUND({cell},净位)"
        return f'=IF(ISNUMBER({cell}),{inner if precise else f"ROUND({inner},小数位)"},"")'

    return _work(f"同分{n}", f"同分排序{n}\n{thing} {way}", value, formula)


def _part_ranks(part: Part, frame: Frame) -> list[Column]:
    code = part.code

    def ranks(each: ObjectResult) -> tuple[int | None, int | None]:
        result = component_of(each, code)
        return (result.rank, result.rank_last) if result else (None, None)

    def formula(best: bool) -> Formula:
        return lambda refs, row: rank_formula(refs, row, f"得分:{code}", best)

    columns = [score_column(part, frame, True), rank_column(part, True)] if part.component.counted else []
    name = part.component.name
    columns.append(
        _work(f"倒数名次:{code}", f"{name}\n倒数名次", lambda each: ranks(each)[1] or "", formula(False), "whole")
    )
    return columns


def rank_column(part: Part, working: bool = False) -> Column:
    """Rank by a component's own score."""

    def value(each: ObjectResult) -> Value:
        result = component_of(each, part.code)
        return (result.rank if result else None) or ""

    def formula(refs: Refs, row: int) -> str:
        return rank_formula(refs, row, f"得分:{part.code}", True)

    return Column(f"名次:{part.code}", f"{part.component.name}\n名次", value, formula, "whole", 7.5, working)


def score_column(part: Part, frame: Frame, working: bool = False) -> Column:
    """A component's score as printed and compared: rounded once, on the scale of 100."""
    precise = frame.scheme.settings.compare == "精确值"

    def value(each: ObjectResult) -> Value:
        result = component_of(each, part.code)
        if result is None or result.score is None:
            return ""
        return or_blank(round_half_up(result.score, CLEAN_PLACES if precise else frame.places))

    def formula(refs: Refs, row: int) -> str:
        cell = refs.here(f"构成:{part.code}", row)
        inner = f"ROUND({cell},净位)"
        return f'=IF(ISNUMBER({cell}),{inner if precise else f"ROUND({inner},小数位)"},"")'

    return Column(f"得分:{part.code}", f"{part.component.name}\n得分", value, formula, "points", 8, working)


def _rule(rule: Rule, frame: Frame) -> Column:
    formula = formula_of(frame, rule)

    def by_value(refs: Refs, row: int) -> str:
        return f"=N({refs.typed(f'则:{rule.number}', row)})"

    title = f"规则 {rule.number}\n{rule.effect} {rule.parameter}".strip()
    return _work(
        f"则:{rule.number}",
        title,
        lambda each: int(has_fired(rule, each) and is_scored(each)),
        formula or by_value,
        "flag",
    )


def _board(name: str, frame: Frame) -> Column:
    rules = [rule for rule in frame.rules if rule.effect == "上榜" and rule.parameter == name]

    def formula(refs: Refs, row: int) -> str:
        return f"=MIN(1,{'+'.join(refs.here(f'则:{rule.number}', row) for rule in rules)})"

    def value(each: ObjectResult) -> Value:
        return int(is_scored(each) and any(has_fired(rule, each) for rule in rules))

    return _work(f"榜:{name}", f"上“{name}”", value, formula, "flag")


def _label(label: Label, found: Standings) -> list[Column]:
    def flag(refs: Refs, row: int) -> str:
        return f"=MIN(1,{'+'.join(refs.here(f'则:{rule.number}', row) for rule in label.rules)})"

    def order(refs: Refs, row: int) -> str:
        key = f"标:{label.key}"
        return f'=IF({refs.here(key, row)}=1,SUM({refs.so_far(key, row)}),"")'

    return [
        _work(f"标:{label.key}", f"属于“{label.name}”", lambda each: int(is_in(label, each)), flag, "flag"),
        _work(
            f"序:{label.key}",
            f"“{label.name}”中的序",
            lambda each: found.in_label.get((label.key, each.code), ""),
            order,
            "whole",
        ),
    ]


def _orders(frame: Frame, found: Standings) -> list[Column]:
    columns = []
    if frame.counted:
        columns.append(_work("无名次", "无名次", lambda each: int(not each.rank), _unranked, "flag"))
        columns.append(
            _work("组序", "组内序\n（并列各占一行）", lambda each: found.places.get(each.code, ""), _place, "whole")
        )
        columns.append(_work("键", "榜表的键", lambda each: _key(each, found), _key_formula, "centre"))
        columns.append(_work("较上期", "名次变化", movement, _movement, "centre"))
    for key, title, apart in (("榜串", "榜（连接）", False), ("旁榜串", "单独计分的榜（连接）", True)):
        if any(bool(label.component) == apart for label in frame.labels):
            columns.append(_work(key, title, _joined_labels(frame, apart), _label_formula(frame, apart), "text"))
    columns.append(_work("标记", "标记", lambda each: marks_of(frame, each), _marks(frame), "centre"))
    columns.append(_work("单位示", "单位和标记", lambda each: _marked(frame, each), _marked_formula, "text"))
    if uses(frame):
        columns.append(
            _work("运用串", "结果运用（连接）", lambda each: _tail(uses_words(frame, each), "，"), _uses(frame), "text")
        )
        columns.append(_work("运用", "结果运用", lambda each: uses_words(frame, each), without_last("运用串"), "text"))
    return columns


def _key(each: ObjectResult, found: Standings) -> str:
    return f"{each.field}-{found.places[each.code]}" if each.code in found.places else ""


def _unranked(refs: Refs, row: int) -> str:
    return f"=IF(ISNUMBER({refs.here('名次', row)}),0,1)"


def _place(refs: Refs, row: int) -> str:
    group, mine = refs.typed_area("组"), refs.typed("组", row)
    groups = refs.typed_so_far("组", row)
    rank, cell = refs.area("名次"), refs.here("名次", row)
    above = f'COUNTIFS({group},{mine},{rank},"<"&{cell})+COUNTIFS({groups},{mine},{refs.so_far("名次", row)},{cell})'
    ranked = f"COUNTIFS({group},{mine},{refs.area('无名次')},0)"
    behind = f"{ranked}+COUNTIFS({groups},{mine},{refs.so_far('无名次', row)},1)"
    return f'=IF({mine}="","",IF(ISNUMBER({cell}),{above},{behind}))'


def _key_formula(refs: Refs, row: int) -> str:
    place = refs.here("组序", row)
    return f'=IF({place}="","",{refs.typed("组", row)}&"-"&{place})'


def _movement(refs: Refs, row: int) -> str:
    now, before = refs.here("名次", row), refs.here("上期名次", row)
    moved = f'IF({before}>{now},"▲"&({before}-{now}),IF({before}<{now},"▼"&({now}-{before}),"持平"))'
    return f'=IF(AND(ISNUMBER({now}),ISNUMBER({before})),{moved},"")'


def marks_of(frame: Frame, each: ObjectResult) -> str:
    """●, □ and ◇ of an object, for boards and thresholds on the total."""
    kinds = dict.fromkeys(label.mark for label in frame.labels if not label.component)
    return "".join(
        mark
        for mark in kinds
        if any(label.mark == mark and not label.component and is_in(label, each) for label in frame.labels)
    )


def _marks(frame: Frame) -> Formula:
    kinds = dict.fromkeys(label.mark for label in frame.labels if not label.component)

    def formula(refs: Refs, row: int) -> str:
        parts = []
        for mark in kinds:
            keys = [f"标:{label.key}" for label in frame.labels if label.mark == mark and not label.component]
            parts.append(f'IF({"+".join(refs.here(key, row) for key in keys)}>0,"{mark}","")')
        return "=" + ("&".join(parts) or '""')

    return formula


def _marked(frame: Frame, each: ObjectResult) -> str:
    mark = marks_of(frame, each)
    return (each.short or each.name) + (f"　{mark}" if mark else "")


def _marked_formula(refs: Refs, row: int) -> str:
    mark = refs.here("标记", row)
    return f'={refs.here("单位", row)}&IF({mark}="","","　"&{mark})'


def without_last(key: str) -> Formula:
    """A joined text without its last mark."""

    def formula(refs: Refs, row: int) -> str:
        cell = refs.here(key, row)
        return f'=IF({cell}="","",LEFT({cell},LEN({cell})-1))'

    return formula


def _tail(words: str, mark: str) -> str:
    return words + mark if words else ""


def _joined_labels(frame: Frame, apart: bool) -> Callable[[ObjectResult], Value]:
    return lambda each: _tail(label_names(frame, each, apart), "、")


def _label_formula(frame: Frame, apart: bool) -> Formula:
    labels = [label for label in frame.labels if bool(label.component) == apart]

    def formula(refs: Refs, row: int) -> str:
        parts = []
        for name in dict.fromkeys(label.name for label in labels):
            flags = "+".join(refs.here(f"标:{label.key}", row) for label in labels if label.name == name)
            parts.append(f'IF({flags}>0,{literal(name + "、")},"")')
        return f"={'&'.join(parts)}"

    return formula


def _uses(frame: Frame) -> Formula:
    def formula(refs: Refs, row: int) -> str:
        parts = []
        for use in uses(frame):
            sum_ = "+".join(refs.here(f"则:{rule.number}", row) for rule in use.rules)
            amount = ""
            if use.performance:
                name = parameter_name(use.rules[0])
                amount = f'&IF({name}>0,"+","")&IF({name}<0,"−","")&ABS({name})'
            parts.append(f'IF({sum_}>0,{literal(use.words)}{amount}&"，","")')
        return f"={'&'.join(parts)}"

    return formula
