"""The first template of 考核结果反馈通知书, as a letter or a document to one unit: its score table, every lost mark, the problems to rectify.

The score table and the two lists are portrait, so the last page is portrait too and may carry 抄送 (official-documents.md, 2).
"""

from __future__ import annotations

from kaohe.official.blocks import Column, data_table, each, last_text, led, sections_of_text, text, when
from kaohe.official.chart import drawing, markers
from kaohe.official.frame import annexed, closing, framed, titled
from kaohe.official.layout import Profile
from kaohe.official.markup import paragraph

NAME = "考核结果反馈通知书"
SERIES = ("本单位", "同类平均")  # columns of 得分图
_ANNEXES = ("{{ 期次 }}党建工作考核得分表", "{{ 期次 }}党建工作失分明细", "{{ 期次 }}党建工作问题清单")


def template(profile: Profile, letter: bool = True) -> bytes:
    """The bytes of the template in one of its two forms."""
    parts = (
        titled("{{ 发文机关 }}", "关于{{ 期次 }}党建工作", "考核结果的反馈通知书"),
        *_opening(),
        *_result(),
        *_merits(),
        *_problems(),
        *_demands(),
        closing(*_ANNEXES[:2], also=("问题清单", _ANNEXES[2])),
        *_annexes(profile),
    )
    return framed(profile, NAME, parts, letter, markers(profile, SERIES))


def _opening() -> tuple[str, ...]:
    return (
        text(
            "根据《{{ 办法名称 }}》{% if 依据文号 %}（{{ 依据文号 }}）{% endif %}和{{ 期次 }}考核安排，"
            "{{ 检查组 }}{% if 检查日期 %}于{{ 检查日期 }}{% endif %}对你单位党建工作进行了现场考核。"
            "{% if 审定会议 %}经{{ 审定会议 }}审定，{% endif %}现将考核结果反馈如下。"
        ),
    )


def _result() -> tuple[str, ...]:
    return (
        paragraph("公文一级标题", "一、考核结果"),
        text(
            "你单位{{ 期次 }}党建工作考核总分{{ 总分 }}分，其中基础分{{ 基础分 }}分{% if 加分 %}，加分{{ 加分 }}分{% endif %}"
            "{% if 减分 %}，减分{{ 减分 }}分{% endif %}。{% if 待定 %}{{ 待定 }}{% elif 名次 %}在{{ 分类 }}{{ 同类数 }}个单位中{{ 名次 }}"
            "{% if 等次 %}，等次为{{ 等次 }}{% endif %}。{% else %}{{ 不排名 }}{% endif %}"
            "{% if 计算等次 %}按得分和办法计算的等次为{{ 计算等次 }}，经{{ 审定人 }}审定为{{ 等次 }}{% if 审定理由 %}，理由：{{ 审定理由 }}{% endif %}。{% endif %}"
            "{% for 句 in 等次说明 %}{{ 句 }}{% endfor %}"
        ),
        when(
            "构成",
            text(
                "基础分由以下各项按比例计算：{% for 项 in 构成 %}{{ 项.名称 }}{{ 项.得分 }}（占{{ 项.权重 }}）{{ '。' if loop.last else '，' }}{% endfor %}"
                "{% for 项 in 评价 %}{% if 项.等次 %}{{ 项.名称 }}{{ 项.得分 }}分，等次为{{ 项.等次 }}。{% endif %}{% endfor %}"
            ),
        ),
        when(
            "同类平均 or 上期总分",
            text(
                "{% if 同类平均 %}本类平均{{ 同类平均 }}分、最高{{ 同类最高 }}分，你单位{{ 与平均 }}，{{ 与最高 }}{% if 与名次 %}，{{ 与名次 }}{% endif %}。{% endif %}"
                "{% if 上期总分 %}上期总分{{ 上期总分 }}分{% if 上期名次 %}、{{ 上期名次 }}{% endif %}，本期{{ 与上期 }}。{% endif %}"
            ),
        ),
        when(
            "主要失分 or 与等次",
            text(
                "{% if 主要失分 %}失分最多的是{{ 主要失分 }}。{% endif %}{% if 与等次 %}{{ 与等次 }}。{% endif %}"
                "{% if 得分图 %}各项得分率与同类平均的比较见附件1。{% endif %}"
            ),
        ),
        when(
            "单列构成",
            text(
                "另有单独计分、不计入总分的内容：{% for 项 in 单列构成 %}{{ 项.名称 }}{{ 项.得分 }}分{{ '。' if loop.last else '，' }}{% endfor %}"
            ),
        ),
        when(
            "结果运用",
            text("按照《{{ 办法名称 }}》，考核结果运用如下："),
            each("项", "结果运用", text("{{ 项.序号 }}.{{ 项.内容 }}")),
        ),
    )


def _merits() -> tuple[str, ...]:
    return (
        paragraph("公文一级标题", "二、主要成绩"),
        each("段", "主要成绩", text("{{ 段 }}")),
        when("点评", text("总体评价：{{ 点评 }}")),
    )


