"""Styles, settings and font table of the templates: all formatting stands in named styles, so that officials change it in one place."""

from __future__ import annotations

from kaohe.official.layout import Profile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def fonts_of(name: str) -> str:
    """A font in every slot: Word would take quotation marks and digits from the Western slot."""
    return f'<w:rFonts w:hint="eastAsia" w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def _style(name: str, ppr: str, rpr: str, outline: int | None = None) -> str:
    level = f'<w:outlineLvl w:val="{outline}"/>' if outline is not None else ""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{name}"><w:name w:val="{name}"/><w:basedOn w:val="a"/><w:qFormat/>'
        f"<w:pPr>{ppr}{level}</w:pPr><w:rPr>{rpr}</w:rPr></w:style>"
    )


def styles(profile: Profile) -> str:
    """styles.xml."""
    fonts, size = profile.fonts, profile.size
    body = f'<w:spacing w:val="{profile.spacing}"/>'
    line = f'<w:spacing w:before="0" w:after="0" w:line="{profile.pitch}" w:lineRule="exact"/>'
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:widowControl w:val="0"/><w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        f'<w:adjustRightInd w:val="0"/>{line}<w:jc w:val="both"/></w:pPr>'
        f'<w:rPr>{fonts_of(fonts.body)}<w:color w:val="000000"/>{body}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )
    first_line = '<w:ind w:firstLineChars="200" w:firstLine="630"/>'
    exact = '<w:spacing w:line="{0}" w:lineRule="exact"/>'
    table_line = f'<w:snapToGrid w:val="0"/>{exact.format(320)}'
    sized = '<w:sz w:val="{0}"/><w:szCs w:val="{0}"/>'
    parts = [
        _style("公文正文", first_line, ""),
        _style("公文一级标题", first_line, fonts_of(fonts.first), 0),
        _style("公文二级标题", first_line, fonts_of(fonts.second), 1),
        _style("公文主送", "", ""),
        _style(
            "公文标题",
            f'<w:snapToGrid w:val="0"/>{exact.format(profile.title_line)}<w:jc w:val="center"/>',
            fonts_of(fonts.title) + '<w:spacing w:val="0"/>' + sized.format(profile.title_size),
        ),
        _style(
            "公文标志",
            f'<w:snapToGrid w:val="0"/>{exact.format(960)}<w:jc w:val="center"/>',
            fonts_of(fonts.title)
            + f'<w:color w:val="{profile.red}"/><w:spacing w:val="0"/>'
            + sized.format(profile.mark_size),
        ),
        _style(
            "公文红线文号",
            f'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="8" w:color="{profile.red}"/></w:pBdr><w:jc w:val="center"/>',
            "",
        ),
        _style("公文信函文号", '<w:jc w:val="right"/>', ""),
        _style("公文署名", '<w:ind w:rightChars="400" w:right="1260"/><w:jc w:val="right"/>', ""),
        _style("公文成文日期", '<w:ind w:rightChars="400" w:right="1260"/><w:jc w:val="right"/>', ""),
        _style("公文附件说明", '<w:ind w:left="1890" w:hanging="1260"/>', ""),
        _style("公文附件说明续", '<w:ind w:left="1890" w:hanging="315"/>', ""),
        _style("公文附件", "", fonts_of(fonts.first)),
        _style("公文附注", first_line, ""),
        _style(
            "公文版记",
            f'<w:snapToGrid w:val="0"/>{exact.format(500)}<w:ind w:left="1120" w:hanging="840" w:right="280"/>',
            '<w:spacing w:val="0"/>' + sized.format(profile.small),
        ),
        _style(
            "公文印发",
            f'<w:tabs><w:tab w:val="right" w:pos="8564"/></w:tabs><w:snapToGrid w:val="0"/>{exact.format(500)}<w:ind w:left="280" w:right="280"/>',
            '<w:spacing w:val="0"/>' + sized.format(profile.small),
        ),
        _style(
            "公文表头",
            f'{table_line}<w:jc w:val="center"/>',
            fonts_of(fonts.first) + '<w:spacing w:val="0"/>' + sized.format(24),
        ),
        _style("公文表格文字", f'{table_line}<w:jc w:val="left"/>', '<w:spacing w:val="0"/>' + sized.format(21)),
        _style("公文表格数字", f'{table_line}<w:jc w:val="center"/>', '<w:spacing w:val="0"/>' + sized.format(21)),
        _style("公文表注", f"{table_line}", '<w:spacing w:val="0"/>' + sized.format(21)),
        _style(
            "公文清单栏",
            f'<w:tabs><w:tab w:val="right" w:pos="12756"/></w:tabs><w:snapToGrid w:val="0"/>{exact.format(460)}',
            '<w:spacing w:val="0"/>' + sized.format(24),
        ),
        _style(
            "公文草稿",
            f'<w:snapToGrid w:val="0"/>{exact.format(460)}<w:jc w:val="right"/>',
            fonts_of(fonts.first) + sized.format(24),
        ),
        _style(
            "公文页码右",
            f'<w:snapToGrid w:val="0"/>{exact.format(280)}<w:ind w:rightChars="100" w:right="280"/><w:jc w:val="right"/>',
            fonts_of(fonts.page) + '<w:spacing w:val="0"/>' + sized.format(28),
        ),
        _style(
            "公文页码左",
            f'<w:snapToGrid w:val="0"/>{exact.format(280)}<w:ind w:leftChars="100" w:left="280"/><w:jc w:val="left"/>',
            fonts_of(fonts.page) + '<w:spacing w:val="0"/>' + sized.format(28),
        ),
        _style(
            "公文页码竖",
            f'<w:snapToGrid w:val="0"/>{exact.format(280)}',
            fonts_of(fonts.page) + '<w:spacing w:val="0"/>' + sized.format(28),
        ),
        _style("公文占位", f'<w:snapToGrid w:val="0"/>{exact.format(20)}', sized.format(2)),
        _style("公文信函引线", f'<w:snapToGrid w:val="0"/>{exact.format(88)}', sized.format(2)),
    ]
    defaults = '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    table = (
        '<w:style w:type="table" w:default="1" w:styleId="表格"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="57" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    return f"{HEAD}<w:styles {W}>{defaults}{normal}{table}{''.join(parts)}</w:styles>"


def settings() -> str:
    """settings.xml: odd and even footers, and the compatibility that keeps Word's line grid."""
    return (
        f'{HEAD}<w:settings {W}><w:zoom w:percent="100"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/>'
        "<w:compat><w:adjustLineHeightInTable/>"
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def font_table(profile: Profile) -> str:
    """fontTable.xml: each font with the name that stands in for it where it is not installed."""
    rows = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in profile.fonts.also
    )
    return f"{HEAD}<w:fonts {W}>{rows}</w:fonts>"
