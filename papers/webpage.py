"""The bulletin as a page that a browser prints, where there is no office program: the same words."""

from collections.abc import Sequence
from html import escape

from papers import bulletin
from papers.blocks import Block, Heading, Paragraph, Table
from papers.bulletin import Imprint
from papers.gathering import Sheets
from papers.official import Fonts
from papers.sections import all_blocks

STYLE = """
@page {{ size: 210mm 297mm; margin: 37mm 26mm 35mm 28mm }}
@page :right {{ @bottom-right {{ content: "— " counter(page) " —"; {foot} }} }}
@page :left {{ @bottom-left {{ content: "— " counter(page) " —"; {foot} }} }}
body {{ margin: 0; font: 16pt/28.95pt "{body}"; letter-spacing: -.3pt; color: #000 }}
p, h1, h2, h3 {{ margin: 0; font-size: 16pt; font-weight: 400; text-indent: 2em; text-align: justify }}
h2, h3 {{ break-after: avoid }}
h2 {{ font-family: "{first}" }}
h3 {{ font-family: "{second}" }}
.sides {{ display: flex; justify-content: space-between; text-indent: 0 }}
.mark {{ font-family: "{first}" }}
.name {{ font: 54pt/76pt "{title}"; color: #f00; text-align: center; text-indent: 0 }}
.centre {{ text-align: center; text-indent: 0 }}
.rule {{ border-bottom: 2.25pt solid #f00; margin-bottom: 28.95pt }}
h1 {{ font: 22pt/34pt "{title}"; text-align: center; text-indent: 0 }}
.moment {{ font-family: "{second}"; text-align: center; text-indent: 0 }}
table {{ width: 100%; border-collapse: collapse; font-size: 9.5pt; line-height: 15pt; margin-bottom: 12pt }}
caption {{ font: 12pt/24pt "{first}"; break-after: avoid }}
tr {{ break-inside: avoid }}
th, td {{ border: .5pt solid #000; padding: 2pt 3pt; text-align: center; font-weight: 400 }}
th {{ font-family: "{first}" }}
td.words {{ text-align: left }}
.tail {{ break-inside: avoid; margin-top: 28.95pt; border: solid #000; border-width: 1pt 0; font-size: 14pt }}
.tail p, .copies, .note {{ font-size: 14pt; line-height: 24pt; text-indent: 1em }}
.copies {{ text-align: right }}
.note {{ font-size: 9.5pt; line-height: 15pt; text-indent: 0 }}
"""


def html(sheets: Sheets, imprint: Imprint, fonts: Fonts, note: str) -> str:
    """The whole page; raises Disagreeing where a sum of the ten days does not hold."""
    sheets.agree()
    foot = f'font: 14pt "{fonts.number}"; padding: 0 14pt'
    style = STYLE.format(foot=foot, **vars(fonts))
    parts = [*_head(sheets, imprint), *map(_block, all_blocks(sheets)), *_tail(sheets, imprint, note)]
    title = escape(f"{bulletin.NAME} {bulletin.number(sheets, imprint)}")
    head = f'<meta charset="utf-8"><title>{title}</title><style>{style}</style>'
    return f'<!doctype html><html lang="zh-CN"><head>{head}</head><body>{"".join(parts)}</body></html>'


def _head(sheets: Sheets, imprint: Imprint) -> list[str]:
    issue, centre, day = bulletin.issue(sheets, imprint), imprint.centre, bulletin.issued(sheets)
    return [
        f'<p class="sides mark"><span>内部参阅</span><span>{bulletin.mark(sheets)}</span></p>',
        f'<p class="name">{bulletin.NAME}</p><p class="centre">{escape(issue)}</p>',
        f'<p class="sides rule"><span>{escape(centre)}</span><span>{day}</span></p>',
        f"<h1>{bulletin.title(sheets).replace(chr(10), '<br>')}</h1>",
        f'<p class="moment">{escape(bulletin.moment(sheets))}</p>',
    ]


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"<h{block.level + 1}>{escape(block.text)}</h{block.level + 1}>"
    if isinstance(block, Paragraph):
        return f"<p>{escape(block.text)}</p>"
    return _table(block)


def _table(block: Table) -> str:
    whole = sum(block.widths)
    columns = "".join(f'<col style="width:{100 * width / whole:.2f}%">' for width in block.widths)
    head = "".join(f"<th>{escape(text)}</th>" for text in block.head)
    rows = "".join(f"<tr>{_cells(row, block.left)}</tr>" for row in block.rows)
    caption = f"<caption>{escape(block.title)}</caption><colgroup>{columns}</colgroup>"
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _cells(row: Sequence[str], left: Sequence[int]) -> str:
    named = (' class="words"' if place in left else "" for place, _ in enumerate(row))
    return "".join(f"<td{kind}>{escape(text)}</td>" for kind, text in zip(named, row, strict=True))


def _tail(sheets: Sheets, imprint: Imprint, note: str) -> list[str]:
    lines = "".join(f"<p>{kind}：{escape(whom)}</p>" for kind, whom in bulletin.REPORTED.items())
    return [
        f"<p>{escape(bulletin.basis(sheets))}</p>",
        f'<div class="tail">{lines}</div><p class="copies">{bulletin.copies(imprint)}</p>',
        f'<p class="note">{escape(note)}</p>',
    ]
