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
    ("dispatched", "closed", N_("Closed")),
    ("dispatched", "open", N_("Still open")),
    ("closed", "called_back", N_("Called back")),
    ("closed", "not_called", N_("Not called back yet")),
    ("called_back", "rated", N_("Rated")),
    ("called_back", "not_rated", N_("Did not rate")),
    ("rated", "satisfied", N_("Satisfied")),
    ("rated", "dissatisfied", N_("Not satisfied")),
)
QUIET = {"invalid", "with_centre", "open", "not_called", "not_rated"}
COLUMNS = {"received": 0, "valid": 0.2, "dispatched": 0.4, "closed": 0.6, "called_back": 0.8}


def flow(stages: pd.DataFrame) -> html.Section:
    """Cases received in a period and what became of them: stage, cases (of intake.funnel)."""
    cases = {row.stage: int(row.cases) for row in each(stages) if not words.absent(row.cases)}
    if not cases.get("received"):
        return panel(
            _("Nothing received"), empty(_("No case was received in this period.")), None, "funnel", "all"
        )
    amounts = with_rests(cases)
    text = _("{received} received, {dispatched} dispatched, {closed} closed")
    title = text.format(
        **{name: words.number(amounts.get(name, 0)) for name in ("received", "dispatched", "closed")}
    )
    return panel(title, sankey(amounts), _("cases"), "funnel", "all")


def with_rests(cases: Mapping[str, int]) -> dict[str, int]:
    """The stages with what stayed behind at each: the difference, never below nothing."""
    have = {
        name: cases.get(name, 0) for name in ("received", "valid", "settled_online", "dispatched", "closed")
    }
    have |= {name: cases.get(name, 0) for name in ("called_back", "rated", "satisfied")}
    rests = {
        "invalid": have["received"] - have["valid"],
        "with_centre": have["valid"] - have["settled_online"] - have["dispatched"],
        "open": have["dispatched"] - have["closed"],
        "not_called": have["closed"] - have["called_back"],
        "not_rated": have["called_back"] - have["rated"],
        "dissatisfied": have["rated"] - have["satisfied"],
    }
    return have | {name: max(amount, 0) for name, amount in rests.items()}


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
