"""Where the cases of a period went, as a Sankey: each split with its numbers beside it."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from dash import html

from components import charts, words
from components.panels import empty, panel
from components.records import each
from components.words import N_, _

# Each stage flows from the one it is a share of; what did not go on is named too, so that sums hold.
FLOWS = (
    ("received", "valid", N_("Valid")),
    ("received", "invalid", N_("Not valid")),
    ("valid", "settled_online", N_("Settled by the centre")),
    ("valid", "dispatched", N_("Dispatched")),
    ("valid", "with_centre", N_("Still with the centre")),
    ("dispatched", "answered", N_("Done by the unit")),
    ("dispatched", "not_done", N_("Not done yet")),
    ("answered", "called_back", N_("Called back")),
    ("answered", "not_called", N_("Not called back yet")),
    ("called_back", "reached", N_("Reached")),
    ("called_back", "not_reached", N_("Not reached")),
    ("reached", "rated", N_("Rated")),
    ("reached", "not_rated", N_("Did not rate")),
    ("rated", "satisfied", N_("Satisfied")),
    ("rated", "dissatisfied", N_("Not satisfied")),
)
QUIET = {"invalid", "with_centre", "not_done", "not_called", "not_reached", "not_rated"}


def flow(stages: pd.DataFrame) -> html.Section:
    """Cases received in a period and what became of them: stage, cases (of intake.funnel)."""
    cases = {row.stage: int(row.cases) for row in each(stages) if not words.absent(row.cases)}
    if not cases.get("received"):
        return panel(
            _("Nothing received"), empty(_("No case was received in this period.")), None, "funnel", "all"
        )
    amounts = with_rests(cases)
    if not cases.get("called_back"):
        amounts.pop("not_called")  # nobody called back yet: the picture ends with the units' answers
    text = _("{received} received, {dispatched} dispatched, {answered} of them done")
    title = text.format(
        **{name: words.number(amounts.get(name, 0)) for name in ("received", "dispatched", "answered")}
    )
    return panel(title, sankey(amounts), _("cases"), "funnel", "all")


def with_rests(cases: Mapping[str, int]) -> dict[str, int]:
    """The stages with what stayed behind at each: what did not go on, never below nothing."""
    rests = {"invalid": "received", "with_centre": "valid", "not_done": "dispatched"}
    rests |= {
        "not_called": "answered",
        "not_reached": "called_back",
        "not_rated": "reached",
        "dissatisfied": "rated",
    }
    went_on = {start: 0 for start, _to, _label in FLOWS}
    for start, to, _label in FLOWS:
        went_on[start] += cases.get(to, 0)
    left = {rest: max(cases.get(start, 0) - went_on[start], 0) for rest, start in rests.items()}
    return dict(cases) | left


def sankey(amounts: Mapping[str, int]) -> Any:
    """The picture; a stage nothing reached is left out."""
    shown = [flow for flow in FLOWS if amounts.get(flow[1], 0)]
    names = ["received", *(to for _from, to, _label in shown)]
    labels = {"received": _("Received"), **{to: _(label) for _from, to, label in shown}}
    node = {
        "label": [f"{labels[name]} {words.number(amounts[name])}" for name in names],
        "color": [charts.colour(_role(name)) for name in names],
        "pad": 24, "thickness": 12, "line": {"width": 0}, "hoverinfo": "skip",
    }  # fmt: skip
    link = {
        "source": [names.index(start) for start, _to, _label in shown],
        "target": [names.index(to) for _from, to, _label in shown],
        "value": [amounts[to] for _from, to, _label in shown],
        "color": charts.colour("band"), "hoverinfo": "skip",
    }  # fmt: skip
    trace = {"type": "sankey", "node": node, "link": link, "arrangement": "snap"}
    return charts.graph([trace], "22rem", margin={"l": 4, "r": 4, "t": 16, "b": 16})


def _role(name: str) -> str:
    if name == "satisfied":
        return "kept"
    return "line-strong" if name in QUIET else "plain-dim"
