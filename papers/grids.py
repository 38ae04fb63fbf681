"""Tables of an official paper in Word: ruled, the heading on every page, no row broken across two."""

from typing import Any

from docx.document import Document as Paper
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell, _Row

from papers import official
from papers.blocks import Table
from papers.official import SMALL, WIDTH, Fonts

DISTANCE = Pt(15)
"""Distance of two lines in a cell."""

MARGIN = 60
"""Left and right of a cell's text, in twentieths of a point."""


def add(paper: Paper, block: Table, fonts: Fonts) -> None:
    """The table below its title, as wide as the type area."""
    title = official.spaced(paper.add_paragraph(), Pt(24))
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.keep_with_next = True
    official.write(title, block.title, fonts.first, Pt(12))
    made = paper.add_table(rows=0, cols=len(block.head), style="Table Grid")
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    scale = WIDTH / sum(block.widths)
    widths = [Mm(width * scale) for width in block.widths]
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    _margins(made._tbl.tblPr)
    for texts in (block.head, *block.rows):
        row = made.add_row()
        is_head = texts is block.head
        _whole(row, is_head)
        for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            cell.width = widths[place]
            _fill(cell, text, fonts, is_head, place in block.left)
    official.spaced(paper.add_paragraph(), Pt(12))


def _margins(properties: Any) -> None:
    margins = official.put("w:tblPr", properties, "w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(MARGIN))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)


def _whole(row: _Row, is_head: bool) -> None:
    """Never broken across two pages; a heading comes again on each."""
    properties = row._tr.get_or_add_trPr()
    for name in ("cantSplit", *(("tblHeader",) if is_head else ())):
        properties.append(OxmlElement(f"w:{name}"))


def _fill(cell: _Cell, text: str, fonts: Fonts, is_head: bool, is_words: bool) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = official.spaced(cell.paragraphs[0], DISTANCE)
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    is_left = is_words and not is_head
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if is_left else WD_ALIGN_PARAGRAPH.CENTER
    official.write(paragraph, text, fonts.first if is_head else fonts.body, SMALL)
