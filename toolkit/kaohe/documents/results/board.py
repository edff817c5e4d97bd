"""The first sheet, named after the scheme's board: who and what follows above, the tables of the fields in rank order below.

Everything is looked up from 结果 by unique order columns, so that a tie never shows a unit twice; one A4 landscape page, no merged cells.
"""

from __future__ import annotations

from msgspec.structs import replace

from kaohe.core.cells import letters
from kaohe.core.exact import fixed
from kaohe.documents import book_styles as looks
from kaohe.documents.printed import CLOCK_WORDS
from kaohe.documents.results.blocks import Block, bands, cut, field_title, pieces
from kaohe.documents.results.board_cells import BoardCells, board_name, part_name
from kaohe.documents.results.check import overall_cell
from kaohe.documents.results.data import main_loss
from kaohe.documents.results.grid import RESULTS, Refs, literal
from kaohe.documents.results.model import Frame, Label
from kaohe.documents.results.overview import grade_conditionals, heads, is_without_boards, row_of, shares_words
from kaohe.documents.results.paper import footer
from kaohe.documents.results.sheet import board_conditionals
from kaohe.documents.results.values import Standings, is_in
from kaohe.records.books import Conditional, Print, Sheet, Style
from kaohe.records.results import ObjectResult

_WIDTHS = (9.5, 18, 9, 10.5) * 3
_COLUMNS = len(_WIDTHS)
_HELP = _COLUMNS + 2  # helping columns (row positions in 结果) stand right of the printed page
_ONE_PAGE = 62  # rows that a landscape page holds legibly


def board_sheet(frame: Frame, refs: Refs, found: Standings) -> Sheet:
    """The first sheet."""
    page = _Page(frame, refs, found)
    page.top()
    page.upper()
    if is_without_boards(frame):
        page.overview()
    if frame.counted:
        page.tables()
    page.apart()
    page.caption()
    widths = dict(enumerate(map(float, _WIDTHS), 1)) | {n: 6.0 for n in range(_HELP, _HELP + 3)}
    last = page.row - 1
    return Sheet(
        board_name(frame),
        tuple(page.cells),
        widths=widths,
        heights=page.heights,
        tab=looks.RED,
        conditionals=tuple(page.conditionals),
        print=Print(
            area=f"A1:{letters(_COLUMNS)}{last}",
            footer=footer(frame),
            tall=1 if last <= _ONE_PAGE else 0,
            margins=(0.45, 0.45, 0.5, 0.7),
        ),
    )


