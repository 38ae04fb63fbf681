"""What comes in, from where, about what, and what became of it."""

from dataclasses import replace

import pandas as pd
from sqlalchemy import ColumnElement, func

from queries.arguments import Scope
from queries.cache import cached
from queries.database import read
from queries.definitions import cases_within, join_for, tally
from queries.door import question
from queries.holding import CASE
from queries.intake_funnel import funnel
from queries.intake_hours import by_hour, today
from queries.intake_issues import issues
from queries.intake_year import year
from queries.names import about, areas, at_level, categories, channels, named, placed

__all__ = [
    "area_by_category",
    "by_area",
    "by_category",
    "by_channel",
    "by_hour",
    "funnel",
    "issues",
    "today",
    "year",
]

COUNTED = ("received", "valid", "closed_on_time", "closed_late", "open_overdue")
"""What is counted of every channel, category and area; each is a set, so each opens its list."""


@question
@cached
def by_channel(scope: Scope) -> pd.DataFrame:
    """Cases received in the period by channel, most first.

    Columns: channel_id, channel, received, valid, closed_on_time, closed_late, open_overdue (cases),
    late_share (of those closed on time or late; empty where there are none). A case without a channel is
    under empty names.
    """
    table = placed(_counted(replace(scope, channel=None), CASE.c.channel_id), channels())
    return _shared(table[about(table["code"], scope.channel)], "channel", [])


@question
@cached
def by_category(scope: Scope) -> pd.DataFrame:
    """Cases by category of ``scope.level``: category_id, category, parent, then as `by_channel`."""
    whole = replace(scope, category=None)
    return _by_tree(whole, CASE.c.category_id, categories(), "category", scope.category)


@question
@cached
def by_area(scope: Scope) -> pd.DataFrame:
    """Cases by area of ``scope.level``: area_id, area, parent, then as `by_channel`."""
    return _by_tree(replace(scope, area=None), CASE.c.area_id, areas(), "area", scope.area)


@question
@cached
def area_by_category(scope: Scope) -> pd.DataFrame:
    """Cases received in the period by area and category, both of level 1, most first.

    Columns: area_id, area, category_id, category, received (cases); only pairs that occur.
    """
    whole = replace(scope, area=None, category=None, level=1)
    keys = [_key(CASE.c.area_id, "area_id"), _key(CASE.c.category_id, "category_id")]
    found = read(cases_within(whole, [*keys, tally(whole, "received")], "").group_by(*keys))
    places, matters = areas(), categories()
    found["area_id"] = at_level(found["area_id"], places, 1)
    found["category_id"] = at_level(found["category_id"], matters, 1)
    asked = about(found["area_id"], scope.area, places) & about(found["category_id"], scope.category, matters)
    pairs = found[asked].groupby(["area_id", "category_id"])["received"].sum().reset_index()
    pairs["area"], pairs["category"] = named(pairs["area_id"], places), named(pairs["category_id"], matters)
    ordered = pairs.sort_values(["received", "area_id", "category_id"], ascending=[False, True, True])
    return ordered[["area_id", "area", "category_id", "category", "received"]].reset_index(drop=True)


def _by_tree(
    scope: Scope, key: ColumnElement[str], tree: pd.DataFrame, word: str, asked: str | None
) -> pd.DataFrame:
    counted = _counted(scope, key)
    counted["code"] = at_level(counted["code"], tree, scope.level)
    on_level = tree[tree["level"] == scope.level][["code", "name", "parent"]]
    rolled = counted.groupby("code", as_index=False).sum()
    table = placed(rolled, on_level)
    return _shared(table[about(table["code"], asked, tree)], word, ["parent"])


def _counted(scope: Scope, key: ColumnElement[str]) -> pd.DataFrame:
    """The counted sets by one code of the case: code, then `COUNTED`."""
    code = _key(key, "code")
    tallies = [tally(scope, name) for name in COUNTED]
    return read(cases_within(scope, [code, *tallies], join_for(COUNTED)).group_by(code))


def _key(column: ColumnElement[str], label: str) -> ColumnElement[str]:
    return func.coalesce(column, "").label(label)


def _shared(table: pd.DataFrame, word: str, more: list[str]) -> pd.DataFrame:
    """The columns in their order, named after the thing, with the late share beside them."""
    judged = table["closed_on_time"] + table["closed_late"]
    table = table.assign(late_share=table["closed_late"] / judged.where(judged > 0))
    table = table.rename(columns={"code": f"{word}_id", "name": word})
    return table[[f"{word}_id", word, *more, *COUNTED, "late_share"]].reset_index(drop=True)
