"""Between the clerk's form and the records: an item's values in the form, and saving them. No page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from components import meeting_clerk as drawn
from components import words
from components.meeting_recorded import last_day
from components.words import _
from pages import agenda
from pages.agenda import STATED, Item
from queries import names
from queries.meetings_pack import Pack
from records import Conflict, Unwritable, decisions
from rules import masking

FIELDS = ("item_group", "title", "lead_unit_id", "assist_unit_ids", "owner_post", "pledge", "due")

TEXTS = ("title", "owner_post", "pledge")

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Form:
    """What the form held when it was drawn."""

    before: Mapping[str, Any]

    def changed(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """What the clerk changed since; blanks at the ends are no change."""
        return {name: value for name, value in values.items() if _same(value) != _same(self.before.get(name))}


def _same(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value or ""


def values(item: Item, after: Any) -> dict[str, Any]:
    """An item as the form shows it; the states by the names of their fields."""
    said = {
        "item_group": item.item_group or None,
        "title": item.sentence or ("" if item.hidden else item.title),
        "lead_unit_id": item.lead_unit_id or None,
        "assist_unit_ids": list(item.assist_unit_ids),
        "owner_post": item.owner_post,
        "pledge": item.pledge,
        "due": last_day(item.due, after).isoformat() if item.due else None,
    }
    return said | {f"state {name}": item.states.get(name, "proposed") for name in STATED}


def options(found: Pack, shown: Mapping[str, Any]) -> tuple[list, list, list]:
    """Units to lead, units to assist, days."""
    units = [
        {"value": code, "label": name}
        for code, name in names.units()[["code", "name"]].itertuples(index=False, name=None)
    ]
    named = {unit["value"] for unit in units}
    asked = [shown["lead_unit_id"], *shown["assist_unit_ids"]]
    units += [{"value": code, "label": code} for code in asked if code and code not in named]
    said = [date.fromisoformat(shown["due"])] if shown["due"] else []
    return units, units, drawn.limits(found.meeting, agenda.following(found), said)


def save(found: Pack, known: Mapping[str, Any], typed: Mapping[str, Any], by: str, at: datetime) -> None:
    """Keep what the clerk changed; a field that is changed is being recorded until it is decided.

    His own savings meanwhile are no conflict. Raises `Refusal`.
    """
    changes = _changes(found, Form(known["values"]).changed(typed))
    key, day, version = known["key"], found.meeting.actual, known["version"]
    if not version:
        item = next((one for one in agenda.everything(found) if one.key == key), None)
        changes |= {"case_id": item.case_id} if item and item.case_id else {}
    try:
        decisions.save(day, key, changes, version, by, at)
    except Conflict as conflict:
        since = [one for one in decisions.history(day, key) if one.version > version]
        if any(one.changed_by != by for one in since):
            raise
        decisions.save(day, key, changes, conflict.newest.version, by, at)


def lost(conflict: Conflict) -> str:
    """What the clerk wrote in words and was not saved, so that it is not typed again."""
    written = [conflict.values[name][1] for name in TEXTS if name in conflict.values]
    return _(" You wrote: {words}").format(words=" / ".join(map(str, written))) if any(written) else ""


def _changes(found: Pack, changed: Mapping[str, Any]) -> dict[str, Any]:
    """As the records keep it: texts masked, a day as the moment it ends."""
    said: dict[str, Any] = {}
    for name in (name for name in FIELDS if name in changed):
        value = changed[name]
        if name in TEXTS:
            value = masking.mask((value or "").strip()) or (None if name == "title" else "")
        elif name == "lead_unit_id":
            value = value or ""
        elif name == "due":
            value = ends(date.fromisoformat(value), agenda.following(found)) if value else None
        said[name] = value
    begun = {name: "recording" for name in STATED if name in changed}
    chosen = {name: changed[f"state {name}"] for name in STATED if changed.get(f"state {name}")}
    return said | ({"states": begun | chosen} if begun or chosen else {})


def ends(day: date, after: Any) -> datetime:
    """When a day's limit ends: the next meeting's as its figures close, any other at its midnight."""
    is_meeting = after is not None and day == after.actual
    return datetime.combine(day if is_meeting else day + DAY, time())


def newer(found: Pack, item: Item) -> str:
    """What somebody else has saved of the item that is in the form."""
    try:
        last = decisions.history(found.meeting.actual, item.key)[-1]
    except (Unwritable, IndexError):
        return ""
    fields = _(", ").join(_(drawn.LABELS[name]) for name in last.changes if name in drawn.LABELS)
    said = _("{who} saved at {at}: {fields}; the form shows the newest.")
    return said.format(who=last.changed_by, at=words.clock(last.changed_at), fields=fields or words.NOTHING)
