"""The first templates of each document kind: wording and tags. Afterwards the offices edit the .docx files; this is only their birth."""

from __future__ import annotations

from collections.abc import Callable

from kaohe.official.blocks import (
    blank,
    document_head,
    imprint,
    letter_head,
    page_break_before,
    paragraph,
    section,
    tabbed,
    table,
    tag,
)
from kaohe.official.layout import Profile
from kaohe.official.package import footers, package

TEXT, NUMBER = "公文表格文字", "公文表格数字"


def notice(profile: Profile) -> bytes:
    """考核结果反馈通知书: a letter to one unit with its score table and every lost mark."""
    body = [
        letter_head(profile, "{{ 发文机关 }}", "{{ 文号 }}"),
        tag("{%p if 草稿 %}"),
        paragraph("公文草稿", "{{ 草稿 }}"),
        tag("{%p endif %}"),
        paragraph("公文标题", "{{ 发文机关 }}"),
        paragraph("公文标题", "关于{{ 期次 }}党建工作"),
        paragraph("公文标题", "考核结果的反馈通知书"),
        blank(),
        paragraph("公文主送", "{{ 主送 }}："),
        paragraph(
            "公文正文",
            "根据《{{ 办法名称 }}》和{{ 期次 }}考核安排，{{ 检查组 }}于{{ 检查日期 }}对你单位党建工作进行了现场考核。{{ 审定说明 }}现将考核结果反馈如下。",
        ),
        paragraph("公文一级标题", "一、考核结果"),
        paragraph("公文正文", "{{ 结果说明 }}"),
        tag("{%p for 段 in 比较说明 %}"),
        paragraph("公文正文", "{{ 段 }}"),
        tag("{%p endfor %}"),
        tag("{%p for 段 in 结果运用 %}"),
        paragraph("公文正文", "{{ 段 }}"),
        tag("{%p endfor %}"),
        paragraph("公文一级标题", "二、主要成绩"),
        tag("{%p for 段 in 主要成绩 %}"),
        paragraph("公文正文", "{{ 段 }}"),
        tag("{%p endfor %}"),
        paragraph("公文一级标题", "三、存在的主要问题"),
        tag("{%p if 问题 %}"),
        tag("{%p for 项 in 问题 %}"),
        paragraph("公文正文", "{{ 项.序号 }}.{{ 项.标题 }}。{{ 项.说明 }}"),
        tag("{%p endfor %}"),
        tag("{%p else %}"),
        paragraph("公文正文", "本次考核未发现突出问题。"),
        tag("{%p endif %}"),
        paragraph("公文一级标题", "四、整改要求"),
        tag("{%p for 段 in 整改要求 %}"),
        paragraph("公文正文", "{{ 段 }}"),
        tag("{%p endfor %}"),
        tag("{%p if 复核办法 %}"),
        paragraph("公文正文", "{{ 复核办法 }}"),
        tag("{%p endif %}"),
        blank(),
        paragraph("公文附件说明", "附件：1.{{ 附件一 }}"),
        paragraph("公文附件说明续", "2.{{ 附件二 }}"),
        blank(2),
        paragraph("公文署名", "{{ 署名 }}"),
        paragraph("公文成文日期", "{{ 成文日期 }}"),
        tag("{%p if 联系方式 %}"),
        paragraph("公文附注", "（{{ 联系方式 }}）"),
        tag("{%p endif %}"),
        paragraph("公文附件", "附件1", page_break_before()),
        blank(),
        paragraph("公文标题", "{{ 附件一 }}"),
        blank(),
        table(
            (737, 3119, 907, 1020, 1020, 2041),
            ("序号", "考核内容", "分值", "得分", "失分", "说明"),
            [
                [
                    (NUMBER, "{{ 行.序号 }}"),
                    (TEXT, "{{ 行.内容 }}"),
                    (NUMBER, "{{ 行.分值 }}"),
                    (NUMBER, "{{ 行.得分 }}"),
                    (NUMBER, "{{ 行.失分 }}"),
                    (TEXT, "{{ 行.说明 }}"),
                ]
            ],
            "{%tr for 行 in 得分表 %}",
            "{%tr endfor %}",
        ),
        paragraph("公文表注", "注：{{ 得分表注 }}"),
        paragraph("公文附件", "附件2", page_break_before()),
        blank(),
        paragraph("公文标题", "{{ 附件二 }}"),
        blank(),
        tag("{%p if 失分明细 %}"),
        table(
            (624, 1928, 1871, 794, 2381, 1246),
            ("序号", "指标", "情形", "失分", "事实与依据", "条款"),
            [
                [
                    (NUMBER, "{{ 行.序号 }}"),
                    (TEXT, "{{ 行.指标 }}"),
                    (TEXT, "{{ 行.情形 }}"),
                    (NUMBER, "{{ 行.失分 }}"),
                    (TEXT, "{{ 行.事实 }}"),
                    (TEXT, "{{ 行.条款 }}"),
                ]
            ],
            "{%tr for 行 in 失分明细 %}",
            "{%tr endfor %}",
        ),
        paragraph("公文表注", "注：{{ 失分明细注 }}"),
        tag("{%p else %}"),
        paragraph("公文正文", "本期没有失分。"),
        tag("{%p endif %}"),
        section(profile, footers(first=True), title_page=True),
    ]
    return package("".join(body), profile, "考核结果反馈通知书")


