"""What is to be assigned as the desk lists it: the candidates, as the records have changed them. No page."""

from datetime import datetime
from typing import Any

import pandas as pd

from pages import agenda
from pages.agenda import Item
from queries import meetings
from queries.meetings_pack import Pack
from records import decisions

BY_HAND = '[["by_hand"]]'
"""Why a matter is on the list that the clerk added."""


def table(found: Pack) -> pd.DataFrame:
    """Rows of meetings.candidates with ``key``: in the clerk's order, as recorded, without removed ones."""
    ahead = meetings.candidates(found.scope)
    items = assigned(found)
    rows = pd.DataFrame([_row(item, ahead) for item in items], columns=[*ahead.columns, "key"])
    rows["place"] = rows.groupby("item_group").cumcount() + 1
    return rows


def assigned(found: Pack) -> list[Item]:
    return [item for item in agenda.items(found) if item.part == agenda.ASSIGN]


def _row(item: Item, ahead: pd.DataFrame) -> dict[str, Any]:
    proposed = item.row._asdict() if item.row is not None else _bare(ahead)
    title = {"title": item.sentence or item.title} if not item.hidden else {}
    said = {
        "case_id": item.case_id,
        "item_group": item.item_group,
        "hidden": item.hidden,
        "lead_unit_id": item.lead_unit_id,
        "lead_unit": item.lead_unit,
        "assist_unit_ids": ",".join(item.assist_unit_ids),
        "assist_units": "、".join(item.assist_units),
        "waits": not item.lead_unit_id,
        "key": item.key,
    }
    return {**proposed, **said, **title}


def _bare(ahead: pd.DataFrame) -> dict[str, Any]:
    """A matter of which only the clerk knows why it is there."""
    texts = {name: "" for name in ahead.columns if ahead[name].dtype == object or ahead[name].dtype == "str"}
    return {**dict.fromkeys(ahead.columns), **texts, "reasons": BY_HAND, "is_prepared": True, "others": 0}


def move(found: Pack, key: str, step: int, shown: list[str], by: str, at: datetime) -> None:
    """Put an item one place up (-1) or down (1) within its group; ``shown`` is the order the reader saw.

    Raises `records.Refusal`.
    """
    groups = {item.key: item.item_group for item in assigned(found)}
    there = shown.index(key) + step if key in shown else -1
    if not 0 <= there < len(shown) or groups.get(shown[there]) != groups.get(key):
        return
    changed = [one for one in shown if one != key]
    changed.insert(there, key)
    decisions.order(found.meeting.actual, changed, shown, by, at)
