"""The head of one case: the matter, who answers for it, its class, and its five tiles."""

from datetime import datetime
from typing import Any

import pandas as pd
from dash import html

from components import casedue, caseproof, filters, limits, words
from components.panels import files, linked
from components.terms import term
from components.tiles import tile
from components.words import _

OPEN = ("open", "due_soon", "overdue", "awaiting_dispatch", "answered")


def is_open(case: pd.Series) -> bool:
    """Whether the citizen still waits."""
    return case["state"] in OPEN


def until(case: pd.Series, as_of: datetime) -> datetime | None:
    """When the citizen's clock stopped, or the moment while it runs; None where nobody knows."""
    return as_of if is_open(case) else None if words.absent(case["closed_at"]) else case["closed_at"]


def told_only(case: pd.Series) -> pd.Series:
    """The case with None wherever the source says nothing, so that nothing is never taken for a word."""
    return case.astype(object).where(case.notna(), None)


def head(case: pd.Series, taken: tuple[str, str], whole: str | None) -> html.Div:
    """The matter on one line: cases.one; ``taken``: its steps as files; ``whole``: what it is part of."""
    case = told_only(case)
    title = _("(confidential)") if case["hidden"] else case["title"] or _("(no title)")
    told = _("{unit} leads").format(unit=case["unit"]) if case["unit"] else _("no unit named")
    facts = [case["case_id"], *(fact for fact in _facts(case) if fact)]
    line = [
        html.H1(title, className="cut"),
        html.Span(told),
        *_apart(case, whole),
        html.Span("　".join(facts), className="q cut", title="　".join(facts)),
        files(*taken),
    ]
    return html.Div(line, className="casehead all")


def _apart(case: pd.Series, whole: str | None) -> list[Any]:
    """Why the case is not counted: merged into another, or not valid."""
    if case["merged_into"]:
        return [html.Span([_("merged into"), " ", linked(case["merged_into"], whole, "n")])]
    if case["state"] == "invalid":
        return [html.Span(_("not counted: {why}").format(why=case["invalid_reason"] or words.NOTHING))]
    return []


def _facts(case: pd.Series) -> list[str]:
    deepest = case["category_3"] or case["category_2"] or case["category_1"]
    place = [term(case["area_kind"]) if case["area_kind"] else "", case["area_1"], case["area_2"]]
    return [
        term(case["nature"]) if case["nature"] else "",
        case["issue"] or "",
        deepest if deepest != case["issue"] else "",
        term(case["urgency"]),
        " ".join(part for part in place if part),
    ]


def tiles(case: pd.Series, due: pd.DataFrame, rated: pd.DataFrame, as_of: datetime) -> list[html.Section]:
    """Waited, late, sent back, passed on, and what comes next: cases.one, cases.deadline, cases.ratings."""
    case = told_only(case)
    return [
        _waited(case, as_of),
        _late(case),
        _rounds(case, rated),
        _passed(case),
        casedue.coming(due, as_of) or _ended(case),
    ]


def _waited(case: pd.Series, as_of: datetime) -> html.Section:
    end = until(case, as_of)
    span = None if end is None else end - case["received_at"]
    label = _("Citizen has waited") if is_open(case) else _("Citizen waited")
    said = _("{at} by {channel}").format(at=words.stamp(case["received_at"]), channel=case["channel"] or "—")
    return tile(label, words.age(span), "", said, measure="case_clocks")


def _late(case: pd.Series) -> html.Section:
    if words.absent(case["due_at"]) and case["stated_verdict"]:
        state = "late" if case["stated_verdict"] == "late" else None
        said = _("as the source says, without times")
        return tile(_("State"), term(case["stated_verdict"]), "", said, state=state, measure="overdue")
    if words.absent(case["due_at"]):
        return tile(_("Limit"), words.NOTHING, "", _("no limit recorded"), measure="overdue")
    limit = _("limit {at}").format(at=limits.at(case["due_at"]))
    if words.absent(case["days_late"]):
        state = filters.state_name(case["state"])
        return tile(_("State"), state, "", limit, measure="overdue")
    level = None if words.absent(case["level"]) else f"D{int(case['level'])}"
    label = _("Overdue") if case["state"] == "overdue" else _("Answered late")
    return tile(
        label, words.age(case["days_late"] * 86400), "", limit, level, state="late", measure="overdue"
    )


def _rounds(case: pd.Series, rated: pd.DataFrame) -> html.Section:
    rounds = int(case["rounds"] or 0)
    again = max(rounds - 1, 0)
    now = _("round {n}") if is_open(case) else _("{n} rounds")
    said = now.format(n=rounds) if again else _("never sent back")
    first = caseproof.first(rated) if again else None
    return tile(_("Sent back"), words.number(again), _("times"), said, first, measure="case_clocks")


def _passed(case: pd.Series) -> html.Section:
    """How often it changed hands within a round, by return or otherwise."""
    moves = max(int(case["sent"] or 0) - int(case["rounds"] or 0), 0)
    said = _("returned {returns}, extended {extensions}")
    counts = {name: words.number(case[name]) for name in ("returns", "extensions")}
    return tile(_("Passed on"), words.number(moves), _("times"), said.format(**counts), measure="case_clocks")


def _ended(case: pd.Series) -> html.Section:
    """Nothing runs any more: how it ended."""
    state, closed = filters.state_name(case["state"]), case["closed_at"]
    if is_open(case):
        return casedue.wide(
            tile(_("Next limit"), words.NOTHING, "", _("no limit runs"), measure="next_limit")
        )
    if case["state"] == "merged":
        said = _("its limits run in the case it is merged into")
        return casedue.wide(tile(_("State"), state, "", said, measure="next_limit"))
    if case["state"] == "invalid":
        why = case["invalid_reason"] or words.NOTHING
        return casedue.wide(tile(_("State"), state, "", why, measure="next_limit"))
    if words.absent(closed):
        return casedue.wide(tile(_("State"), state, "", _("nobody recorded when"), measure="next_limit"))
    off = case["signed_off_at"]
    signed = None if words.absent(off) else _("signed off {at}").format(at=words.stamp(off))
    return casedue.wide(tile(_("Closed"), words.stamp(closed), "", state, signed, measure="next_limit"))