def bulletin(profile: Profile) -> bytes:
    """考核结果通报: ranking per class, boards with consequences, common problems."""
    body = [
        document_head(profile, "{{ 发文机关 }}文件", "{{ 文号 }}"),
        tag("{%p if 草稿 %}"),
        paragraph("公文草稿", "{{ 草稿 }}"),
        tag("{%p endif %}"),
        paragraph("公文标题", "{{ 发文机关 }}"),
        paragraph("公文标题", "关于{{ 期次 }}基层党建工作"),
        paragraph("公文标题", "差异化积分考核评价结果的通报"),
        blank(),
        paragraph("公文主送", "{{ 主送 }}："),
        paragraph(
            "公文正文",
            "根据《{{ 办法名称 }}》，公司党委组织对{{ 单位数 }}个党（总）支部{{ 期次 }}党建工作进行了考核。{{ 审定说明 }}现将结果通报如下。",
        ),
        paragraph("公文一级标题", "一、总体情况"),
        tag("{%p for 段 in 总体情况 %}"),
        paragraph("公文正文", "{{ 段 }}"),
        tag("{%p endfor %}"),
        paragraph("公文一级标题", "二、考核结果"),
        tag("{%p for 组 in 分组 %}"),
        paragraph("公文二级标题", "（{{ 组.序号 }}）{{ 组.名称 }}"),
        table(
            (964, 3402, 1191, 1077, 1191, 1019),
            ("名次", "单位", "基础分", "加减分", "总分", "等次"),
            [
                [
                    (NUMBER, "{{ 行.名次 }}"),
                    (TEXT, "{{ 行.单位 }}"),
                    (NUMBER, "{{ 行.基础分 }}"),
                    (NUMBER, "{{ 行.加减分 }}"),
                    (NUMBER, "{{ 行.总分 }}"),
                    (NUMBER, "{{ 行.等次 }}"),
                ]
            ],
            "{%tr for 行 in 组.行 %}",
            "{%tr endfor %}",
        ),
        tag("{%p endfor %}"),
        paragraph("公文一级标题", "三、{{ 榜名 }}与结果运用"),
        tag("{%p for 段 in 榜单说明 %}"),
        paragraph("公文正文", "{{ 段 }}"),
        tag("{%p endfor %}"),
        paragraph("公文一级标题", "四、存在的共性问题"),
        tag("{%p for 段 in 共性问题 %}"),
        paragraph("公文正文", "{{ 段 }}"),
        tag("{%p endfor %}"),
        paragraph("公文一级标题", "五、有关要求"),
        tag("{%p for 段 in 有关要求 %}"),
        paragraph("公文正文", "{{ 段 }}"),
        tag("{%p endfor %}"),
        blank(2),
        paragraph("公文署名", "{{ 署名 }}"),
        paragraph("公文成文日期", "{{ 成文日期 }}"),
        imprint(profile, (("公文版记", "抄送：{{ 抄送 }}。"), ("公文印发", "{{ 印发机关 }}\t{{ 印发日期 }}印发"))),
        section(profile, footers()),
    ]
    return package("".join(body), profile, "考核结果通报")


def rectification(profile: Profile) -> bytes:
    """整改清单: landscape, eight columns that fill 225 mm."""
    widths = (652, 2551, 2976, 964, 1474, 1871, 1134, 1134)
    head = ("序号", "问题", "整改措施", "责任人", "责任单位", "完成时限", "整改情况", "销号")
    cells = [
        (NUMBER, "{{ 行.序号 }}"),
        (TEXT, "{{ 行.问题 }}"),
        (TEXT, "{{ 行.整改措施 }}"),
        (NUMBER, "{{ 行.责任人 }}"),
        (NUMBER, "{{ 行.责任单位 }}"),
        (NUMBER, "{{ 行.完成时限 }}"),
        (NUMBER, "{{ 行.整改情况 }}"),
        (NUMBER, "{{ 行.销号 }}"),
    ]
    body = [
        tag("{%p if 草稿 %}"),
        paragraph("公文草稿", "{{ 草稿 }}"),
        tag("{%p endif %}"),
        paragraph("公文标题", "{{ 单位名称 }}{{ 期次 }}考核问题整改清单"),
        tabbed("公文清单栏", "填报单位（盖章）：{{ 单位名称 }}", "填报日期：{{ 填报日期 }}"),
        table(widths, head, [cells], "{%tr for 行 in 清单 %}", "{%tr endfor %}"),
        paragraph("公文表注", "{{ 清单注 }}"),
        section(profile, footers(landscape=True), landscape=True),
    ]
    return package("".join(body), profile, "整改清单")


TEMPLATES: dict[str, Callable[[Profile], bytes]] = {
    "考核结果反馈通知书.docx": notice,
    "考核结果通报.docx": bulletin,
    "整改清单.docx": rectification,
}
