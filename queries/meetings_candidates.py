"""What the next meeting should hand out: prepared by hand or proposed, ranked, with reasons and units."""

from collections.abc import Iterator, Mapping
from typing import Any

import orjson
import pandas as pd
from sqlalchemy import Select, select

from queries.arguments import Scope
from queries.cache import cached
from queries.database import read
from queries.door import question
from queries.holding import CASE
from queries.meetings_entries import chosen
from queries.meetings_grounds import assigned, grounds
from queries.meetings_leads import Proposal, proposals
from queries.names import areas, at_level, categories, named, unit_names, units
from queries.overdue_sets import next_cutoff
from queries.overdue_standing import standing
from queries.picked import picked
from queries.texts import veiled
from rules import candidates as rule
from rules.rulebook import load

ABOUT = ("case_id", "category_id", "issue", "area_id", "area_kind", "needs_lead")
"""What a proposal of units wants to know of a case."""

COLUMNS = [
    *("case_id", "item_id", "title", "hidden", "category", "issue", "area", "item_group", "place", "reasons"),
    *("rule", "is_prepared", "lead_unit_id", "lead_unit", "lead_basis", "led", "led_well"),
    *("assist_unit_ids", "assist_units", "matter", "waits", "severity", "received_at", "others"),
]

OF_CASE = (
    "case_id",
    "title",
    "confidentiality",
    "category_id",
    "issue",
    "area_id",
    "area_kind",
    "received_at",
)


@question
@cached
def candidates(scope: Scope) -> pd.DataFrame:
    """What to hand out at the meeting that the period goes before: 督办, then 交办, then 会商.

    A matter whose item is signed off, and that nobody brought again, is none, though its case be open.
    In each group first what was prepared by hand, in its own order, then what the rules propose, the
    strongest reason first; no matter twice. As many as meeting.candidates has, all that were prepared and
    the strongest of the others, unless ``limit`` says otherwise.

    Columns: case_id (empty: none is behind it), item_id (empty: proposed), title (masked; empty where
    ``hidden``), hidden, category, issue, area (town), item_group (supervision | assignment | consultation),
    place (in its group, from 1), reasons (JSON: codes with numbers, the strongest first, at most two), rule
    (what put it on the ladder), is_prepared, lead_unit_id, lead_unit, lead_basis (prepared | item: leads the
    item past its promise | holder: has the case and is late | handled: such matters before; empty: none
    found), led and led_well (such cases led to their end, and well; of handled), assist_unit_ids (joined by
    commas), assist_units, matter, waits (no lead found), severity, received_at, others (how many more).
    """
    ranked = chosen(scope)
    most = scope.limit or max(load().meeting.candidates, int(ranked["is_prepared"].sum()))
    shown = ranked.iloc[scope.offset : scope.offset + most]
    table = _told(scope, shown.assign(others=max(len(ranked) - scope.offset - len(shown), 0)))
    order = table["item_group"].map(rule.GROUPS.index)
    grouped = table.assign(order=order).sort_values("order", kind="stable")
    return grouped.assign(place=grouped.groupby("item_group").cumcount() + 1)[COLUMNS].reset_index(drop=True)


def _members(scope: Scope) -> set[str]:
    """Every open case whose matter is a candidate."""
    rows, known = grounds(scope.as_of), chosen(scope)
    own = rows["matter"].isin(rows["matter"][rows["case_id"].isin(known["case_id"])])
    return {*rows["case_id"][own]}


def _settled(scope: Scope) -> set[str]:
    """Open cases whose item is signed off and not open again."""
    items = assigned(scope)
    return {*items["case_id"][items["is_settled"]]}


