"""Marks of raters → instrument scores, the slow way (scheme model 4, step 4). Imports nothing of the package."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from demo.naive_book import Form, Record, number, of_class, words


@dataclass
class Object:
    """Somebody who is rated."""

    code: str
    unit_class: str
    home: str


@dataclass
class Ballot:
    """Everything that one rater marked on one instrument in one workbook and one field: object → dimension → mark."""

    rater: str
    group: str
    field: str
    marks: dict[str, dict[str, Fraction]] = field(default_factory=dict)


class Instrument:
    """One 评价表 with its groups, dimensions, void rules, raters and ballots."""

    def __init__(
        self, row: Record, scheme: dict[str, list[Record]], roster: dict[str, list[Record]], objects: list[Object]
    ) -> None:
        self.code, self.row = row["代码"], row
        self.groups = [each for each in scheme["评价主体"] if each["评价表"] == self.code]
        items = [each for each in scheme["评价项"] if each["评价表"] == self.code]
        self.dimensions = {each["名称"]: number(each["权重或系数"]) for each in items if each["类"] == "维度"} or {
            "评分": Fraction(100)
        }
        self.voids = [each for each in items if each["类"] == "作废"]
        self.raters = roster.get("评委", [])
        self.fields = {each["代码"]: str(each["排名组"] or each["代码"]) for each in scheme["分类"]}
        self.fields |= {each["代码"]: each["代码"] for each in scheme["分类"] if each["排名组"] == "不排名"}
        self.homes = {each["代码"]: each["分类"] for each in roster["单位"]}
        self.objects = [each for each in objects if each.unit_class in words(row["评谁"])]
        self.ballots: list[Ballot] = []

    def belongs(self, rater: Record, group: Record) -> bool:
        home_class = self.homes.get(rater["单位"])
        fits = group["身份"] or group["名称"]
        return fits in words(rater["身份"]) and group["所在分类"] in (None, home_class)

    def may(self, rater: Record, group: Record, each: Object) -> bool:
        """Whether a member of the group marks this object."""
        own = rater["单位"] == each.home
        relation = group["关系"] or "不限"
        if (
            (group["回避本单位"] == "是" and own)
            or (relation == "本单位" and not own)
            or (relation == "他单位" and own)
        ):
            return False
        return self.belongs(rater, group) and of_class(group, "权重", each.unit_class) is not None

    def read(self, form: Form, per_rater: bool) -> None:
        """The ballots of one workbook."""
        found: dict[tuple[str, str], Ballot] = {}
        fields = {each.code: self.fields[each.unit_class] for each in self.objects}
        sheet = next(name for name in form.sheets if name.startswith(str(self.row["名称"])[:20]))
        for row in form.records(sheet, "编号"):
            rater, _, code = str(row["编号"]).rpartition("/")
            rater = form.key if per_rater else rater
            marks = {name: number(row[name]) for name in self.dimensions if row.get(name) is not None}
            if marks:
                blank = Ballot(rater, "" if per_rater else form.key, fields[code])
                found.setdefault((rater, fields[code]), blank).marks[code] = marks
        self.ballots.extend(found.values())

    def void(self, ballot: Ballot) -> bool:
        rater = next(each for each in self.raters if each["代码"] == ballot.rater)
        groups = [group for group in self.groups if ballot.group in ("", group["代码"]) and self.belongs(rater, group)]
        mine = [each for each in self.objects if self.fields[each.unit_class] == ballot.field]
        due = sum(any(self.may(rater, group, each) for group in groups) for each in mine)
        cells = [mark for marks in ballot.marks.values() for mark in marks.values()]
        for rule in self.voids:
            x, n = number(rule["界限"]), number(rule["个数"])
            answer = {
                "全部相同": len(cells) > 1 and len(set(cells)) == 1,
                "高于等于x的超过n个": sum(cell >= x for cell in cells) > n,
                "低于x的少于n个": sum(cell < x for cell in cells) < n,
                "小数位超限": any((cell * 10 ** int(self.row["小数位"] or 0)).denominator > 1 for cell in cells),
                "缺项超过n": due * len(self.dimensions) - len(cells) > n,
            }[rule["名称"]]
            if answer:
                return True
        return False

    def score(self, each: Object) -> Fraction | None:
        """The object's score on 0–100; None where it has none."""
        valid = [ballot for ballot in self.ballots if not self.void(ballot)]
        parts: list[tuple[Fraction, Fraction | None]] = []
        due = returned = 0
        for group in self.groups:
            weight = of_class(group, "权重", each.unit_class)
            if weight is None:
                continue
            members = [rater["代码"] for rater in self.raters if self.may(rater, group, each)]
            mine = [
                ballot for ballot in self.ballots if ballot.rater in members and ballot.group in ("", group["代码"])
            ]
            due, returned = due + len(members), returned + len(mine)
            counted = [ballot.marks[each.code] for ballot in mine if ballot in valid and each.code in ballot.marks]
            people = len(mine) if self.row["人数口径"] == "交回" else len(counted)
            empty = len(counted) < max(1, int(self.row["最少有效票"] or 0))
            parts.append((weight, None if empty else self.mean(counted, people)))
        if self.row["最低回收率"] is not None and (
            not due or Fraction(returned * 100, due) < number(self.row["最低回收率"])
        ):
            return None
        rule = self.row["空主体"] or "报错"
        if rule == "计0":
            parts = [(weight, mean or Fraction(0)) for weight, mean in parts]
        live = [(weight, mean) for weight, mean in parts if mean is not None]
        if not live or (rule == "报错" and len(live) < len(parts)):
            return None
        most = number(100 if self.row["上限"] is None else self.row["上限"])
        return sum(w * m for w, m in live) / sum(w for w, _ in live) / most * 100

    def mean(self, ballots: list[dict[str, Fraction]], people: int) -> Fraction:
        """One group: trimmed mean of each dimension, then the dimensions weighted."""
        total = Fraction(0)
        for name, weight in self.dimensions.items():
            marks = sorted(ballot[name] for ballot in ballots if name in ballot)
            if people > int(self.row["超过几人才去"] or 0):
                marks = marks[int(self.row["去低"] or 0) : len(marks) - int(self.row["去高"] or 0)]
            total += weight * sum(marks) / len(marks) / 100
        return total
