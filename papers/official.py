"""The form of an official paper (GB/T 9704-2012) in Word: page, 22 × 28 grid, fonts, page numbers."""

from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

RED, BLACK = RGBColor(0xFF, 0, 0), RGBColor(0, 0, 0)

LINES, LETTERS = 22, 28
"""Lines of a page, characters of a line."""

TOP, LEFT, WIDTH, HEIGHT = 37, 28, 156, 225
"""Margins and type area, in millimetres."""

BODY, TITLE, FOOT, SMALL = Pt(16), Pt(22), Pt(14), Pt(9.5)
"""三号、二号、四号, and the cells of a table."""

LINE = Pt(28.95)
"""Distance of two lines: 22 of them fill the type area."""

GRID = {"linePitch": "579", "charSpace": "-849"}
"""The grid in twentieths of a point (line) and 4096ths (how much narrower than 16 points a character is)."""

TIGHTER = "-6"
"""Twentieths of a point taken off between characters, so that 28 fit. Office programs snap to the grid in
different ways (LibreOffice gives a character of 16 points two places of 15.8): the text keeps it itself."""


@dataclass(frozen=True)
class Fonts:
    """Faces by their role: 小标宋、仿宋、黑体、楷体、宋体."""

    title: str = "方正小标宋简体"
    body: str = "仿宋_GB2312"
    first: str = "黑体"
    second: str = "楷体_GB2312"
    number: str = "宋体"


def paper(fonts: Fonts) -> Paper:
    """An empty A4 paper with grid, styles and page numbers."""
    made = Document()
    _page(made)
    _style(made.styles["Normal"], fonts.body, BODY)
    for level, face in enumerate((fonts.first, fonts.second, fonts.body), 1):
        _style(made.styles[f"Heading {level}"], face, BODY)
    _language(made)
    made.settings.odd_and_even_pages_header_footer = True
    section = made.sections[0]
    _page_number(section.footer.paragraphs[0], fonts, WD_ALIGN_PARAGRAPH.RIGHT)
    _page_number(section.even_page_footer.paragraphs[0], fonts, WD_ALIGN_PARAGRAPH.LEFT)
    return made


def _page(made: Paper) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.left_margin = Mm(TOP), Mm(LEFT)
    section.right_margin, section.bottom_margin = Mm(210 - LEFT - WIDTH), Mm(297 - TOP - HEIGHT)
    section.header_distance, section.footer_distance = Mm(15), Mm(23)
    grid = section._sectPr.find(qn("w:docGrid"))  # python-docx has no name for the grid
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    for name, value in {"type": "linesAndChars", **GRID}.items():
        grid.set(qn(f"w:{name}"), value)


def _language(made: Paper) -> None:
    """Chinese as written on the mainland: a face of many regions shows other shapes otherwise."""
    for language in made.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def _style(style: ParagraphStyle, face: str, size: Pt) -> None:
    """A style in this face, black, upright, on the lines of the grid."""
    style.font.size, style.font.bold, style.font.italic = size, False, False
    style.font.color.rgb = BLACK
    _face(style.element.get_or_add_rPr(), face)
    form = style.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    form.widow_control = form.keep_with_next = False
    for part in ("w:snapToGrid", "w:autoSpaceDN", "w:autoSpaceDE", "w:overflowPunct"):
        put("w:pPr", style.element.get_or_add_pPr(), part, val="0")
    if style.name.startswith("Heading"):
        form.keep_with_next = True


ORDER = {
    "w:pPr": (
        *("w:pBdr", "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct"),
        *("w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid"),
        *("w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc"),
        *("w:textDirection", "w:textAlignment", "w:outlineLvl", "w:rPr", "w:sectPr"),
    ),
    "w:rPr": (
        *("w:spacing", "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u", "w:effect"),
        *("w:bdr", "w:shd", "w:fitText", "w:vertAlign", "w:rtl", "w:cs", "w:em", "w:lang"),
    ),
    "w:tblPr": ("w:tblCellMar", "w:tblLook"),
}
"""In which order Word wants the parts of a property; it refuses a file that has them otherwise."""


def put(owner: str, properties: Any, name: str, **told: str) -> Any:
    """A part of the properties (``owner`` is their tag) in its place; returns it."""
    part = OxmlElement(name)
    for attribute, value in told.items():
        part.set(qn(f"w:{attribute}"), value)
    order = ORDER[owner]
    properties.insert_element_before(part, *order[order.index(name) + 1 :])
    return part


def _face(properties: Any, face: str) -> None:
    """The face for every script: without ``eastAsia`` Word would take its own for Chinese."""
    known = properties.find(qn("w:rFonts"))
    if known is not None:
        properties.remove(known)
    fonts = OxmlElement("w:rFonts")
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), face)
    properties.insert(0, fonts)


def write(
    paragraph: Paragraph, text: str, face: str, size: Pt = BODY, colour: RGBColor = BLACK, bold: bool = False
) -> None:
    """Add text in a face of its own."""
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb, run.font.bold = size, colour, bold
    properties = run._element.get_or_add_rPr()
    _face(properties, face)
    if size == BODY:
        put("w:rPr", properties, "w:spacing", val=TIGHTER)


def indent(paragraph: Paragraph, letters: int = 2) -> None:
    """The first line so many characters in, whatever their size."""
    properties = paragraph._p.get_or_add_pPr()
    own = properties.get_or_add_ind()
    own.set(qn("w:firstLineChars"), str(100 * letters))
    own.set(qn("w:firstLine"), str(round(letters * BODY.pt * 20)))


def rule(paragraph: Paragraph, side: str, colour: str, eighths: int) -> None:
    """A rule across the type area above (``top``) or below (``bottom``) a paragraph."""
    borders = put("w:pPr", paragraph._p.get_or_add_pPr(), "w:pBdr")
    line = OxmlElement(f"w:{side}")
    for name, value in {"val": "single", "sz": str(eighths), "space": "6", "color": colour}.items():
        line.set(qn(f"w:{name}"), value)
    borders.append(line)


def spaced(paragraph: Paragraph, distance: Pt) -> Paragraph:
    """The paragraph with lines so far apart."""
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = distance
    return paragraph


def _page_number(paragraph: Paragraph, fonts: Fonts, side: WD_ALIGN_PARAGRAPH) -> None:
    """``— 1 —`` on the outer side, one character in."""
    paragraph.alignment = side
    if side == WD_ALIGN_PARAGRAPH.RIGHT:
        paragraph.paragraph_format.right_indent = FOOT
    else:
        paragraph.paragraph_format.left_indent = FOOT
    write(paragraph, "— ", fonts.number, FOOT)
    write(paragraph, "", fonts.number, FOOT)
    for kind, text in (("begin", ""), ("", " PAGE "), ("end", "")):
        paragraph.runs[-1]._element.append(_field(kind, text))
    write(paragraph, " —", fonts.number, FOOT)


def _field(kind: str, text: str) -> Any:
    if kind:
        part = OxmlElement("w:fldChar")
        part.set(qn("w:fldCharType"), kind)
        return part
    part = OxmlElement("w:instrText")
    part.set(qn("xml:space"), "preserve")
    part.text = text
    return part
