"""Between the clerk's form and the records: an item's values in the form, and saving them. No page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from components import meeting_clerk as drawn
from components import meeting_present as wall
from components import words
from components.meeting_present import Bar, Timer
from components.words import _
from pages import agenda, meeting_place
from pages.agenda import STATED, Item
from queries import names
from queries.meetings_pack import Pack
from records import Conflict, Unwritable, decisions
from rules import masking, rulebook

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
        "due": wall.last_day(item.due, after).isoformat() if item.due else None,
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


def is_read(found: Pack) -> bool:
    """Whether the records can be read, so that what stands is known."""
    try:
        decisions.of(found.meeting.actual)
    except Unwritable:
        return False
    return True


# ── the list ─────────────────────────────────────────────────────────────────────────────────────────────


def remove(found: Pack, known: Mapping[str, Any], reason: str, by: str, at: datetime) -> str:
    """Take the item of the form off; a sentence where that cannot be. Raises `Refusal`."""
    item = _standing(found, known.get("key", ""))
    if item is None or item.part != agenda.ASSIGN:
        return _("Only items to assign are taken off the list.")
    if not reason.strip():
        return _("Say why it is taken off.")
    day = found.meeting.actual
    if not item.version and item.case_id:
        decisions.save(day, item.key, {"case_id": item.case_id}, 0, by, at)
    known_version = item.version or decisions_version(day, item.key)
    decisions.remove(day, item.key, masking.mask(reason.strip()), known_version, by, at)
    return ""


def decisions_version(day: date, key: str) -> int:
    """The version an item stands at, 0 where nothing is saved."""
    return next((one.version for one in decisions.of(day) if one.key == key), 0)


def put_back(found: Pack, key: str, by: str, at: datetime) -> str:
    """Put an item back that was taken off. Raises `Refusal`."""
    if not key:
        return _("Choose what to put back.")
    day = found.meeting.actual
    decisions.save(day, key, {"removed_reason": None}, decisions_version(day, key), by, at)
    return ""


def add(found: Pack, number: str, by: str, at: datetime) -> str:
    """Add a case by its number; a sentence where there is none, or it is there already. Raises `Refusal`."""
    code = number.strip()
    if not code or agenda.case(found, code) is None:
        return _("There is no case of this number.")
    standing = [
        item for item in agenda.everything(found) if item.part == agenda.ASSIGN and item.case_id == code
    ]
    if any(not item.removed_reason for item in standing):
        return _("This case is on the list already.")
    if standing:
        return put_back(found, standing[0].key, by, at)
    decisions.save(found.meeting.actual, code, {"case_id": code, "item_group": "assignment"}, 0, by, at)
    return ""


def _standing(found: Pack, key: str) -> Item | None:
    return next((item for item in agenda.items(found) if item.key == key), None)


# ── the strip, the same for wall and clerk ───────────────────────────────────────────────────────────────


def bar(found: Pack, listed: list[Item], item: Item, moment: Any) -> Bar:
    """The strip of an item."""
    place, of = agenda.counted(listed, item)
    return Bar(
        found.meeting.number, item.part, moment, wall.until(found.scope.as_of, found.is_closed), place, of,
        _groups(listed, item), _timer(found.meeting.actual, item, moment),
    )  # fmt: skip


def _groups(listed: list[Item], item: Item) -> tuple[int, ...]:
    """How many items of each group its part has; the look-back is not grouped."""
    mine = [one for one in listed if one.part == item.part]
    if item.part != agenda.ASSIGN:
        return (len(mine),)
    sizes = (sum(one.item_group == group for one in mine) for group in agenda.GROUPS)
    return tuple(size for size in sizes if size)


def _timer(day: date, item: Item, moment: Any) -> Timer:
    book = rulebook.load().meeting
    limits = {
        agenda.LOOK_BACK: book.minutes_look_back,
        agenda.TEN_DAYS: book.minutes_figures,
        agenda.ASSIGN: book.minutes_item,
    }
    place = meeting_place.clock(day)
    return Timer(place.seconds(moment), place.is_running, limits[item.part], place.version)
