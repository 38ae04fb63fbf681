"""One case: its head, its clocks as tiles, the citizen's words, and what belongs to the same matter."""

from datetime import datetime
from typing import Any

import pandas as pd
from dash import html

from components import filters, words
from components.panels import empty, linked, panel
from components.records import each
from components.terms import term
from components.tiles import tile
from components.words import _

OPEN = ("open", "due_soon", "overdue", "awaiting_dispatch", "answered")
LISTED = 6


def is_open(case: pd.Series) -> bool:
    """Whether the citizen still waits."""
    return case["state"] in OPEN


def until(case: pd.Series, as_of: datetime) -> datetime | None:
    """When the citizen's clock stopped, or the moment while it runs; None where nobody knows."""
    return as_of if is_open(case) else None if words.absent(case["closed_at"]) else case["closed_at"]


def told_only(case: pd.Series) -> pd.Series:
    """The case with None wherever the source says nothing, so that nothing is never taken for a word."""
    return case.astype(object).where(case.notna(), None)


def head(case: pd.Series, file: str, as_of: datetime) -> list:
    """The matter, who answers for it, its class; then five tiles."""
    case = told_only(case)
    title = _("(confidential)") if case["hidden"] else case["title"] or _("(no title)")
    told = _("{unit} leads").format(unit=case["unit"]) if case["unit"] else _("no unit named")
    facts = [case["case_id"], *(fact for fact in _facts(case) if fact)]
    line = [
        html.H1(title, className="cut"),
        html.Span(told),
        html.Span("　".join(facts), className="q cut"),
        html.A(_("as CSV"), href=file, className="btn"),
    ]
    return [html.Div(line, className="casehead all"), *_tiles(case, as_of)]


def _facts(case: pd.Series) -> list[str]:
    levels = [case[f"category_{level}"] for level in (1, 2, 3)]
    place = [term(case["area_kind"]) if case["area_kind"] else "", case["area_1"], case["area_2"]]
    return [
        term(case["nature"]) if case["nature"] else "",
        case["channel"],
        case["issue"] or "",
        " › ".join(level for level in levels if level),
        term(case["urgency"]),
        " ".join(part for part in place if part),
    ]


def _tiles(case: pd.Series, as_of: datetime) -> list[html.Section]:
    return [_waited(case, as_of), _late(case), _rounds(case), _passed(case), _next(case)]


def _waited(case: pd.Series, as_of: datetime) -> html.Section:
    end = until(case, as_of)
    span = None if end is None else end - case["received_at"]
    label = _("Citizen has waited") if is_open(case) else _("Citizen waited")
    said = _("{at} by {channel}").format(at=words.stamp(case["received_at"]), channel=case["channel"] or "—")
    return tile(label, words.age(span), "", said, measure="case_clocks")


def _late(case: pd.Series) -> html.Section:
    if words.absent(case["due_at"]):
        return tile(_("Limit"), words.NOTHING, "", _("no limit recorded"), measure="overdue")
    limit = _("limit {at}").format(at=words.stamp(case["due_at"]))
    if words.absent(case["days_late"]):
        state = filters.state_name(case["state"])
        return tile(_("State"), state, "", limit, measure="overdue")
    level = None if words.absent(case["level"]) else f"D{int(case['level'])}"
    return tile(
        _("Overdue"), words.age(case["days_late"] * 86400), "", limit, level, state="late", measure="overdue"
    )


def _rounds(case: pd.Series) -> html.Section:
    again = max(int(case["rounds"] or 0) - 1, 0)
    said = _("now round {n}").format(n=int(case["rounds"])) if again else _("never sent back")
    return tile(_("Sent back"), words.number(again), _("times"), said, measure="case_clocks")


def _passed(case: pd.Series) -> html.Section:
    said = _("extended {n}").format(n=words.number(case["extensions"]))
    return tile(_("Returned"), words.number(case["returns"]), _("times"), said, measure="case_clocks")


def _next(case: pd.Series) -> html.Section:
    """The earliest moment that will change something, and what happens then."""
    if not is_open(case):
        closed = case["closed_at"]
        label = _("Closed") if not words.absent(closed) else filters.state_name(case["state"])
        return _wide(
            tile(label, words.stamp(closed), "", filters.state_name(case["state"]), measure="case_clocks")
        )
    if case["state"] == "awaiting_dispatch":
        return _wide(tile(_("Next"), _("to be dispatched"), "", _("with the centre"), measure="case_clocks"))
    late = case["state"] == "overdue"
    said = _("limit passed: the unit answers, the centre supervises") if late else _("then it is overdue")
    state = "soon" if case["state"] == "due_soon" else None
    return _wide(
        tile(_("Next limit"), words.stamp(case["due_at"]), "", said, state=state, measure="case_clocks")
    )


def _wide(made: Any) -> html.Section:
    made.className = f"{made.className} two"
    return made


def aside(
    case: pd.Series, holding: Any, siblings: pd.DataFrame, earlier: pd.DataFrame, list_href: Any
) -> html.Div:
    """The citizen's words (masked), in whose hands, the same event, the same person's earlier cases."""
    return html.Div(
        [
            told(case),
            holding,
            _cases(_("Same event, other people"), siblings, list_href),
            _cases(_("Same person, same matter"), earlier, list_href),
        ],
        className="stack two",
    )


def told(case: pd.Series) -> html.Section:
    """The citizen's words and the answer; hidden where the matter is confidential."""
    case = told_only(case)
    note = _("persons are masked")
    if case["hidden"]:
        sentence = _("{kind}: only the kind is shown.").format(kind=term(case["confidentiality"]))
        return panel(_("The request"), empty(sentence), None)
    pieces: list[Any] = [html.P(case["body"] or _("No text is recorded."), className="said")]
    if case["place"]:
        pieces.append(html.P(case["place"], className="note"))
    if case["reply"]:
        pieces += [html.H3(_("The answer")), html.P(case["reply"], className="said")]
    return panel(_("The request"), pieces, note)


def _cases(title: str, found: pd.DataFrame, href: Any) -> html.Section:
    """Other cases of the matter, newest first; none is said in words."""
    if found.empty:
        return panel(title, empty(_("None known.")), None)
    listed = [
        html.Li(
            [
                linked(_("(confidential)") if item.hidden else item.title, href(item), "cut"),
                html.Span(f"{item.received_at:%Y-%m-%d}", className="q"),
                html.Span(filters.state_name(item.state), className="note r"),
            ]
        )
        for item in each(found.head(LISTED))
    ]
    more = len(found) - LISTED
    foot = _("{n} more not listed").format(n=more) if more > 0 else None
    return panel(title, html.Ul(listed, className="alike"), _("{n} cases").format(n=len(found)), foot=foot)
