"""Figures as people say them: 宣传工作名次 for 构成名次:XC, 所在单位的等次 for 关联:单位:等次."""

from __future__ import annotations

from kaohe.records.scheme import Scheme

UNIT = "单位"
PARTS = {"构成": "得分", "构成基础": "基础分", "构成名次": "名次"}
RATINGS = {"评价": "得分", "评价等次": "等次", "回收率": "回收率"}


def named(figure: str, scheme: Scheme) -> str:
    """A figure of the language in words; an unknown one as it is written."""
    kind, _, code = figure.partition(":")
    if kind == "指标":
        return next((f"指标 {line.code} {line.name}" for line in scheme.indicators if line.code == code), figure)
    if kind in PARTS:
        return next((part.name for part in scheme.components if part.code == code), code) + PARTS[kind]
    if kind in RATINGS:
        instrument = scheme.instrument(code)
        return (instrument.name if instrument else code) + RATINGS[kind]
    if kind == "得票率":
        code, _, option = code.partition(":")
        instrument = scheme.instrument(code)
        return f"{instrument.name if instrument else code}“{option}”的得票率"
    if kind == "事项":
        return next((f"事项“{item.name}”" for item in scheme.adjustments if item.code == code), figure)
    if kind == "资料":
        return f"资料“{code}”"
    if kind == "连续":
        return f"连续{code}期数"
    if kind == "期次数":
        return f"{code.replace('=', '为')}的期数"
    if kind in ("关联", "其他方案"):
        whose, _, rest = code.partition(":")
        words = f"方案“{whose}”" if kind == "其他方案" else "所在单位" if whose == UNIT else f"本单位{whose}"
        return f"{words}的{named(rest, scheme)}"
    return figure
