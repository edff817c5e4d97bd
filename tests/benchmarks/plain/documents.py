"""Word documents with docxtpl: the offices' own templates, opened anew for each document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
from docxtpl import DocxTemplate

from plain.reading import Returned
from plain.rules import Rules, chinese
from plain.scoring import COMPONENTS, Scored, rounded

NOTICE, BULLETIN, LIST = "考核结果反馈通知书", "考核结果通报", "整改清单"
Row = dict[str, Any]


def write_all(rules: Rules, returned: Returned, scored: Scored, templates: Path, folder: Path) -> dict[str, int]:
    """Every document of the period; how many of each kind."""
    problems = {unit: rows for unit, rows in problem_rows(rules, returned, scored).groupby("unit")}
    counts = {}
    for kind, contexts in (
        (NOTICE, notices(rules, returned, scored, problems)),
        (LIST, lists(rules, scored, problems)),
        (BULLETIN, iter([(f"{rules.title}{BULLETIN}", bulletin(rules, scored, problems))])),
    ):
        (folder / kind).mkdir(parents=True, exist_ok=True)
        counts[kind] = 0
        for name, context in contexts:
            document = DocxTemplate(templates / f"{kind}.docx")
            document.render(context, autoescape=True)
            document.save(folder / kind / f"{name}.docx")
            counts[kind] += 1
    return counts


def problem_rows(rules: Rules, returned: Returned, scored: Scored) -> pd.DataFrame:
    """The ledger: problems printed in the forms with what was reported of them, then this period's."""
    old = returned["整改情况"]
    old = old[old["问题编号"].astype(str).str.match(r"\d{4}.*-")] if len(old) else old
    before = [
        {
            "unit": row["unit"], "编号": row["问题编号"], "问题": str(row["问题"]).split(" ", 1)[-1], "程度": "一般", "new": False,
            "措施": row["措施"] or "待报整改方案", "责任人": row["责任人"], "时限": pd.Timestamp(row["时限"]).date() if row["时限"] else None,
            "情况": row["整改情况"] or "未启动", "closed": row["整改情况"] == "已完成" and row["核验"] == "属实",
        }
        for row in old.to_dict("records")
    ]  # fmt: skip
    seen = returned["封面"].set_index(["unit", "项目"])["内容"]
    now = [
        {
            "unit": row["unit"], "编号": row["problem"], "问题": row["事实"], "程度": row["severity"], "new": True,
            "措施": "待报整改方案", "责任人": row["责任人"],
            "时限": rules.deadline(pd.Timestamp(seen[row["unit"], "检查日期"]).date(), row["severity"]),
            "情况": "未启动", "closed": False,
        }
        for row in scored.problems.to_dict("records")
    ]  # fmt: skip
    columns = ["unit", "编号", "问题", "程度", "new", "措施", "责任人", "时限", "情况", "closed"]
    return pd.DataFrame([*before, *now], columns=columns)


def common(rules: Rules) -> Row:
    """What all kinds print."""
    info, period = rules.info, rules.period
    law = str(info["办法名称"]).strip("《》")
    return {
        "标注": "示例数据（单位和人员均为虚构）" if info.get("示例数据") == "是" else "",
        "发文机关": info["发文机关"], "署名": info["发文机关署名"], "期次": rules.title, "办法名称": law, "依据文号": period["依据"],
        "审定会议": period["审定会议"], "主办部门": info["主办部门"], "联系人": info["联系人"], "联系电话": info["联系电话"],
        "印发机关": info["印发机关"], "复核办法": info["复核办法"], "成文日期": chinese(period["成文日期"]), "基准日": chinese(period["基准日"]),
        "公示期": f"{chinese(period['公示起'])}至{chinese(period['公示止'])}", "榜名": info["榜名"],
    }  # fmt: skip


def marks(value: Any) -> str:
    """Two decimals."""
    return f"{float(value):.2f}"


