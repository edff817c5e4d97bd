"""Places of the levels with a share, in formulas: who counts together, N, ⌊share × N⌋, and groups that are merged for want of a whole place
(scheme model 4, step 11; 不足一名)."""

from __future__ import annotations

from collections.abc import Callable

from kaohe.documents.results.grid import Column, Refs, working_column
from kaohe.documents.results.levels import Levels, bands_for
from kaohe.documents.results.model import Frame
from kaohe.documents.results.names import level_name
from kaohe.records.books import Value
from kaohe.records.results import ObjectResult


def merges(frame: Frame) -> bool:
    """Whether groups without a whole place compete together."""
    return frame.scheme.settings.less_than_one == "并入全体"


def pool_columns(frame: Frame, levels: Levels, depth: int) -> list[Column]:
    """Group, N, share and places of one level."""
    word, level = f"第{depth}档名额", level_name(depth)

    def value(what: str) -> Callable[[ObjectResult], Value]:
        def found(each: ObjectResult) -> Value:
            pool = levels.pools.get((depth, each.code))
            return getattr(pool, what) if pool is not None else ""

        return found

    def group(refs: Refs, row: int) -> str:
        mine, place = refs.typed("名额组", row), refs.here("类序", row)
        has = f'AND({mine}<>"",ISNUMBER(INDEX(等次比例,{place},{level})))'
        return f'=IF({has},{mine}&"·"&INDEX(等次行,{place},{level}),"")'

    def size(refs: Refs, row: int) -> str:
        mine = refs.here(f"组:{depth}", row)
        return f'=IF({mine}="","",COUNTIFS({refs.area(f"组:{depth}")},{mine}))'

    def seats(refs: Refs, row: int) -> str:
        share = f"INDEX(等次比例,{refs.here('类序', row)},{level})"
        count = refs.here(f"数:{depth}", row)
        found = f"ROUNDDOWN(ROUND({share}*{count}/100,净位),0)"
        if frame.scheme.settings.less_than_one == "1":
            found = f"MAX({found},IF({share}>0,1,0))"
        return f'=IF(ISNUMBER({count}),{found},"")'

    columns = [
        working_column(f"组:{depth}", f"{word}\n计算组", value("own"), group, "centre"),
        working_column(f"数:{depth}", f"{word}\n家数", value("size"), size, "whole"),
        working_column(f"本额:{depth}", f"{word}\n比例 × 家数，舍去小数", value("seats"), seats, "whole"),
    ]
    return columns + _merged_columns(frame, levels, depth) if merges(frame) else columns


def _merged_columns(frame: Frame, levels: Levels, depth: int) -> list[Column]:
    """Groups without a whole place compete for what the share over all groups leaves beside the places of the larger ones."""
    word, level = f"第{depth}档名额", level_name(depth)
    pools = {code: pool for (deep, code), pool in levels.pools.items() if deep == depth}

    def share_of(each: ObjectResult) -> Value:
        bands = bands_for(frame, each.unit_class)
        return float(bands[depth - 1].share or 0) if each.code in pools else ""

    def share(refs: Refs, row: int) -> str:
        return f'=IF({refs.here(f"组:{depth}", row)}="","",INDEX(等次比例,{refs.here("类序", row)},{level}))'

    def key_of(each: ObjectResult) -> Value:
        return f"{each.object}·{bands_for(frame, each.unit_class)[depth - 1].name}" if each.code in pools else ""

    def key(refs: Refs, row: int) -> str:
        name = f"INDEX(等次名,{refs.here('类序', row)},{level})"
        return f'=IF({refs.here(f"组:{depth}", row)}="","",{refs.typed("对象类", row)}&"·"&{name})'

    firsts: set[str] = set()
    seen: set[str] = set()
    for each in frame.objects:
        if each.code in pools and pools[each.code].own not in seen:
            seen.add(pools[each.code].own)
            firsts.add(each.code)

    def first(refs: Refs, row: int) -> str:
        mine = refs.here(f"组:{depth}", row)
        return f'=IF({mine}="",0,IF(COUNTIFS({refs.so_far(f"组:{depth}", row)},{mine})=1,1,0))'

    def is_small(refs: Refs, row: int) -> str:
        return f"AND({refs.here(f'本额:{depth}', row)}=0,N({refs.here(f'比:{depth}', row)})>0)"

    def pool(refs: Refs, row: int) -> str:
        return f"=IF({is_small(refs, row)},{refs.here(f'全键:{depth}', row)},{refs.here(f'组:{depth}', row)})"

    def limit(refs: Refs, row: int) -> str:
        mine, keys = refs.here(f"全键:{depth}", row), refs.area(f"全键:{depth}")
        whole = f"ROUNDDOWN(ROUND(SUMIFS({refs.area(f'比:{depth}')},{keys},{mine})/100,净位),0)"
        own = f"SUMIFS({refs.area(f'本额:{depth}')},{keys},{mine},{refs.area(f'首:{depth}')},1)"
        return f"=IF({is_small(refs, row)},{whole}-{own},{refs.here(f'本额:{depth}', row)})"

    def pool_of(what: str) -> Callable[[ObjectResult], Value]:
        return lambda each: getattr(pools[each.code], what) if each.code in pools else ""

    return [
        working_column(f"比:{depth}", f"{word}\n比例（%）", share_of, share, "whole"),
        working_column(f"全键:{depth}", f"{word}\n并入全体的组", key_of, key, "centre"),
        working_column(f"首:{depth}", f"{word}\n本组第一行", lambda each: int(each.code in firsts), first, "flag"),
        working_column(f"池:{depth}", f"{word}\n一起取名额的组", pool_of("name"), pool, "centre"),
        working_column(f"额:{depth}", f"{word}\n名额", pool_of("limit"), limit, "whole"),
    ]
