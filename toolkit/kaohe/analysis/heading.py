"""The head of a step's report: which of the three steps it is, what period, from which parameters and inputs."""

from __future__ import annotations

from html import escape

from kaohe.core.periods import Period, chinese_date, parse_period
from kaohe.records.scheme import PeriodRow, Scheme

STEPS = ("第一步 收齐与校验", "第二步 计算与定等", "第三步 发布与反馈")


def heading(step: int, scheme: Scheme, when: Period, row: PeriodRow, mark: str, assessment: str, before: str) -> str:
    """The steps with this one (1–3) marked, the period in a line, and the parameters with what they mean, as HTML. `mark`: the first digits of
    the hash over all inputs; `before`: the previous period that is read ("" = none)."""
    shown = []
    for number, title in enumerate(STEPS, 1):
        here = ' class="here" aria-current="step"' if number == step else ""
        shown.append(f"<li{here}>{escape(title)}{'（已完成）' if number < step else ''}</li>")
    last = parse_period(before)
    rows = (
        ("考核", assessment, scheme.name + (f"，版本 {scheme.info['版本']}" if scheme.info.get("版本") else "")),
        (
            "考核期",
            str(when),
            f"{chinese_date(row.start)}至{chinese_date(row.end)}" if row.start and row.end else when.title,
        ),
        ("上一期", before or "无", f"{last.title}，用于升降" if last else "没有可用的上期结果"),
        ("基准日", row.reference_date, "逾期、复发按这一天算"),
    )
    table = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{escape(value)}</td><td>{escape(note)}</td></tr>'
        for name, value, note in rows
    )
    line = " · ".join(
        word
        for word in (scheme.info.get("榜名") or scheme.name, when.title, f"输入标识 {mark}" if mark else "")
        if word
    )
    return (
        f'<ol class="steps" aria-label="三个步骤">{"".join(shown)}</ol><p class="caption">{escape(line)}</p>'
        '<table><thead><tr><th scope="col">参数</th><th scope="col">取值</th><th scope="col">说明</th></tr></thead>'
        f"<tbody>{table}</tbody></table>"
    )