class _Page(BoardCells):
    """The sheet while it is filled from top to bottom."""

    def top(self) -> None:
        """Title, what it rests on, and the overall check at the top right."""
        frame, edition = self.frame, self.frame.edition
        info = frame.scheme.info
        title = info.get("榜名") or frame.scheme.name
        self.put(1, f"{title}（{edition.when.title}）", replace(looks.TITLE, size=18))
        check = replace(looks.CENTRE, bold=True, colour=looks.OK_TEXT, fill=looks.OK_FILL, border="")
        self.cells.append(overall_cell(frame, self.refs, 1, 10, check))
        bad = Style(bold=True, colour=looks.BAD_TEXT, fill=looks.BAD_FILL)
        self.conditionals.append(Conditional("J1:J1", '=$J$1=SUBSTITUTE($J$1,"√","")', bad))
        self.heights[1] = 32
        words = [
            f"{info.get('组织名称', '')}{info.get('主办部门', '')}",
            f"基准日 {edition.outcome.as_of}",
            f"输入标记 {edition.mark}",
        ]
        if edition.is_sample:
            words.append("示例数据，单位与人员均为虚构")
        held = [each for each in frame.objects if each.status in ("存疑", "未报")]
        if held:
            words.append(f"存疑或未报 {len(held)} 个，同组的名次和榜为暂定")
        self.put(1, "　".join(word for word in words if word), looks.NOTE, row=2)
        self.row = 4

    def upper(self) -> None:
        """The upper table: every board and threshold on the total with its members and what follows."""
        labels = [label for label in self.frame.labels if not label.component]
        if not labels:
            return
        heads = self._heads()
        for column in range(1, _COLUMNS + 1):
            self.put(column, heads[column - 1] if column <= len(heads) else "", _head_of(column))
        self.put(_HELP, "行位", looks.NOTE)
        self.heights[self.row] = 21
        self.row += 1
        first = self.row
        for label in labels:
            self._members(label)
        if self.row == first:
            self.put(1, "本期没有上榜和触及界限的单位", looks.NOTE)
            self.row += 1
        self.conditionals += board_conditionals(self.frame, f"A{first}:A{self.row - 1}")
        self.row += 1

    def overview(self) -> None:
        """Instead of boards: how many objects of each field have each grade."""
        titles = {
            block.field.field: field_title(self.frame, block)
            for band in bands(self.frame)
            for block in band
            if not block.before
        }
        for shown in heads(self.frame):
            self.put(shown.column, shown.value, shown.style)
        self.put(_HELP, "组", looks.NOTE)
        self.heights[self.row] = 21
        self.row += 1
        for field in self.frame.fields:
            if field.field in titles:
                self.put(_HELP, field.field, looks.NOTE)
                cell = f"${letters(_HELP)}${self.row}"
                for shown in row_of(self.frame, field, titles[field.field], cell):
                    self.put(shown.column, shown.value, shown.style, shown.formula)
                self.heights[self.row] = 20
                self.row += 1
        self.row += 1

    def _heads(self) -> tuple[str, ...]:
        last = CLOCK_WORDS[self.frame.clock].last
        adjustment = "加分" if self.frame.has_bonus else "减分" if self.frame.has_penalty else ""
        return ("榜", "单位", "总分", f"较{last}", "分类", "结果运用", "基础分", adjustment, "名次", "失分最多的一项")

    def _members(self, label: Label) -> None:
        frame, first = self.frame, self.row
        limited = {} if label.board else {"基础分": replace(looks.points(frame.places), bold=True, underline=True)}
        number = looks.points(frame.places)
        adjustment = "加分" if frame.has_bonus else "减分"
        for each in self._of(label):
            at = f"${letters(_HELP)}{self.row}"
            self._position(_HELP, first, f"结果_序_{label.key}", "", self._line(each))
            self.put(
                1, label.name, replace(looks.CENTRE, bold=True, size=9.5), f'=IF({at}="","",{literal(label.name)})'
            )
            self._unit(2, at, each, bold=True)
            self._look(3, at, "总分", each, replace(number, bold=True))
            self._look(4, at, "较上期", each, looks.CENTRE)
            self._look(5, at, "分类", each, looks.CENTRE)
            self._look(6, at, "运用", each, looks.TEXT)
            self._look(7, at, "基础分", each, limited.get("基础分", number))
            self._look(8, at, adjustment, each, number)
            size = f'INDEX(结果_名次,{at})&" / "&INDEX(结果_排名家数,{at})'
            rank = f"{each.rank} / {self.found.sizes[each.code]}" if each.rank else f" / {self.found.sizes[each.code]}"
            if frame.counted:
                self.put(9, rank, looks.CENTRE, f'=IF({at}="","",{size})')
            # A blank cell looked up would show 0; joined with an empty text it stays blank.
            worst = f'=IF({at}="","",INDEX(数据_失分最多,{at})&"")'
            self.put(10, main_loss(frame, each), replace(looks.TEXT, border=""), worst)
            for column in (11, 12):
                self.put(column, None, replace(looks.TEXT, border=""))
            self.heights[self.row] = 20
            self.row += 1

    def tables(self) -> None:
        """The tables of the fields, three blocks side by side."""
        all_bands = bands(self.frame)
        for band in all_bands:
            title, head, first = self.row, self.row + 1, self.row + 2
            longest = max((len(block.members) for block in band), default=0)
            for block in band:
                self._field(block, title, head, first)
            for row in (title, head, *range(first, first + longest)):
                self.heights[row] = 21 if row <= head else 18.5
            self.row = first + longest
            if band is not all_bands[-1]:
                self.heights[self.row] = 9
                self.row += 1
        # One scale a field: the pieces of a long one stand side by side.
        self.conditionals += [Conditional(" ".join(areas), bar=looks.BAR) for areas in self.bars.values()]

    def _field(self, block: Block, title: int, head: int, first: int) -> None:
        frame, column, helping = self.frame, block.position * 4 + 1, _HELP + block.position
        self.put(column, field_title(frame, block), looks.BAND, row=title)
        for across in range(1, 4):
            self.put(column + across, None, looks.BAND, row=title)
        self.put(helping, block.field.field, looks.NOTE, row=title)
        self._mean(block, column + 2, helping, title)
        graded = is_without_boards(frame)
        unit = "姓名" if block.members[0].object == "人员" else "单位"
        for across, word in enumerate(("名次", unit, "总分", "等次" if graded else "失分")):
            self.put(column + across, word, looks.HEAD, row=head)
        self.put(helping, "行位", looks.NOTE, row=head)
        number = looks.points(frame.places)
        for down, each in enumerate(block.members):
            self.row = first + down
            at = f"${letters(helping)}{self.row}"
            self._position(helping, first, "结果_键", f"{letters(helping)}${title}", self._line(each), block.before)
            rank = f"INDEX(结果_名次,{at})"
            shown = each.rank if each.rank else each.status
            self.put(column, shown, looks.CENTRE, f'=IF({at}="","",IF(ISNUMBER({rank}),{rank},INDEX(结果_状态,{at})))')
            self._unit(column + 1, at, each, marked=True)
            self._look(column + 2, at, "总分", each, number)
            self._look(column + 3, at, "等次" if graded else "失分", each, looks.CENTRE if graded else number)
        last = first + len(block.members) - 1
        left, right = letters(column), letters(column + 2)
        unit = f"${letters(column + 1)}{first}"
        bare = f'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({unit},"●",""),"□",""),"◇","")'
        self.conditionals.append(Conditional(f"{left}{first}:{right}{last}", f"={unit}<>{bare}", Style(bold=True)))
        area = f"{letters(column + 3)}{first}:{letters(column + 3)}{last}"
        if graded:
            self.conditionals += grade_conditionals(frame, area)
        else:
            self.bars.setdefault(block.field.field, []).append(area)

    def _mean(self, block: Block, column: int, helping: int, title: int) -> None:
        places, field = self.frame.places, f"{letters(helping)}${title}"
        mean = "" if block.field.mean is None else fixed(block.field.mean, places)
        average = f"ROUND(ROUND(AVERAGEIFS(结果_精确总分,数据_组,{field},数据_排名,1),净位),小数位)"
        formula = f'=IFERROR("均分 "&TEXT({average},{literal(looks.decimals(places))}),"")'
        self.put(column, f"均分 {mean}" if mean else "", replace(looks.BAND, size=9.5), formula, row=title)

    def apart(self) -> None:
        """Boards of the fields with a score of their own, three blocks side by side."""
        codes = [part.code for part in self.frame.parts]
        labels = [label for label in self.frame.labels if label.component in codes]
        found = [(label, members) for label in labels if (members := self._of(label))]
        if not found:
            return
        blocks: list[tuple[Label, list[ObjectResult], tuple[int, ...]]] = []
        for (label, members), count in zip(found, pieces([len(members) for _, members in found], 3), strict=True):
            cuts = cut(members, count)
            blocks += [(label, piece, tuple(map(len, cuts[:n]))) for n, piece in enumerate(cuts)]
        self.row += 1
        names = {part.code: part.component.name for part in self.frame.parts}
        words = "、".join(dict.fromkeys(names[label.component] for label, _ in found))
        self.put(1, f"单独计分的领域：{words}（不计入总分）", looks.BAND)
        for column in range(2, _COLUMNS + 1):
            self.put(column, None, looks.BAND)
        self.heights[self.row] = 20
        self.row += 1
        for start in range(0, len(blocks), 3):
            band = blocks[start : start + 3]
            head = self.row
            for position, (label, members, before) in enumerate(band):
                self._block_apart(label, members, position, head, before)
            self.row = head + 1 + max(len(members) for _, members, _ in band)

    def _of(self, label: Label) -> list[ObjectResult]:
        return [each for each in self.frame.objects if is_in(label, each)]

    def _block_apart(
        self, label: Label, members: list[ObjectResult], position: int, head: int, before: tuple[int, ...]
    ) -> None:
        column, helping = position * 4 + 1, _HELP + position
        for across, word in enumerate(("榜", "单位", "得分", "名次")):
            self.put(column + across, word, looks.HEAD, row=head)
        number = looks.points(self.frame.places)
        for self.row, each in enumerate(members, head + 1):
            at = f"${letters(helping)}{self.row}"
            self._position(helping, head + 1, f"结果_序_{label.key}", "", self._line(each), before)
            self.put(
                column, label.name, replace(looks.CENTRE, bold=True, size=9), f'=IF({at}="","",{literal(label.name)})'
            )
            self._unit(column + 1, at, each)
            for across, word, style in ((2, "得分", number), (3, "名次", looks.CENTRE)):
                name = part_name(label.component, word)
                self._cell(column + across, at, name, self._value(f"{word}:{label.component}", each), style)
            self.heights[self.row] = 18.5
        letter = letters(column)
        self.conditionals += board_conditionals(self.frame, f"{letter}{head + 1}:{letter}{self.row}")

    def caption(self) -> None:
        """What the marks mean and how to read the bars."""
        frame = self.frame
        marks = [f"{label.mark} {label.words}" for label in frame.labels if not label.component]
        round_words = "每一级四舍五入" if frame.scheme.settings.rounding == "逐级" else "总分一次四舍五入"
        marks += [shares_words(frame)] if is_without_boards(frame) and shares_words(frame) else []
        bars = "" if is_without_boards(frame) else "失分条自 0 起，越短越好；"
        text = (
            f"{'　'.join(dict.fromkeys(marks))}　　{bars}并列名次相同，其后空出；"
            f"{round_words}到 {frame.places} 位小数。分数、名次均为公式，点单位名到“{RESULTS}”中的一行。"
        )
        self.put(1, text, looks.NOTE)
        self.heights[self.row] = 18
        self.row += 1


def _head_of(column: int) -> Style:
    return replace(looks.HEAD, align="left" if column == 10 else "center", border="" if column >= 10 else looks.BORDER)