def notices(
    rules: Rules, returned: Returned, scored: Scored, problems: dict[str, pd.DataFrame]
) -> Iterator[tuple[str, Row]]:
    """One notice per unit."""
    first = int(rules.documents.loc[NOTICE, "起始文号"])
    seen = returned["封面"].set_index(["unit", "项目"])["内容"]
    words = returned["综合评语"].set_index(["unit", "项目"])["内容"]
    points = {unit: rows for unit, rows in scored.points.groupby("unit")}
    found = {unit: rows for unit, rows in scored.problems.groupby("unit")}
    claims = {unit: rows for unit, rows in scored.claims.groupby("unit")}
    for number, (unit, row) in enumerate(scored.results.iterrows(), first):
        mine = problems.get(unit, next(iter(problems.values())).iloc[:0])
        new, old = mine[mine["new"]], mine[~mine["new"] & ~mine["closed"]]
        kinds = _kinds(rules, found.get(unit))
        gap = row["total"] - float(rounded(pd.Series([row["mean"]]))[0])
        yield f"{unit} {row['名称']}", {
            **common(rules),
            "文号": f"{rules.documents.loc[NOTICE, '代字']}〔{rules.period['成文日期'].year}〕{number}号",
            "主送": row["名称"], "单位名称": row["名称"], "检查组": rules.teams.get(unit, "考核组"), "检查日期": chinese(seen.get((unit, "检查日期"))),
            "总分": marks(row["total"]), "基础分": marks(row["base"]), "加分": marks(row["bonus"]) if row["bonus"] else "",
            "减分": marks(row["penalty"]) if row["penalty"] else "",
            "分类": f"{row['分类']}类{rules.classes[row['分类']]}", "同类数": row["members"], "等次": row["grade"],
            "名次": f"{'并列' if row['shared'] else '列'}第{row['rank']}名",
            "同类平均": marks(rounded(pd.Series([row["mean"]]))[0]), "同类最高": marks(row["best"]),
            "与平均": f"比平均分{'高' if gap > 0 else '低'}{marks(abs(gap))}分" if round(gap, 2) else "与平均分持平",
            "单列构成": [{"名称": COMPONENTS[code], "得分": marks(rounded(row[[code]])[code])} for code in ("LZ", "XC")],
            "结果运用": [{"序号": n, "内容": text} for n, text in enumerate(_consequences(row), 1)],
            "主要成绩": [f"{words[unit, key].rstrip('。')}。" for key in ("主要成绩", "亮点") if words.get((unit, key))],
            "问题": [{"序号": n, "类别": kind, "内容": "；".join(facts) + "。"} for n, (kind, facts) in enumerate(kinds.items(), 1)],
            "问题数": len(new), "类别数": len(kinds), "遗留数": len(old), "销号数": int(mine["closed"].sum()),
            "逾期数": sum(1 for day in old["时限"] if day and day < rules.period["基准日"].date()),
            "方案期限": "5个工作日", "整改建议": words.get((unit, "改进建议")) or "",
            "整改时限": "、".join(f"{severity}问题{chinese(day)}前" for severity, day in dict(zip(new["程度"], new["时限"], strict=True)).items()),
            "得分表": _score_rows(rules, row, points[unit], claims.get(unit)), "得分表注": "分项四舍五入，合计按精确值计算。",
            "失分明细": _loss_rows(points[unit], found.get(unit)), "失分明细注": f"数据截至{chinese(rules.period['基准日'])}。",
            "问题清单": [
                {"序号": n, "编号": each["编号"], "问题": each["问题"], "程度": each["程度"], "时限": chinese(each["时限"]), "情况": "新提出" if each["new"] else "未销号"}
                for n, each in enumerate(pd.concat([new, old]).to_dict("records"), 1)
            ],
            "问题清单注": f"共{len(new) + len(old)}项。",
        }  # fmt: skip


def _kinds(rules: Rules, rows: pd.DataFrame | None) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in [] if rows is None else rows.to_dict("records"):
        kind = rules.kinds.get(row["kind"], row["code"])
        found.setdefault(kind, []).append(f"{row['事实']}（指标{row['code']}，失{marks(row['gone'])}分）")
    return found


def _consequences(row: pd.Series) -> list[str]:
    told = [f"列入{board}。" for board in row["boards"].split("、") if board]
    return [*told, f"月度绩效{'加' if row['pay'] > 0 else '减'}{abs(row['pay']):g}分。"] if row["pay"] else told


