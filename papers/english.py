"""The summary in English, a page of its own behind the bulletin, on demand."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from docx.document import Document as Paper

from papers import official
from papers.figures import plain
from papers.gathering import Sheets
from papers.items import of_all

FACE = "Times New Roman"


def summary(sheets: Sheets) -> list[str]:
    """The sentence of the bulletin and what came of the last meeting, in English."""
    f, since = sheets.figures, sheets.since
    leading = f", of them {f['issue_count']} about {f['issue']}" if f["issue"] else ""
    waiting = f", and {f['waiting']} were waiting to be sent" if f["waiting"] else ""
    torn = (
        [f"The data stop at {sheets.stopped_at:%d %B %Y, %H:%M}: what came later is not counted."]
        if sheets.stopped_at
        else []
    )
    return [
        *torn,
        f"Since {since:%d %B %Y} the centre received {f['total']} requests{leading}: {f['calls']} calls, "
        f"{f['sms']} text messages and {f['others']} by other channels. {f['valid']} were valid: "
        f"{f['online']} were settled by the centre itself, {f['dispatched']} were sent to units{waiting}.",
        f"{f['closed']} tickets were closed and {f['in_hand']} are in hand; {f['carried']} of them were "
        f"carried into the period. On time: {_rate(f, 'on_time')} of those due; satisfied: "
        f"{_rate(f, 'satisfied')} of those who gave a rating.",
        _all_items(of_all(sheets)),
    ]


def _all_items(items: Mapping[str, Any]) -> str:
    """What came of all that meetings assigned, as far as the source records it."""
    said = f"Meetings have assigned {items['assigned']} items in all; "
    closed, signed = items["closed"], items["signed_off"]
    if pd.isna(closed) and pd.isna(signed):
        return said + "the source records neither which are done nor which are signed off."
    if pd.isna(closed):
        return said + f"{signed} are signed off; the source does not record which are done."
    if pd.isna(signed):
        return said + f"{closed} are done; the source does not record which are signed off."
    return said + f"{closed} are done and {signed} signed off."


def _rate(figures: dict, name: str) -> str:
    k, n = figures[f"{name}_k"], figures[f"{name}_n"]
    return f"{plain(100 * k / n)} % (n = {n})" if pd.notna(n) and n else "— (no cases)"


def page(paper: Paper, sheets: Sheets) -> None:
    """The summary on a page of its own."""
    paper.add_page_break()
    official.write(paper.add_paragraph(), "Summary", FACE, official.TITLE)
    for text in summary(sheets):
        official.write(paper.add_paragraph(), text, FACE)
