"""Scores, ranks, grades, boards and changes of pay with pandas. Binary floats, so each rounding allows for their error."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from plain.reading import Returned
from plain.rules import Rules

_ERROR = 1e-8
COMPONENTS = {"DJ": "基层党建", "LZ": "党风廉政", "XC": "宣传工作"}


@dataclass(frozen=True)
class Scored:
    """`points`: one row per unit and indicator; `problems`: per deduction; `results`: per unit; `claims`: per adjustment claimed."""

    points: pd.DataFrame
    problems: pd.DataFrame
    claims: pd.DataFrame
    results: pd.DataFrame


def rounded(values: pd.Series, places: int = 2) -> pd.Series:
    """Half up, with the binary error allowed for."""
    factor = 10**places
    return np.floor(values.astype(float) * factor + 0.5 + _ERROR) / factor


def score(rules: Rules, returned: Returned) -> Scored:
    """Everything that is computed for a period."""
    problems = _problems(rules, returned)
    points = _points(rules, returned, problems)
    claims = _claims(rules, returned)
    return Scored(points, problems, claims, _results(rules, returned, points, claims))


def _cases(rules: Rules) -> pd.DataFrame:
    columns = {
        "指标": "code", "情形或档": "case", "每次分值": "each", "系数": "share", "得分": "worth", "单项上限": "most",
        "第几次起归零": "zero_from", "归零范围": "zero_scope", "问题类别": "kind", "严重程度": "printed_severity",
    }  # fmt: skip
    found = rules.cases.rename(columns=columns)[list(columns.values())]
    for column in ("share", "worth", "most", "zero_from"):
        found[column] = pd.to_numeric(found[column])
    return found.assign(judged=found["each"].astype(str).str.contains("–"), each=pd.to_numeric(found["each"], "coerce"))


def _problems(rules: Rules, returned: Returned) -> pd.DataFrame:
    """One row per deduction that was typed, with what it takes away (before caps)."""
    rows = returned["扣分与问题"]
    rows = rows[rows["指标"].notna()].copy()
    rows["code"] = rows["指标"].str.split().str[0]
    rows["count"] = pd.to_numeric(rows["次数"]).fillna(1)
    rows = rows.merge(_cases(rules), how="left", left_on=["code", "情形"], right_on=["code", "case"])
    judged = rows["judged"].fillna(False).astype(bool)
    rows["gone"] = np.where(judged, pd.to_numeric(rows["酌定扣分"]).fillna(0), rows["each"].fillna(0) * rows["count"])
    rows["severity"] = rows["严重程度"].replace("", None).fillna(rows["printed_severity"])
    rows["number"] = rows.groupby("unit").cumcount() + 1
    rows["problem"] = [
        f"{rules.period['期次']}-{unit}-{n:02d}" for unit, n in zip(rows["unit"], rows["number"], strict=True)
    ]
    return rows


def _points(rules: Rules, returned: Returned, problems: pd.DataFrame) -> pd.DataFrame:
    typed = returned["评分"].rename(columns={"编码": "code"})
    leaves = rules.leaves.rename(columns={"代码": "code", "一级": "head", "构成": "component", "满分": "full"})
    leaves = leaves[["code", "名称", "head", "component", "full", "办法", "目标值", "计量单位", "依据"]]
    rows = typed.drop(columns=["目标值", "满分", "办法"]).assign(reported=typed["目标值"]).merge(leaves, on="code")
    lost, zeroed = _lost(rules, problems)
    earned = _earned(rules, returned)
    key = pd.MultiIndex.from_frame(rows[["unit", "code"]])
    target = pd.to_numeric(rows["目标值"].where(rows["目标值"] != "填报", rows["reported"]), "coerce")
    target = target.where((rows["计量单位"] != "%") | (rows["目标值"] == "填报"), target / 100)
    done = pd.to_numeric(rows["完成值"], "coerce")
    share = _cases(rules).set_index(["code", "case"])["share"].reindex(pd.MultiIndex.from_frame(rows[["code", "情形"]]))
    full = rows["full"]
    found = np.select(
        [rows["办法"] == method for method in ("扣分", "完成率", "档次", "是否", "计数", "直接打分")],
        [
            (full - lost.reindex(key).fillna(0).to_numpy()).clip(lower=0),
            full * (done / target).clip(upper=1),
            full * share.to_numpy(),
            full * (rows["情形"] == "是"),
            np.minimum(full, earned.reindex(key).fillna(0).to_numpy()),
            pd.to_numeric(rows["得分"], "coerce"),
        ],
        default=np.nan,
    )
    is_zero = pd.MultiIndex.from_frame(rows[["unit", "head"]]).isin(zeroed)
    rows["points"] = np.where(is_zero, 0, found)
    return rows[rows["核查"] != "不适用"]


def _lost(rules: Rules, problems: pd.DataFrame) -> tuple[pd.Series, set[tuple[str, str]]]:
    """What each indicator lost, by unit and code; and the first-level lines that a case sets to zero."""
    cases = problems.groupby(["unit", "code", "情形"], sort=False).agg(
        gone=("gone", "sum"), count=("count", "sum"), most=("most", "first"), start=("zero_from", "first"), scope=("zero_scope", "first")
    )  # fmt: skip
    cases["gone"] = np.fmin(cases["gone"], cases["most"])
    hit = cases["count"] >= cases["start"]
    cases.loc[hit & (cases["scope"] == "本项"), "gone"] = np.inf
    above = cases[hit & (cases["scope"] == "上级")]
    return cases.groupby(["unit", "code"])["gone"].sum(), {(unit, code.split(".")[0]) for unit, code, _ in above.index}


def _earned(rules: Rules, returned: Returned) -> pd.Series:
    rows = returned["计分事项"]
    rows = rows[rows["指标"].notna()].copy()
    rows["code"] = rows["指标"].str.split().str[0]
    rows = rows.merge(_cases(rules), left_on=["code", "情形"], right_on=["code", "case"])
    rows["got"] = rows["each"] * pd.to_numeric(rows["核定次数"]).fillna(0)
    cases = rows.groupby(["unit", "code", "case"]).agg(got=("got", "sum"), most=("most", "first"))
    return np.fmin(cases["got"], cases["most"]).groupby(level=["unit", "code"]).sum()


def _claims(rules: Rules, returned: Returned) -> pd.DataFrame:
    """Confirmed adjustments with a proof; one matter counts once as bonus and once as penalty, with its best verdict."""
    rows = returned["加减分"]
    rows = rows[rows["项目"].notna() & (rows["核定"] == "已确认") & rows["佐证"].notna()].copy()
    rows["item"] = rows["项目"].str.split().str[0]
    rows["verified"] = pd.to_numeric(rows["核定分"]).fillna(0)
    matter = rows["文号或事项编号"]
    rows["matter"] = matter.where(matter.notna(), "row " + rows["row"].astype(str))
    rows = rows.merge(rules.items[["名称", "类", "单项上限", "类别", "类别上限"]], left_on="item", right_index=True)
    rows = rows.sort_values("verified", ascending=False, kind="stable").drop_duplicates(["unit", "类", "matter"])
    return rows.sort_index()


def _results(rules: Rules, returned: Returned, points: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    sums = points.groupby(["unit", "component"])[["points", "full"]].sum()
    scores = (sums["points"] / sums["full"] * 100).unstack()
    rows = rules.units.loc[sorted(returned.units), ["名称", "简称", "分类", "负责人"]].join(scores)
    by_item = ["unit", "类", "类别", "item"]
    item = claims.groupby(by_item).agg(got=("verified", "sum"), most=("单项上限", "first"), top=("类别上限", "first"))
    item["got"] = np.fmin(item["got"], pd.to_numeric(item["most"]))
    category = item.groupby(by_item[:3]).agg(got=("got", "sum"), top=("top", "first"))
    category["got"] = np.fmin(category["got"], pd.to_numeric(category["top"]))
    nature = category.groupby(by_item[:2])["got"].sum().unstack().reindex(rows.index).fillna(0)
    rows["bonus"] = nature.get("加分", pd.Series(0.0, rows.index)).clip(upper=float(rules.info["加分总上限"]))
    rows["penalty"] = nature.get("减分", pd.Series(0.0, rows.index))
    rows["base"], rows["total"] = rounded(rows["DJ"]), rounded(rows["DJ"] + rows["bonus"] - rows["penalty"])
    group = rows.groupby("分类")["total"]
    rows["rank"] = group.rank(method="min", ascending=False).astype(int)
    rows["last"] = group.rank(method="min").astype(int)
    for name, what in (("members", "size"), ("mean", "mean"), ("best", "max")):
        rows[name] = group.transform(what)
    rows["shared"] = rows.groupby(["分类", "rank"])["total"].transform("size") > 1
    floors = pd.to_numeric(rules.grades["最低分"]).fillna(-np.inf).to_numpy()
    rows["grade"] = [rules.grades["名称"].iloc[int(np.argmax(total >= floors))] for total in rows["total"]]
    return _boards(rows)


def _boards(rows: pd.DataFrame) -> pd.DataFrame:
    """Boards and pay of 第十一条 and 第十二条; where a whole class has one total nobody is first or last."""
    ranked = rows["分类"].isin(["Ⅰ", "Ⅱ"]) & (rows["rank"] != rows["last"])
    boards = {"红榜": ranked & (rows["rank"] == 1), "蓝榜": ranked & (rows["last"] == 1)}
    for code, name in (("LZ", "廉政"), ("XC", "宣传")):
        shown = rounded(rows[code])
        best, least = (shown.groupby(rows["分类"]).transform(which) for which in ("max", "min"))
        boards[f"{name}红榜"] = (shown == best) & (best > least) & (shown >= 99)
        boards[f"{name}蓝榜"] = shown < 90
    table = pd.DataFrame(boards)
    rows["boards"] = ["、".join(table.columns[list(line)]) for line in table.to_numpy()]
    low = (rows["分类"] == "Ⅲ") & (rows["base"] < 98)
    rows["pay"] = 1.5 * boards["红榜"] - 1.5 * boards["蓝榜"] - 0.5 * low
    return rows
