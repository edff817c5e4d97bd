"""评价 in formulas: from the rater groups' votes, or means per dimension, to the score on an instrument (scheme model 4, step 4).

数据 holds, per instrument, group and dimension, the trimmed mean of marks that counted, or how often each option was chosen; 参数 the
coefficients, and the weights of dimensions and groups. A group without enough valid ballots is blank: its weight goes to the others
(重分), or it counts 0 (计0). Groups that are merged because their ballots are few hold the mean of all of them, each: the sum is the same.
"""

from __future__ import annotations

from fractions import Fraction

from kaohe.core.exact import HUNDRED, ZERO
from kaohe.documents.results.grid import Column, Refs, working_column
from kaohe.documents.results.model import Frame, Survey, is_scored, number, or_blank, stepped
from kaohe.documents.results.names import coefficients_name, dimensions_name, groups_name, most_name
from kaohe.documents.results.sums import step_of
from kaohe.records.books import Value
from kaohe.records.by_class import of_class
from kaohe.records.rated import GroupRating, RatingResult
from kaohe.records.ratings import Dimension, Option, RaterGroup
from kaohe.records.results import ObjectResult
from kaohe.records.scheme import Scheme


def survey_of(scheme: Scheme, code: str) -> Survey | None:
    """The instrument with its groups, dimensions and options; None for nominations, which have no score."""
    instrument = scheme.instrument(code)
    if instrument is None or instrument.way == "推荐":
        return None
    options = scheme.options_of(code) if instrument.way == "选项" else ()
    return Survey(instrument, scheme.groups_of(code), scheme.dimensions_of(code), options)


def score_of(survey: Survey, each: ObjectResult, scheme: Scheme) -> Fraction | None:
    """The object's score on an instrument, computed from the means once more; None where there is none."""
    rating = each.rating(survey.code)
    if rating is None or rating.score is None:
        return None
    step = step_of(scheme.settings)
    found: list[tuple[Fraction, Fraction]] = []
    whole = ZERO
    for group in survey.groups:
        weight, one = of_class(group.weight, each.unit_class), _group_of(rating, group)
        mean = _mean(survey, one)
        if weight is None or one is None:
            continue
        if mean is not None:
            found.append((weight, step(mean)))
        whole += weight if mean is not None or survey.instrument.empty == "计0" else ZERO
    if not whole:
        return None
    total = sum((weight * mean for weight, mean in found), ZERO) / whole
    return step(total / survey.full * HUNDRED)


def _mean(survey: Survey, one: GroupRating | None) -> Fraction | None:
    if one is None or one.mean is None or not one.means:
        return one.mean if one is not None else None
    means = {code: mean for code, mean, _ in one.means}
    live = [(each.weight, means[each.code]) for each in survey.dimensions if each.code in means]
    whole = sum((weight for weight, _ in live), ZERO)
    return sum((weight * mean for weight, mean in live), ZERO) / whole if whole else None


def _group_of(rating: RatingResult | None, group: RaterGroup) -> GroupRating | None:
    return next((one for one in rating.groups if one.speaks_for(group.code)), None) if rating is not None else None


def rating_data(survey: Survey) -> list[Column]:
    """Columns of 数据: whether the instrument gave a score, then the votes or means group by group."""
    name = survey.instrument.name
    columns = [
        Column(f"有:{survey.code}", f"{name}\n1＝有结果", lambda each: int(_has(survey, each)), look="flag", width=10)
    ]
    for group in survey.groups:
        for dimension in survey.dimensions:
            columns += [
                _votes_column(survey, group, dimension, option) for option in survey.of_dimension(dimension.code)
            ]
            if not survey.options or survey.merged:
                columns.append(_mean_column(survey, group, dimension))
    return columns


def _votes_column(survey: Survey, group: RaterGroup, dimension: Dimension, option: Option) -> Column:
    def value(each: ObjectResult) -> Value:
        one = _group_of(each.rating(survey.code), group)
        if not _has(survey, each) or one is None or one.mean is None or one.members:
            return None
        return sum(number for code, word, number in one.votes if (code, word) == (dimension.code, option.code))

    title = f"{survey.instrument.name}\n{group.name}　{dimension.name}　{option.name}（票）"
    return Column(_vote_key(survey, group, dimension, option), title, value, look="whole", width=9)


def _vote_key(survey: Survey, group: RaterGroup, dimension: Dimension, option: Option) -> str:
    return f"票:{survey.code}:{group.code}:{dimension.code}:{option.code}"


