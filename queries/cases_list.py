"""Cases as rows of a list: whose they are, in which state at the moment, how late."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pandas as pd
from sqlalchemy import ColumnElement, Select, UnaryExpression, func, select
from sqlalchemy import case as when

from casedb.tables import escalations
from queries.arguments import Scope, refuse
from queries.cache import cached
from queries.cases_events import TEXTS, happened, told
from queries.database import read
from queries.definitions import ALL, among, count_cases, select_events, within_set
from queries.door import question
from queries.events import Event
from queries.holding import CASE, HELD, answered_at, due, unindexed
from queries.names import areas, categories, channels, named, unit_names
from queries.overdue_sets import SUPERVISED
from queries.overdue_standing import levels
from queries.texts import veiled

ROWS = 200
"""Rows of a list unless told otherwise."""

SOON = timedelta(hours=48)
"""A limit nearer than this is nearly due (临期)."""

ENDED = ("merged", "invalid", "settled_online", "closed")
"""States of cases that no ladder has."""

BY_DUE = ("overdue", "open_overdue", "due_24h", "due_48h", *(name for name, _, _ in SUPERVISED))
"""Sets read by their limit first; all others newest first."""

COLUMNS = [
    *("case_id", "title", "unit_id", "unit", "channel", "category", "issue", "area"),
    *("received_at", "due_at", "closed_at", "state", "days_late", "level", "hidden"),
]


@question
@cached
def list(scope: Scope) -> pd.DataFrame:
    """Cases of ``scope.set`` (all received unless told) within period and filters; 200 rows unless told.

    A set of events (`events.EVENTS`) has a row an event: a case twice where it happened twice. Its unit is
    the one the event is about, and columns of its own follow: of calls called_at, rating, resolved, reason,
    source; of assignments dispatched_at, signed_at, reported_at, round; of exclusions ground, proposed_at,
    approved_at, rejected_at.

    Columns: case_id, title (masked; empty where ``hidden``), unit_id, unit, channel, category, issue, area
    (names), received_at, due_at (limit in force), closed_at, state (see `states`), days_late (days past the
    limit, open or closed; empty: not late or not known), level (its rung of the ladder; of a case that is
    not open the highest act recorded; empty: none), hidden.
    """
    chosen = ALL[scope.set or "received"]
    order = (*_order(scope), CASE.c.case_id)
    if isinstance(chosen, Event):
        read_too = happened(chosen, scope.as_of).values()
        wanted = (*columns(scope.as_of, chosen.kind.unit()), *read_too)
        events = select_events(scope, chosen, *wanted).order_by(*order)
        cut = events.limit(scope.limit or ROWS).offset(scope.offset)
        return listed(cut, scope.as_of, told(scope.set))
    picked = within_set(scope, [CASE.c.case_id], chosen, chosen.join or "outer").order_by(*order)
    cut = picked.limit(scope.limit or ROWS).offset(scope.offset)
    return listed(among(scope, columns(scope.as_of), cut).order_by(*order), scope.as_of)


@question
@cached
def count(scope: Scope) -> pd.DataFrame:
    """How many cases `list` has in all: one row, ``cases``."""
    return read(count_cases(scope, scope.set or "received"))


def level_reached(as_of: datetime) -> ColumnElement[int]:
    """The highest step of the ladder recorded for CASE by the moment; empty: none."""
    steps = select(func.max(escalations.c.level))
    mine = steps.where(escalations.c.case_id == CASE.c.case_id, escalations.c.at <= as_of)
    return mine.correlate(CASE).scalar_subquery().label("level")


def columns(as_of: datetime, unit: ColumnElement = HELD.c.unit_id) -> tuple[ColumnElement, ...]:
    """What `listed` wants to read; ``unit`` is the one a row is about, its holder unless told."""
    return (
        *(CASE.c.case_id, CASE.c.title, CASE.c.confidentiality, CASE.c.issue, CASE.c.received_at),
        *(CASE.c.channel_id, CASE.c.category_id, CASE.c.area_id, CASE.c.is_valid, CASE.c.merged_into),
        *(
            CASE.c.settled_at,
            CASE.c.closed_at,
            CASE.c.stated_closed,
            HELD.c.assignment_id,
            unit.label("unit_id"),
        ),
        due(as_of).label("due_at"),
        answered_at(as_of).label("answered_at"),
        level_reached(as_of),
    )


def listed(selection: Select, as_of: datetime, more: Sequence[str] = ()) -> pd.DataFrame:
    """The selected cases as rows of a list, as known at the moment: `COLUMNS`, and ``more`` of an event."""
    table = veiled(read(selection), ["title", *(name for name in more if name in TEXTS)])
    table["state"] = states(table, as_of)
    table["closed_at"] = table["closed_at"].mask(table["closed_at"] > as_of)
    table["days_late"] = _days_late(table, as_of)
    table["level"] = table["level"].astype("Int64")
    running = ~table["state"].isin(ENDED)
    mine = table[running]
    table.loc[running, "level"] = levels(as_of, mine["case_id"], mine["level"])
    table["unit"] = unit_names(table["unit_id"])
    table["channel"] = named(table["channel_id"], channels())
    table["category"] = named(table["category_id"], categories())
    table["area"] = named(table["area_id"], areas())
    return table[[*COLUMNS, *more]]


def states(table: pd.DataFrame, as_of: datetime) -> pd.Series:
    """The state of each case at the moment, the first that applies.

    merged, invalid, settled_online, closed, answered (the unit has, verification has not), awaiting_dispatch,
    overdue, due_soon (within 48 hours), open.
    """
    closed = (table["closed_at"] <= as_of) | (table["closed_at"].isna() & table["stated_closed"])
    first_that_applies = {
        "merged": table["merged_into"].notna(),
        "invalid": ~table["is_valid"],
        "settled_online": table["settled_at"] <= as_of,
        "closed": closed,
        "awaiting_dispatch": table["assignment_id"].isna(),
        "answered": table["answered_at"].notna(),
        "overdue": table["due_at"] < as_of,
        "due_soon": table["due_at"] <= as_of + SOON,
    }
    state = pd.Series("open", index=table.index, dtype="str")
    for name, holds in reversed(first_that_applies.items()):
        state = state.mask(holds.astype("bool"), name)
    return state


def _days_late(table: pd.DataFrame, as_of: datetime) -> pd.Series:
    until = table["answered_at"].fillna(pd.Timestamp(as_of))
    timeless = (table["state"] == "closed") & table["answered_at"].isna()
    days = (until - table["due_at"]).dt.total_seconds() / 86_400
    return days.mask(timeless | (days <= 0) | table["state"].isin(["merged", "invalid"]))


def _order(scope: Scope) -> tuple[ColumnElement | UnaryExpression, ...]:
    """The order asked for; what is empty comes last either way."""
    asked = scope.order or ("due_at" if scope.set in BY_DUE else "-received_at")
    # A stock is found by its closing: its order must not tempt a planner into the index on receipt.
    chosen = ALL[scope.set or "received"]
    is_stock = getattr(chosen, "is_stock", True)
    received = unindexed(CASE.c.received_at, scope.as_of) if is_stock else CASE.c.received_at
    keys = {
        "received_at": received,
        "due_at": due(scope.as_of),
        "closed_at": CASE.c.closed_at,
        "unit": HELD.c.unit_id,
        "channel": CASE.c.channel_id,
        "issue": CASE.c.issue,
        "case_id": CASE.c.case_id,
    }
    if isinstance(chosen, Event):
        keys |= {"unit": chosen.kind.unit(), **happened(chosen, scope.as_of)}
    key = keys.get(asked.removeprefix("-"))
    if key is None:
        names = ", ".join(keys)
        zh, en = f"可按 {names} 排序，前加 - 为倒序", f"order by {names}, with a leading - for the reverse"
        raise refuse("order", asked, zh, en)
    direction = key.desc() if asked.startswith("-") else key.asc()
    # received_at is never empty, and so the index alone gives the order.
    return (direction,) if key is received else (when((key.is_(None), 1), else_=0), direction)