def _problems() -> tuple[str, ...]:
    return (
        paragraph("公文一级标题", "三、存在的主要问题"),
        when(
            "问题",
            text(
                "考核发现问题{{ 问题数 }}个，涉及{{ 类别数 }}类{% if 复发数 %}，其中{{ 复发数 }}个属于销号后复发{% endif %}。"
                "失分和佐证见附件2。"
            ),
            each("项", "问题", led("（{{ 项.序号 }}）{{ 项.类别 }}。", "{{ 项.内容 }}")),
            otherwise=[text("本次考核未发现突出问题。")],
        ),
        when(
            "遗留数 or 销号数",
            text(
                "以前考核期提出的问题，{% if 销号数 %}本期核验销号{{ 销号数 }}个{% if 遗留数 %}，{% endif %}{% endif %}"
                "{% if 遗留数 %}尚有{{ 遗留数 }}个未销号{% if 逾期数 %}，其中{{ 逾期数 }}个已超过完成时限{% endif %}{% endif %}。"
            ),
        ),
    )


def _demands() -> tuple[str, ...]:
    plan = (
        "请主要负责人牵头，对照附件3和随附的问题整改清单，逐项明确整改措施和责任人，自收到本通知书之日起{{ 方案期限 }}内"
        "{% if 方案时限 %}（{{ 方案时限 }}前）{% endif %}将整改方案报送{{ 主办部门 }}。"
    )
    done = (
        "{% if 整改时限 %}本期提出的问题，{{ 整改时限 }}完成整改。{% endif %}"
        "{% if 新逾期数 %}本期提出、已超过时限的{{ 新逾期数 }}个问题立即整改，并书面说明原因。{% endif %}"
        "{% if 遗留数 %}以前提出的问题按原定时限完成，已超过时限的抓紧完成并书面说明原因。{% endif %}完成后报送整改报告和佐证材料。"
    )
    close = "整改实行清单管理，完成一项、报告一项，经检查组核验属实后销号。下一考核期开展“回头看”，逾期未销号和销号后复发的问题按办法处理。"
    return (
        paragraph("公文一级标题", "四、整改要求"),
        when(
            "问题清单",
            sections_of_text(("制定整改方案。", plan), ("按期完成整改。", done), ("对账销号。", close)),
            when("整改建议", led("（四）改进建议。", "{{ 整改建议 }}")),
            otherwise=[
                text("请保持工作标准，按要求做好日常工作和台账。"),
                when("整改建议", led("改进建议。", "{{ 整改建议 }}")),
            ],
        ),
        when("公示期 or 复核办法", text("{% if 公示期 %}考核结果公示期为{{ 公示期 }}。{% endif %}{{ 复核办法 }}")),
        last_text("特此通知。"),
    )


def _annexes(profile: Profile) -> tuple[str, ...]:
    scores = (
        Column("序号", "{{ 行.序号 }}", 12, True),
        Column("考核内容", "{{ 行.内容 }}", 34),
        Column("满分", "{{ 行.满分 }}", 14, True),
        Column("得分", "{{ 行.得分 }}", 18, True),
        Column("失分", "{{ 行.失分 }}", 17, True),
        Column("失分原因和说明", "{{ 行.说明 }}", 61),
    )
    ratings = (
        Column("评价", "{{ 行.评价 }}", 44),
        Column("评价主体", "{{ 行.主体 }}", 38),
        Column("权重", "{{ 行.权重 }}", 17, True),
        Column("有效／交回／应评", "{{ 行.票数 }}", 35, True),
        Column("平均分", "{{ 行.平均分 }}", 22, True),
    )
    losses = (
        Column("序号", "{{ 行.序号 }}", 12, True),
        Column("指标", "{{ 行.指标 }}", 27),
        Column("失分", "{{ 行.失分 }}", 15, True),
        Column("情形、事实和佐证", "{{ 行.事实 }}", 62),
        Column("条款", "{{ 行.条款 }}", 20),
        Column("出处", "{{ 行.出处 }}", 20),
    )
    problems = (
        Column("序号", "{{ 行.序号 }}", 12, True),
        Column("问题编号", "{{ 行.编号 }}", 32, True),
        Column("问题", "{{ 行.问题 }}", 50),
        Column("程度", "{{ 行.程度 }}", 13, True),
        Column("完成时限", "{{ 行.时限 }}", 33, True),
        Column("情况", "{{ 行.情况 }}", 16, True),
    )
    return (
        annexed("附件1", _ANNEXES[0], "计量单位：分"),
        data_table(profile, scores, ("行", "得分表")),
        paragraph("公文表注", "注：{{ 得分表注 }}"),
        when(
            "得分图",
            paragraph("公文表栏", "各项得分占满分的百分比与同类平均", keepNext="<w:keepNext/>"),
            drawing("得分图", "{{ 图说明 }}", 154, 72),
        ),
        when(
            "评价表",
            paragraph("公文表栏", "评价情况", keepNext="<w:keepNext/>"),
            data_table(profile, ratings, ("行", "评价表"), small=True),
        ),
        annexed("附件2", _ANNEXES[1], "计量单位：分"),
        when(
            "失分明细",
            data_table(profile, losses, ("行", "失分明细"), small=True),
            paragraph("公文表注", "注：{{ 失分明细注 }}{% if 校验码 %}校验码{{ 校验码 }}。{% endif %}"),
            otherwise=[text("本期没有失分。")],
        ),
        when(
            "问题清单",
            annexed("附件3", _ANNEXES[2], "截至{{ 基准日 }}"),
            data_table(profile, problems, ("行", "问题清单"), small=True),
            paragraph("公文表注", "注：{{ 问题清单注 }}"),
        ),
    )
