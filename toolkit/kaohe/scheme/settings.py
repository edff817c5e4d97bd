"""The settings of the rule language: name in the sheet 基本信息, possible values, field of `Settings` (scheme model 3)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

from kaohe.records.house import HOUSE
from kaohe.records.settings import Settings
from kaohe.scheme.rows import Row


class Setting(NamedTuple):
    """A setting: `values` () = a number or a text; `kind` how its cell is read (`count`: one of the words, or a whole number)."""

    field: str
    values: tuple[str, ...] = ()
    kind: str = "word"
    note: str = ""


SETTINGS: dict[str, Setting] = {
    "总分满分": Setting("full_scale", kind="number", note="总分的满分"),
    "小数位": Setting("places", kind="whole", note="总分保留几位小数"),
    "舍入": Setting("rounding", ("一次", "逐级"), note="一次：只在总分四舍五入；逐级：每一级都四舍五入"),
    "比较口径": Setting("compare", ("舍入值", "精确值"), note="名次、等次、规则用舍入后的数还是精确的数比较"),
    "不适用": Setting("not_applicable", ("折算", "均值"), note="不适用的指标怎么办"),
    "折算层级": Setting("rescale_at", ("构成", "直接上级"), note="不适用的满分在哪一级折算"),
    "加分总上限": Setting("bonus_cap", kind="number", note="加分合计最多多少；空白＝不限"),
    "总分下限": Setting("total_min", kind="number", note="总分最低；空白＝不限"),
    "总分上限": Setting("total_max", kind="number", note="总分最高；空白＝不限"),
    "构成截断": Setting("clip_components", ("是", "否"), kind="yes", note="加减分计入构成后是否限制在 0–100"),
    "一事两罚": Setting("double_penalty", ("提示", "允许"), note="同一事项既扣分又减分时"),
    "最小排名家数": Setting("least_ranked", kind="whole", note="不足这个家数时不适用名次规则"),
    "首末并列": Setting("tied_ends", ("都算", "报批"), note="第一名或末位并列时"),
    "比例范围": Setting("share_scope", ("排名组", "全体"), note="等次比例按哪个范围计算"),
    "边界并列": Setting("share_ties", ("全部不进", "全部进"), note="比例边界上并列时"),
    "不足一名": Setting("less_than_one", ("0", "1", "并入全体"), note="比例算得不足一名时"),
    "降档基准": Setting("downgrade_base", ("分数等次", "名额后等次"), note="从哪个等次往下降"),
    "降档合并": Setting("downgrade_sum", ("累加", "取最重"), note="几项降档怎么合并"),
    "下限起算家数": Setting(
        "floor_from", ("1/p",), kind="count", note="多少家以上才执行“及以下最低比例”：1/p＝比例的倒数，或家数"
    ),
    "上期未归档": Setting("unsealed_before", ("注明", "不用"), note="上期没有归档时"),
    "通报前列": Setting("front", kind="whole", note="月度通报、季度比较每组列出前几名"),
    "通报后列": Setting("back", kind="whole", note="月度通报、季度比较每组列出后几名"),
    "最少列示票数": Setting("least_shown", kind="whole", note="评价主体少于几张有效票时不单列，与别的主体合并"),
    "共性问题比例": Setting("common_share", kind="number", note="百分之几以上的单位都有的一类问题算共性问题"),
    "共性问题最少单位": Setting("common_least", kind="whole", note="共性问题至少涉及几个单位"),
    "检查组数": Setting(
        "team_count", ("按名册",), kind="count", note="抽签分几个检查组：按名册＝与名册“检查组”表一样多，或组数"
    ),
    "每组人数": Setting("team_members", kind="whole", note="抽签每个检查组几名成员"),
    "每组家数": Setting("team_units", ("均分",), kind="count", note="每个检查组最多查几家，同查的也算：均分，或家数"),
    "重叠家数": Setting(
        "team_shared", ("连通",), kind="count", note="几家由两个检查组同查：连通＝正好把各组连起来，或家数"
    ),
    "榜页明细": Setting("unit_detail", ("全部", "得分", "名次"), note="榜的网页上公布单位的哪些内容"),
    "榜页人员": Setting("person_detail", ("等次", "名次", "得分", "全部"), note="榜的网页上公布人员的哪些内容"),
}

UNLIMITED = "不限"  # how outputs print a bound that is not set; may be written as well

REQUIRED_INFO = ("方案代码", "方案名称", "组织名称", "发文机关", "主办部门", "榜名", "期别", "办法名称")
KNOWN_INFO = (
    *REQUIRED_INFO, "版本", "发文机关署名", "联系人", "联系电话", "印发机关", "示例数据", "审定机关", "绩效月份", "复核办法", "抄送机关",
    "述职主题", "述职顺序", "推荐标准", "浮窗文字", "提示", *HOUSE,
)  # fmt: skip


def read_settings(rows: dict[str, Row]) -> Settings:
    """Settings from the rows of 基本信息 by name; wrong cells are reported on the rows. Blank = default."""
    found: dict[str, Any] = {}
    for name, setting in SETTINGS.items():
        row = rows.get(name)
        text = row.text("取值") if row else ""
        if row is None or text == "" or (text == UNLIMITED and getattr(Settings(), setting.field) is None):
            continue
        if setting.kind == "number":
            found[setting.field] = row.number_of("取值")
        elif setting.kind == "whole":
            found[setting.field] = row.whole("取值")
        elif setting.kind == "count" and text.isdecimal():
            found[setting.field] = text
        elif text not in setting.values:
            row.report("CELL-003", "取值", text, choices="、".join(setting.values))
        else:
            found[setting.field] = text == "是" if setting.kind == "yes" else text
    breaks = []
    for name in sorted((name for name in rows if name.startswith("同分排序")), key=lambda name: (len(name), name)):
        words = rows[name].text("取值").split()
        if len(words) == 2 and words[1] in ("高", "低"):
            breaks.append((words[0], words[1]))
        elif words:
            rows[name].report("CELL-003", "取值", rows[name].text("取值"), choices="“对象 高”或“对象 低”，如 基础分 高")
    found = {field: value for field, value in found.items() if value is not None}
    return Settings(**found, tie_breaks=tuple(breaks))


def in_force(settings: Settings) -> tuple[tuple[str, str, str], ...]:
    """Every setting in force as (name, value, note), for printing on outputs."""
    shown = []
    for name, setting in SETTINGS.items():
        value = getattr(settings, setting.field)
        text = UNLIMITED if value is None else ("是" if value else "否") if isinstance(value, bool) else _text(value)
        shown.append((name, text, setting.note))
    for number, (thing, way) in enumerate(settings.tie_breaks, 1):
        shown.append((f"同分排序{number}", f"{thing} {way}", "总分相同时再比较"))
    return tuple(shown)


def _text(value: object) -> str:
    return str(value) if not isinstance(value, Fraction) or value.denominator == 1 else str(float(value))