def _score_rows(rules: Rules, row: pd.Series, points: pd.DataFrame, claims: pd.DataFrame | None) -> list[Row]:
    sums = points.groupby(["component", "head"], sort=False)[["full", "points"]].sum()
    rows = [
        {
            "序号": n,
            "内容": rules.heads.loc[head, "名称"],
            "满分": f"{full:g}",
            "得分": marks(got),
            "失分": marks(full - got),
        }
        for n, ((component, head), full, got) in enumerate(sums.itertuples(), 1)
        if component == "DJ"
    ]
    rows.append({"内容": "基础分", "满分": "100", "得分": marks(row["base"]), "失分": marks(100 - row["base"])})
    for claim in [] if claims is None else claims.to_dict("records"):
        name = f"{claim['类']}：{claim['名称']}"
        rows.append({"内容": name, "得分": marks(claim["verified"]), "说明": claim["事项"]})
    rows.append({"内容": "总分", "得分": marks(row["total"])})
    return rows


def _loss_rows(points: pd.DataFrame, problems: pd.DataFrame | None) -> list[Row]:
    lost = points[points["full"] - points["points"] > 1e-9]
    facts = {} if problems is None else problems.groupby("code")["事实"].agg("；".join).to_dict()
    return [
        {
            "序号": n, "指标": f"{row['code']} {row['名称']}", "失分": marks(row["full"] - row["points"]), "条款": row["依据"],
            "事实": facts.get(row["code"]) or f"按“{row['办法']}”计分", "出处": f"评分第{row['row']}行",
        }
        for n, row in enumerate(lost.to_dict("records"), 1)
    ]  # fmt: skip


def lists(rules: Rules, scored: Scored, problems: dict[str, pd.DataFrame]) -> Iterator[tuple[str, Row]]:
    """One list per unit with problems."""
    for unit, rows in problems.items():
        name = scored.results.loc[unit, "名称"]
        yield f"{unit} {name}", {
            **common(rules), "单位名称": name, "填报日期": chinese(rules.period["成文日期"]), "清单注": f"共{len(rows)}项。",
            "清单": [
                {
                    "序号": n, "问题": row["问题"], "整改措施": row["措施"], "责任人": row["责任人"], "责任单位": name, "整改情况": row["情况"],
                    "完成时限": chinese(row["时限"]), "销号": "已销号" if row["closed"] else "未销号",
                }
                for n, row in enumerate(rows.to_dict("records"), 1)
            ],
        }  # fmt: skip


def bulletin(rules: Rules, scored: Scored, problems: dict[str, pd.DataFrame]) -> Row:
    """The bulletin's fields."""
    rows, every = scored.results, pd.concat(problems.values())
    common_kinds = scored.problems.groupby("kind")["unit"].nunique().sort_values(ascending=False).head(5)
    kind = rules.documents.loc[BULLETIN]
    return {
        **common(rules), "文号": f"{kind['代字']}〔{rules.period['成文日期'].year}〕{kind['起始文号']}号", "主送": kind["主送"], "抄送": kind["抄送"],
        "参评数": len(rows), "计分数": len(rows), "平均分": marks(rounded(rows["total"].agg(["mean"]))["mean"]),
        "最高分": marks(rows["total"].max()), "最低分": marks(rows["total"].min()),
        "等次分布": "、".join(f"{name}{count}个" for name, count in rows["grade"].value_counts().items()),
        "问题数": len(scored.problems), "类别数": scored.problems["kind"].nunique(), "销号数": int(every["closed"].sum()),
        "未销号数": int((~every["closed"]).sum()),
        "分组": [
            {
                "序号": numeral, "名称": f"{code}类{rules.classes[code]}（{len(group)}个）",
                "行": [
                    {
                        "名次": row["rank"], "单位": row["名称"], "基础分": marks(row["base"]), "加减分": marks(row["bonus"] - row["penalty"]),
                        "总分": marks(row["total"]), "等次": row["grade"], "榜": row["boards"],
                    }
                    for row in group.sort_values("rank").to_dict("records")
                ],
            }
            for numeral, (code, group) in zip("一二三四五六七八九", rows.groupby("分类"), strict=False)
        ],
        "结果运用": [
            {"序号": n, "内容": f"{board}：{'、'.join(rows.loc[rows['boards'].str.contains(f'(?:^|、){board}'), '名称'])}。"}
            for n, board in enumerate(("红榜", "蓝榜"), 1)
        ],
        "共性问题": [
            {"序号": numeral, "类别": rules.kinds.get(code, code), "内容": f"涉及{count}个单位。"}
            for numeral, (code, count) in zip("一二三四五", common_kinds.items(), strict=False)
        ],
    }  # fmt: skip