def _has(survey: Survey, each: ObjectResult) -> bool:
    rating = each.rating(survey.code)
    return is_scored(each) and rating is not None and rating.score is not None


def _mean_column(survey: Survey, group: RaterGroup, dimension: Dimension) -> Column:
    def value(each: ObjectResult) -> Value:
        one = _group_of(each.rating(survey.code), group)
        if not _has(survey, each) or one is None or one.mean is None or (survey.options and not one.members):
            return None
        return number(next((mean for code, mean, _ in one.means if code == dimension.code), one.mean))

    title = f"{survey.instrument.name}\n{group.name}　{dimension.name}"
    return Column(f"维:{survey.code}:{group.code}:{dimension.code}", title, value, look="exact", width=12)


def rating_columns(survey: Survey, frame: Frame) -> list[Column]:
    """Columns of 结果: the mean of each group, and the score on 0–100."""
    columns = []
    if survey.options:
        columns = [
            _dimension_column(survey, group, dimension, frame)
            for group in survey.groups
            for dimension in survey.dimensions
        ]
    columns += [_group_column(survey, group, frame) for group in survey.groups]
    return [*columns, _score_column(survey, frame)]


def _dimension_column(survey: Survey, group: RaterGroup, dimension: Dimension, frame: Frame) -> Column:
    """The mean of a dimension from its votes: Σ coefficient × votes ÷ votes; of merged groups as it stands in 数据."""
    options = survey.of_dimension(dimension.code)
    first, last = (_vote_key(survey, group, dimension, options[n]) for n in (0, -1))

    def value(each: ObjectResult) -> Value:
        one = _group_of(each.rating(survey.code), group)
        if not _has(survey, each) or one is None or one.mean is None:
            return ""
        return or_blank(next((mean for code, mean, _ in one.means if code == dimension.code), one.mean))

    def formula(refs: Refs, row: int) -> str:
        span = refs.typed_span(first, last, row)
        worth = coefficients_name(survey.code, dimension.code)
        mean = stepped(frame, f"SUMPRODUCT({worth},{span})/SUM({span})")
        merged = '""'
        if survey.merged:
            cell = refs.typed(f"维:{survey.code}:{group.code}:{dimension.code}", row)
            merged = f'IF(ISNUMBER({cell}),{cell},"")'
        return f"=IF(SUM({span})>0,{mean},{merged})"

    title = f"{survey.instrument.name}\n{group.name}　{dimension.name}"
    return working_column(f"项:{survey.code}:{group.code}:{dimension.code}", title, value, formula)


def _group_column(survey: Survey, group: RaterGroup, frame: Frame) -> Column:
    kind = "项" if survey.options else "维"
    first, last = (f"{kind}:{survey.code}:{group.code}:{survey.dimensions[n].code}" for n in (0, -1))

    def value(each: ObjectResult) -> Value:
        one = _group_of(each.rating(survey.code), group)
        return or_blank(one.mean) if _has(survey, each) and one is not None else ""

    def formula(refs: Refs, row: int) -> str:
        span = refs.span(first, last, row) if survey.options else refs.typed_span(first, last, row)
        weights = dimensions_name(survey.code)
        mean = f"SUMPRODUCT({weights},{span})/SUMPRODUCT({weights}*ISNUMBER({span}))"
        return f'=IF(COUNT({span})=0,"",{stepped(frame, mean)})'

    title = f"{survey.instrument.name}\n{group.name}"
    return working_column(f"主:{survey.code}:{group.code}", title, value, formula)


def _score_column(survey: Survey, frame: Frame) -> Column:
    first, last = (f"主:{survey.code}:{survey.groups[n].code}" for n in (0, -1))

    def value(each: ObjectResult) -> Value:
        rating = each.rating(survey.code)
        return or_blank(rating.score) if rating is not None and _has(survey, each) else ""

    def formula(refs: Refs, row: int) -> str:
        span = refs.span(first, last, row)
        weights = f"INDEX({groups_name(survey.code)},{refs.here('类序', row)},0)"
        whole = f"SUM({weights})" if survey.instrument.empty == "计0" else f"SUMPRODUCT({weights}*ISNUMBER({span}))"
        score = f"SUMPRODUCT({weights},{span})/{whole}/{most_name(survey.code)}*100"
        return f'=IF({refs.typed(f"有:{survey.code}", row)}=1,{stepped(frame, score)},"")'

    return working_column(f"表:{survey.code}", f"{survey.instrument.name}\n得分（百分制）", value, formula)
