"""Who answers for a problem: a person by name, never a department. A department's name is recognised by its ending."""

from __future__ import annotations

import re
from collections.abc import Collection

_ENDINGS = (
    "部", "处", "室", "办", "局", "科", "组", "队", "站", "所", "院", "厂", "矿", "车间", "班组", "中心", "公司", "集团", "单位", "机关",
    "党委", "党组", "支部", "总支", "纪委", "团委", "工会", "委员会", "部门", "领导班子", "班子",
)  # fmt: skip
#: endings that are given names as well: a name of two or three characters with one of them is a person's
_GIVEN = ("科", "所", "院", "办", "组", "队", "站", "厂", "矿", "处", "局", "室", "部")
_ONLY_DEPARTMENTS = re.compile(
    r"(党|团|行政|人事|财务|综合|组织|宣传|纪检|工程|技术|安全|生产|营销|物资|审计|法务|信息|保卫|后勤|办公|党建|党群|人力|计划|"
    r"质量|设备|调度|经营|市场|群工|政工|督查|统战|企管|运行|检修)"
)


def is_department(name: str, units: Collection[str] = ()) -> bool:
    """Whether a text names a department or a unit rather than a person; `units` are names and codes that are known.

    >>> is_department("党建工作部"), is_department("组织科"), is_department("李登科"), is_department("陆文棠")
    (True, True, False, False)
    """
    text = "".join(name.split())
    if not text:
        return False
    if text in units:
        return True
    if not text.endswith(_ENDINGS):
        return False
    endings = [each for each in _ENDINGS if text.endswith(each)]
    if any(each not in _GIVEN for each in endings):
        return True
    return bool(endings) and (len(text) > 4 or bool(_ONLY_DEPARTMENTS.match(text)))
