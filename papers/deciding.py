"""What the meeting handed out, and what is still only proposed: the candidates as the clerk recorded them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time
from typing import Any

import pandas as pd

from papers.figures import each
from queries import cases, names
from queries.arguments import Scope
from queries.meetings_known import around
from queries.meetings_pack import Pack
from queries.meetings_shown import unnamed
from records.decisions import Decision
from rules import masking
from rules.words import ItemGroup

STATED = ("lead_unit_id", "assist_unit_ids", "pledge", "due")
"""What has a state of its own: a matter is decided when all of these are."""

BACK = "back "
"""Begins the key of an item that is looked back at: it was decided before, and may be decided anew."""

LONGEST_KEY = 64
"""Signs that the board's own database keeps of a key."""

COLUMNS = [
    *("key", "case_id", "item_group", "title", "hidden", "reasons", "lead_unit", "assist_units"),
    *("owner_post", "pledge", "due_at", "is_back", "is_decided"),
]

Row = dict[str, Any]


def is_decided(one: Decision) -> bool:
    """Whether nothing of it is open; of an item looked back at, nothing of what was said anew."""
    wanted = one.states if one.key.startswith(BACK) else STATED
    stands = bool(one.states) and not one.removed_reason
    return stands and all(one.states.get(name) == "decided" for name in wanted)


def matters(
    pack: Pack, said: Sequence[Decision], candidates: pd.DataFrame, back: pd.DataFrame
) -> pd.DataFrame:
    """Each matter once, in the meeting's order; what the clerk took off is not among them.

    Columns: key, case_id (empty: none), item_group, title (masked; empty where ``hidden``), hidden, reasons
    (JSON, see items.why), lead_unit, assist_units (names joined by 、), owner_post, pledge (masked), due_at
    (proposed: the next meeting), is_back (an item of the last meetings), is_decided. Of items looked back at
    only those decided anew are here.
    """
    known = {one.key: one for one in said}
    rows = [*_proposed(pack, candidates, known), *_again(back, known)]
    veiled = unnamed(str(row["case_id"]) for row in rows)
    units = dict(names.units()[["code", "name"]].itertuples(index=False, name=None)) if said else {}
    drawn = [_merged(row, known.get(row["key"]), units, veiled) for row in rows]
    table = pd.DataFrame(_ordered(drawn, known), columns=COLUMNS)
    return table.astype({"due_at": "datetime64[us]", "hidden": bool, "is_back": bool, "is_decided": bool})


def _proposed(pack: Pack, table: pd.DataFrame, known: Mapping[str, Decision]) -> Iterator[Row]:
    """The candidates that stand, then what the clerk added."""
    after = around(datetime.combine(pack.meeting.actual, time()))[1]
    due = datetime.combine(after.actual, time()) if after else None
    taken = set()
    for row in each(table):
        key = row.case_id or f"item {row.item_id}"[:LONGEST_KEY]
        taken.add(key)
        yield _row(key, row, due, row.reasons)
    for one in known.values():
        if (one.case_id or one.title) and one.key not in taken and not one.key.startswith(BACK):
            yield _added(pack, one, due)


def _row(key: str, row: Any, due: Any, reasons: str, owner: str = "", pledge: str = "") -> Row:
    return {
        "key": key, "case_id": row.case_id or "", "item_group": row.item_group, "title": row.title,
        "hidden": bool(row.hidden), "reasons": reasons, "lead_unit": row.lead_unit or "",
        "assist_units": row.assist_units or "", "owner_post": owner, "pledge": pledge, "due_at": due,
        "is_back": key.startswith(BACK),
    }  # fmt: skip


def _added(pack: Pack, one: Decision, due: datetime | None) -> Row:
    """A matter that only the records know; its case may have come after the cutoff."""
    there = Scope(datetime.combine(pack.meeting.actual, time.max), case=one.case_id)
    found = cases.one(there) if one.case_id else None
    title = "" if found is None else str(found["title"].iloc[0])
    blank = dict.fromkeys(("reasons", "lead_unit", "assist_units", "owner_post", "pledge"), "")
    head = {"key": one.key, "case_id": one.case_id or "", "item_group": ItemGroup.ASSIGNMENT.value}
    return {**head, **blank, "title": title, "hidden": False, "due_at": due, "is_back": False}


def _again(table: pd.DataFrame, known: Mapping[str, Decision]) -> Iterator[Row]:
    """Items looked back at of which something was decided anew."""
    for row in each(table):
        key = f"{BACK}{row.item_id}"[:LONGEST_KEY]
        if key in known and is_decided(known[key]):
            yield _row(key, row, row.due_at, "", row.owner_post or "", row.pledge or "")


def _merged(row: Row, said: Decision | None, units: Mapping[str, str], veiled: frozenset[str]) -> Row:
    """What the clerk said in place of what is proposed."""
    told: Row = {"is_decided": said is not None and is_decided(said)}
    if said is not None:
        named = {name: getattr(said, name) for name in ("item_group", "owner_post", "pledge", "title")}
        told |= {name: masking.mask(value) for name, value in named.items() if value is not None}
        told |= {"due_at": said.due} if said.due is not None else {}
        told |= _led(said, units)
    hidden = row["hidden"] or row["case_id"] in veiled
    return {**row, **told, "hidden": hidden, **({"title": ""} if hidden else {})}


def _led(said: Decision, units: Mapping[str, str]) -> Row:
    """Units by name."""
    told: Row = {}
    if said.lead_unit_id is not None:
        told["lead_unit"] = units.get(said.lead_unit_id, said.lead_unit_id)
    if said.assist_unit_ids is not None:
        told["assist_units"] = "、".join(units.get(code, code) for code in said.assist_unit_ids)
    return told


def _ordered(rows: list[Row], known: Mapping[str, Decision]) -> list[Row]:
    """By group, first as the records have it, then as proposed; items looked back at last."""
    groups = [ItemGroup.SUPERVISION.value, ItemGroup.ASSIGNMENT.value, ItemGroup.CONSULTATION.value]

    def place(row: Row) -> tuple[Any, ...]:
        said = known.get(row["key"])
        kept = said.place if said else None
        group = groups.index(row["item_group"]) if row["item_group"] in groups else len(groups)
        return row["is_back"], group, kept is None, kept or 0

    standing = [row for row in rows if row["key"] not in known or not known[row["key"]].removed_reason]
    return sorted(standing, key=place)
