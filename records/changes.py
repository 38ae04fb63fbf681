"""A decision and its changes: what differs, what another clerk did meanwhile, and keeping both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from records.refusals import Refusal
from records.tables import decision_changes, decisions

WORDS = {
    "case_id": "案件",
    "title": "事项",
    "item_group": "类别",
    "place": "次序",
    "lead_unit_id": "牵头",
    "assist_unit_ids": "协办",
    "owner_post": "责任领导",
    "pledge": "表态",
    "due": "期限",
    "states": "记录状态",
    "removed_reason": "移出",
}
"""What a field is called in a sentence."""

Values = dict[str, tuple[Any, Any]]
"""For each field: before, after."""


@dataclass(frozen=True)
class Decision:
    """One item of a meeting; None where the clerk said nothing yet. Version 0: not saved yet."""

    day: date
    key: str
    case_id: str | None = None
    title: str | None = None
    item_group: str | None = None
    place: int | None = None
    lead_unit_id: str | None = None
    assist_unit_ids: list[str] | None = None
    owner_post: str | None = None
    pledge: str | None = None
    due: datetime | None = None
    states: dict[str, str] = field(default_factory=dict)
    removed_reason: str | None = None
    version: int = 0
    changed_at: datetime | None = None
    changed_by: str = ""


@dataclass(frozen=True)
class Change:
    """One saving of an item; ``changes`` gives before and after by field, times as ISO text."""

    version: int
    changed_at: datetime
    changed_by: str
    changes: Values


class Conflict(Refusal):
    """Somebody else saved the item meanwhile; nothing of ours was kept.

    ``newest`` is the decision as it stands; ``fields`` are ours that differ from it (``values``: there,
    ours); ``theirs`` are the fields the others changed since the version we knew.
    """

    def __init__(self, newest: Decision, wanted: Values, since: Sequence[Change]) -> None:
        self.newest, self.values, self.fields = newest, wanted, tuple(wanted)
        self.theirs = tuple(dict.fromkeys(name for change in since for name in change.changes))
        at = f"{newest.changed_at:%H:%M}" if newest.changed_at else "?"
        who = newest.changed_by or "?"
        super().__init__(
            f"{who} 已于 {at} 先保存（{_zh(self.theirs)}）；您的改动没有保存：{_zh(self.fields)}。",
            f"{who} saved this item at {at} meanwhile ({_en(self.theirs)}); "
            f"yours was not saved: {_en(self.fields)}.",
        )


def decision(row: RowMapping | Mapping[str, Any]) -> Decision:
    """A row of the table as a decision."""
    values = dict(row)
    return Decision(key=values.pop("item_key"), **values)


def newest(connection: Connection, day: date, key: str) -> Decision:
    """The item as it stands; one of version 0 where it was never saved."""
    wanted = select(decisions).where(decisions.c.day == day, decisions.c.item_key == key)
    row = connection.execute(wanted).mappings().first()
    return decision(row) if row else Decision(day, key)


def since(connection: Connection, day: date, key: str, known: int) -> list[Change]:
    """The item's changes after the version known, oldest first."""
    changed = decision_changes.c
    wanted = select(changed.version, changed.changed_at, changed.changed_by, changed.changes)
    wanted = wanted.where(changed.day == day, changed.item_key == key, changed.version > known)
    rows = connection.execute(wanted.order_by(changed.version)).all()
    return [
        Change(version, at, by, {name: tuple(pair) for name, pair in pairs.items()})
        for version, at, by, pairs in rows
    ]


def differing(stands: Decision, values: Mapping[str, Any]) -> Values:
    """What the values would change; states are added to those that stand."""
    wanted = {**values, **({"states": {**stands.states, **values["states"]}} if "states" in values else {})}
    pairs = {name: (getattr(stands, name), value) for name, value in wanted.items()}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def keep(connection: Connection, stands: Decision, wanted: Values, by: str, at: datetime) -> Decision:
    """Write the change and its trace; the decision as it then stands."""
    after = replace(stands, **{name: new for name, (_, new) in wanted.items()})
    after = replace(after, version=stands.version + 1, changed_at=at, changed_by=by)
    row = {"item_key" if name == "key" else name: value for name, value in vars(after).items()}
    where = (decisions.c.day == after.day, decisions.c.item_key == after.key)
    write_it = update(decisions).where(*where) if stands.version else insert(decisions)
    connection.execute(write_it.values(row))
    trace = {name: [_plain(old), _plain(new)] for name, (old, new) in wanted.items()}
    head = {name: row[name] for name in ("day", "item_key", "version", "changed_at", "changed_by")}
    connection.execute(insert(decision_changes).values(**head, changes=trace))
    return after


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _zh(names: Sequence[str]) -> str:
    return "、".join(WORDS.get(name, name) for name in names) or "内容相同"


def _en(names: Sequence[str]) -> str:
    return ", ".join(name.removesuffix("_id").replace("_", " ") for name in names) or "the same"