def _told(scope: Scope, chosen: pd.DataFrame) -> pd.DataFrame:
    """The chosen with what is said of them: titles, kinds, places, and who should take them."""
    facts = veiled(read(_facts(chosen["case_id"])), ["title"]).rename(
        columns={"title": "own", "hidden": "veil"}
    )
    rows = chosen.merge(facts, on="case_id", how="left")
    texts = {name: rows[name].fillna("") for name in ("own", "category_id", "issue", "area_id", "area_kind")}
    rows = _with_units(scope, rows.assign(**texts))
    town = at_level(rows["area_id"], areas(), 1)
    return rows.assign(
        title=rows["title"].where(rows["title"] != "", rows["own"].mask(rows["hidden"].eq(True), "")),
        hidden=rows["hidden"].fillna(rows["veil"]).fillna(False).astype("bool"),
        issue=rows["item_issue"].where(rows["item_issue"] != "", rows["issue"]),
        category=named(rows["category_id"], categories()),
        area=named(town, areas()),
        reasons=[orjson.dumps(why[: rule.SHOWN]).decode() for why in rows["why"]],
    )


def _facts(codes: pd.Series) -> Select:
    return select(*(CASE.c[name] for name in OF_CASE)).where(picked(CASE.c.case_id, codes))


def _with_units(scope: Scope, rows: pd.DataFrame) -> pd.DataFrame:
    """Lead and assisting units: those named already, else those who handled such matters before."""
    lacking = (rows["lead_unit_id"] == "") | (rows["assist_unit_ids"] == "")
    asked = rows.assign(needs_lead=rows["lead_unit_id"] == "")
    about = asked[lacking & (rows["case_id"] != "")]
    found = proposals(scope.as_of, about[[*ABOUT]])
    known = dict(units().to_numpy().tolist())
    made = [_units(row, found.get(row.case_id, Proposal()), known) for row in _each(rows)]
    names = ["lead_unit_id", "lead_unit", "lead_basis", "led", "led_well", "assist_unit_ids", "assist_units"]
    table = pd.DataFrame(made, columns=names, index=rows.index).astype({"led": "Int64", "led_well": "Int64"})
    return rows.drop(columns=names, errors="ignore").join(table).assign(waits=table["lead_unit_id"] == "")


def _each(table: pd.DataFrame) -> Iterator[Any]:
    yield from table.itertuples()


def _units(row: Any, offered: Proposal, known: Mapping[str, str]) -> tuple[Any, ...]:
    """A unit that nobody knows is called by its code."""
    lead, basis = row.lead_unit_id, row.lead_basis
    if not lead and offered.lead:
        lead, basis = offered.lead, "handled"
    is_learnt = basis == "handled" and lead == offered.lead
    given = [code.strip() for code in row.assist_unit_ids.split(",") if code.strip()]
    helping = [code for code in given or offered.assists if code != lead]
    led, well = (offered.led, offered.well) if is_learnt else (None, None)
    said = "、".join(known.get(code, code) for code in helping)
    return lead, known.get(lead, lead), basis, led, well, ",".join(helping), said


@question
@cached
def joining(scope: Scope) -> pd.DataFrame:
    """Cases that time alone will add at the cutoff where they are not settled (D3 → D4), the gravest first.

    Columns: case_id, title (masked; empty where ``hidden``), hidden, unit_id, unit (the holder). None once
    the figures have closed, none that is a candidate already, and none whose item is signed off.
    """
    ahead = standing(scope.as_of)
    cutoff = scope.end or next_cutoff(scope.as_of)
    raised = (ahead["next_level"] == rule.AT_MEETING).fillna(False) & (
        ahead["next_at"] <= (cutoff or scope.as_of)
    )
    rows = ahead[raised][["case_id", "unit_id", "severity"]]
    rows = rows[~rows["case_id"].isin(_members(scope) | _settled(scope))]
    shown = rows.merge(veiled(read(_facts(rows["case_id"])), ["title"]), on="case_id")
    ordered = shown.sort_values(["severity", "case_id"], ascending=[False, True]).reset_index(drop=True)
    return ordered.assign(unit=unit_names(ordered["unit_id"]))[
        ["case_id", "title", "hidden", "unit_id", "unit"]
    ]
