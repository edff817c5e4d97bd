"""A native chart of a template: the drawing in the text and the chart part beside it, both as text (DrawingML, ECMA-376 part 1, 21.2).

Markers without bars: the value axis need not begin at zero, and the two series are told apart without colour on paper.
"""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from kaohe.official.layout import Profile
from kaohe.official.markup import HEAD, element, paragraph

PART, LINK = "charts/chart1.xml", "chart1"
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_EMU = 36_000  # of a millimetre
_SAMPLE = ("内容一", "内容二", "内容三")


def drawing(name: str, words: str, width: float, height: float) -> str:
    """A paragraph with the chart in the line; `name` is the list field that it shows, `words` its alternative text, lengths in millimetres."""
    frame = (
        f'<wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{round(width * _EMU)}" cy="{round(height * _EMU)}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="1" name={quoteattr(name)} descr={quoteattr(words)}/><wp:cNvGraphicFramePr/>'
        f'<a:graphic xmlns:a="{_A}"><a:graphicData uri="{_C}"><c:chart xmlns:c="{_C}" r:id="{LINK}"/></a:graphicData></a:graphic>'
        "</wp:inline>"
    )
    return paragraph("公文图", f"<w:r>{element('drawing', frame)}</w:r>")


def markers(profile: Profile, series: tuple[str, str]) -> str:
    """The chart part: two series of markers over named categories, a value axis up to 100, a legend below. The first series has its values
    printed; the categories and numbers in it are samples."""
    own, other = (_series(at, name) for at, name in enumerate(series))
    return (
        f'{HEAD}<c:chartSpace xmlns:c="{_C}" xmlns:a="{_A}" xmlns:r="{_R}"><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/>'
        '<c:plotArea><c:layout/><c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>'
        f'{own}{other}<c:marker val="1"/><c:axId val="1001"/><c:axId val="1002"/></c:lineChart>'
        f"{_categories(profile)}{_values()}"
        "<c:spPr><a:noFill/></c:spPr></c:plotArea>"
        '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{_text(profile)}</c:chartSpace>"
    )


def _text(profile: Profile, half_points: int = 0, body: str = "") -> str:
    """Text properties in the font of the body, 五号 where no size is given."""
    face = profile.fonts.body
    faces = f'<a:latin typeface="{face}"/><a:ea typeface="{face}"/><a:cs typeface="{face}"/>'
    size = (half_points or profile.list_size) * 50
    run = f'<a:defRPr sz="{size}"><a:solidFill><a:srgbClr val="000000"/></a:solidFill>{faces}</a:defRPr>'
    return f'<c:txPr><a:bodyPr{body}/><a:p><a:pPr>{run}</a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'


def _series(at: int, name: str) -> str:
    """The first: black circles with their values; the second: grey dashes."""
    column = "BC"[at]
    fill = f'<a:solidFill><a:srgbClr val="{("000000", "808080")[at]}"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    mark = f'<c:marker><c:symbol val="{("circle", "dash")[at]}"/><c:size val="{(8, 14)[at]}"/><c:spPr>{fill}{line}</c:spPr></c:marker>'
    shown = "1" if at == 0 else "0"
    labels = (
        f'<c:dLbls><c:numFmt formatCode="0.0" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'
        f'<c:dLblPos val="t"/><c:showLegendKey val="0"/><c:showVal val="{shown}"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
    )
    words = "".join(f'<c:pt idx="{n}"><c:v>{word}</c:v></c:pt>' for n, word in enumerate(_SAMPLE))
    numbers = "".join(f'<c:pt idx="{n}"><c:v>{90 + n + at}</c:v></c:pt>' for n in range(len(_SAMPLE)))
    count, last = f'<c:ptCount val="{len(_SAMPLE)}"/>', len(_SAMPLE) + 1
    return (
        f'<c:ser><c:idx val="{at}"/><c:order val="{at}"/>'
        f'<c:tx><c:strRef><c:f>Sheet1!${column}$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{name}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
        f'<c:spPr><a:ln w="19050"><a:noFill/></a:ln></c:spPr>{mark}{labels if at == 0 else ""}'
        f"<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${last}</c:f><c:strCache>{count}{words}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>Sheet1!${column}$2:${column}${last}</c:f><c:numCache><c:formatCode>0.0</c:formatCode>{count}{numbers}</c:numCache></c:numRef></c:val>"
        '<c:smooth val="0"/></c:ser>'
    )


def _categories(profile: Profile) -> str:
    """Names stand upright and wrap: a slanted Hanzi is hard to read."""
    upright = _text(profile, 18, ' rot="0" vert="horz"')
    return (
        '<c:catAx><c:axId val="1001"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="b"/>'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f'{_line("000000")}{upright}<c:crossAx val="1002"/><c:crosses val="min"/><c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>'
        '<c:noMultiLvlLbl val="0"/></c:catAx>'
    )


def _values() -> str:
    return (
        '<c:valAx><c:axId val="1002"/><c:scaling><c:orientation val="minMax"/><c:max val="100"/><c:min val="80"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="l"/><c:majorGridlines>{_line("BFBFBF")}</c:majorGridlines>'
        '<c:numFmt formatCode="0&quot;%&quot;" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="nextTo"/>{_line("000000")}<c:crossAx val="1001"/><c:crosses val="min"/><c:crossBetween val="between"/>'
        '<c:majorUnit val="5"/></c:valAx>'
    )


def _line(colour: str) -> str:
    return f'<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:ln></c:spPr>'
