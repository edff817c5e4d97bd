"""Invented names of places and people, from characters that every official font has (GB2312). All are fictitious."""

from __future__ import annotations

from collections.abc import Iterator

_PLACE_FIRST = (
    "云松柳枫竹梅兰荷桐槐榆桦柏檀杏桃棠菊蒲苇岚峦岭峰崖岗原坪川溪泉湖江河海洲津浦滨渡桥关城堡台亭楼塔港湾沙石金玉珠银锦霞虹星月晨曙晴"
    "朗瑞祥安宁康泰和平清明"
)
_PLACE_SECOND = "岭川坪溪泉湖江河湾港洲浦桥关城台山峰谷原田林园庄村屯寨镇营坡岗坝塘沟井池潭滩渡岸岛矶岩石沙"
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张孔曹严金魏陶姜谢邹章苏潘葛范彭鲁韦马方俞任袁柳鲍史唐费廉岑薛雷贺倪汤罗毕郝安常乐于时傅齐"
    "康伍余顾孟黄穆萧尹姚邵汪祁毛狄米贝明计成戴宋庞熊纪舒项祝董梁杜阮蓝季贾路江童郭梅林钟徐邱骆高夏蔡田樊胡凌霍万柯卢莫房解应宗丁邓洪"
    "包左石崔龚程邢裴陆荣翁"
)
_GIVEN_FIRST = "文明志建国永兴德仁义礼学思敏正光远大海江山川云天星辰晨晓春夏秋冬梅兰竹松柏景若清静雅诗书逸凌子怀之承嘉启修振宏伟刚毅勇强"
_GIVEN_SECOND = "华平安康宁远达成立新民生辉明亮光荣昌盛隆泰和顺祥瑞福禄寿喜庆丰年春秋月星云霞虹雪霜露雨风林森木石玉珍珠宝金银铜川江河海洋波涛"
_STEP = 7919  # prime: walks through all combinations without a visible order


def places(taken: frozenset[str]) -> Iterator[str]:
    """Place names of two characters, then of three, none of `taken` and none twice."""
    pairs = [first + second for first in _PLACE_FIRST for second in _PLACE_SECOND if first != second]
    seen = set(taken)
    for number in range(len(pairs)):
        name = pairs[number * _STEP % len(pairs)]
        if name not in seen:
            seen.add(name)
            yield name
    for number in range(len(pairs) * len(_PLACE_SECOND)):
        name = pairs[number * _STEP % len(pairs)] + _PLACE_SECOND[number % len(_PLACE_SECOND)]
        if name not in seen:
            seen.add(name)
            yield name


def person(number: int) -> str:
    """A person's name; the first few hundred thousand numbers give different ones."""
    count = len(_SURNAMES) * len(_GIVEN_FIRST) * len(_GIVEN_SECOND)
    place = number * 104_729 % count
    place, surname = divmod(place, len(_SURNAMES))
    second, first = divmod(place, len(_GIVEN_FIRST))
    return _SURNAMES[surname] + _GIVEN_FIRST[first] + _GIVEN_SECOND[second % len(_GIVEN_SECOND)]
