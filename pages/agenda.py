"""What the meeting goes through, item by item: what is proposed, and what the clerk recorded of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any

from flask import current_app

from components.records import each, first
from queries import cases, meetings, names
from queries.arguments import Scope
from queries.meetings_pack import Pack
from queries.meetings_shown import unnamed
from records import Unwritable, decisions
from records.decisions import Decision
from rules import masking
from rules.words import ItemGroup

LOOK_BACK, TEN_DAYS, ASSIGN = PARTS = ("look_back", "ten_days", "assign")

GROUPS = [group.value for group in (ItemGroup.SUPERVISION, ItemGroup.ASSIGNMENT, ItemGroup.CONSULTATION)]

STATED = ("lead_unit_id", "assist_unit_ids", "pledge", "due")
"""What has a state of its own: proposed, recording or decided."""

LONGEST_KEY = 64
"""Signs that the board's own database keeps of a key."""


@dataclass(frozen=True)
class Item:
    """One screen of the meeting, as proposed and as recorded; texts are masked.

    ``key`` is its name in the records; ``kind`` says what a ``hidden`` matter is about; ``row`` is the row of
    meetings.look_back or meetings.candidates (None: added by the clerk, or the ten days); ``is_older``: of a
    batch before the last.
    """

    key: str
    part: str
    item_group: str = ""
    case_id: str = ""
    title: str = ""
    kind: str = ""
    hidden: bool = False
    lead_unit_id: str = ""
    lead_unit: str = ""
    assist_unit_ids: tuple[str, ...] = ()
    assist_units: tuple[str, ...] = ()
    owner_post: str = ""
    pledge: str = ""
    due: datetime | None = None
    states: Mapping[str, str] = field(default_factory=dict)
    sentence: str = ""
    removed_reason: str = ""
    version: int = 0
    row: Any = None
    is_older: bool = False
    is_reopened: bool = False


def now() -> datetime:
    """The board's moment: what is written now is written at it."""
    moment: datetime = current_app.config["MOMENT"]()
    return moment


def items(pack: Pack) -> list[Item]:
    """What is gone through: last batch, older items unsettled, the ten days, what is to be assigned.

    Without the board's own database: as proposed.
    """
    return [item for item in everything(pack) if not item.removed_reason]


def removed(pack: Pack) -> list[Item]:
    """What the clerk took off the list, with why."""
    return [item for item in everything(pack) if item.removed_reason]


def everything(pack: Pack) -> list[Item]:
    """All items, removed ones in their places."""
    known = {one.key: one for one in recorded(pack)}
    proposed = [*_look_back(pack), Item("days", TEN_DAYS), *_assigned(pack, known)]
    veiled = unnamed(item.case_id for item in proposed)
    units = dict(names.units()[["code", "name"]].itertuples(index=False, name=None))
    drawn = [
        _merged(replace(item, hidden=item.hidden or item.case_id in veiled), known.get(item.key), units)
        for item in proposed
    ]
    return _ordered(drawn, known)


def recorded(pack: Pack) -> list[Decision]:
    """What the records know of the meeting; nothing where they cannot be read."""
    try:
        return decisions.of(pack.meeting.actual)
    except Unwritable:
        return []


def following(pack: Pack) -> Any:
    """The meeting after this one; None where none is known."""
    return meetings.around(datetime.combine(pack.meeting.actual, time()))[1]


def begins(pack: Pack) -> date:
    """The day from which the period is counted."""
    return (pack.scope.start or pack.scope.as_of).date()


def due_by(pack: Pack) -> datetime | None:
    """By when, unless told: the next meeting that is really held."""
    after = following(pack)
    return datetime.combine(after.actual, time()) if after else None


def near(found: list[Item], whole: list[Item], key: str) -> Item:
    """The item of the key; of one taken off the one after it; else the first."""
    standing = {item.key: item for item in found}
    keys = [item.key for item in whole]
    after = keys[keys.index(key) :] if key in keys else []
    return next((standing[one] for one in after if one in standing), found[0 if not after else -1])


def _look_back(pack: Pack) -> Iterator[Item]:
    """The last batch, then what is older and unsettled: everything of them was decided when assigned."""
    for row in each(meetings.look_back(pack.scope)):
        yield Item(
            _key("back", row.item_id), LOOK_BACK, row.item_group, row.case_id or "", _plain(row.title),
            row.issue, bool(row.hidden), row.lead_unit_id or "", row.lead_unit or "",
            _listed(row.assist_unit_ids, ","), _listed(row.assist_units, "、"), _plain(row.owner_post),
            _plain(row.pledge), _moment(row.due_at), dict.fromkeys(STATED, "decided"), row=row,
            is_older=not row.is_last_batch, is_reopened=bool(row.is_reopened),
        )  # fmt: skip


def _assigned(pack: Pack, known: Mapping[str, Decision]) -> Iterator[Item]:
    """The candidates, then what the clerk recorded that is none: added, or proposed before."""
    due = due_by(pack)
    taken = {"days"}
    for row in each(meetings.candidates(pack.scope)):
        key = row.case_id or _key("item", row.item_id)
        taken.add(key)
        yield Item(
            key, ASSIGN, row.item_group, row.case_id or "", _plain(row.title), row.category or row.issue,
            bool(row.hidden), row.lead_unit_id, row.lead_unit, _listed(row.assist_unit_ids, ","),
            _listed(row.assist_units, "、"), due=due, row=row,
        )  # fmt: skip
    for one in known.values():
        is_own = one.case_id or one.title  # not a place alone, of what was proposed once
        if is_own and one.key not in taken and not one.key.startswith("back "):
            yield _added(pack, one, due)


def _added(pack: Pack, one: Decision, due: datetime | None) -> Item:
    """An item that only the records know."""
    plain = Item(one.key, ASSIGN, ItemGroup.ASSIGNMENT.value, one.case_id or "", due=due)
    row = case(pack, one.case_id) if one.case_id else None
    if row is None:
        return plain
    return replace(plain, title=_plain(row.title), kind=row.category or row.issue)


def case(pack: Pack, code: str) -> Any:
    """The row of cases.one, also of a case that came after the cutoff; None where there is none."""
    found = cases.one(Scope(datetime.combine(pack.meeting.actual, time.max), case=code))
    return None if found is None else first(found)


def _merged(item: Item, said: Decision | None, units: Mapping[str, str]) -> Item:
    """What the clerk said in place of what is proposed; a removed item keeps its values."""
    if said is None:
        return item
    told: dict[str, Any] = {
        name: getattr(said, name)
        for name in ("item_group", "due", "lead_unit_id")
        if getattr(said, name) is not None
    }
    told |= {
        name: _plain(getattr(said, name))
        for name in ("owner_post", "pledge")
        if getattr(said, name) is not None
    }
    if said.lead_unit_id is not None:
        told["lead_unit"] = units.get(said.lead_unit_id, said.lead_unit_id)
    if said.assist_unit_ids is not None:
        told |= {
            "assist_unit_ids": tuple(said.assist_unit_ids),
            "assist_units": tuple(units.get(code, code) for code in said.assist_unit_ids),
        }
    return replace(
        item, **told, states={**item.states, **said.states}, sentence=_plain(said.title),
        removed_reason=said.removed_reason or "", version=said.version,
    )  # fmt: skip


def _ordered(found: list[Item], known: Mapping[str, Decision]) -> list[Item]:
    """In the parts' order; to be assigned by group, first as the records have it, then as proposed."""

    def place(item: Item) -> tuple[Any, ...]:
        said = known.get(item.key)
        kept = said.place if said and said.place is not None and item.part == ASSIGN else None
        group = GROUPS.index(item.item_group) if item.part == ASSIGN and item.item_group in GROUPS else 0
        return PARTS.index(item.part), group, kept is None, kept or 0

    return sorted(found, key=place)


def _plain(text: str | None) -> str:
    """As a wall may say it: without persons, and no further than the estate."""
    return masking.projected(text)


def _key(kind: str, code: str) -> str:
    return f"{kind} {code}"[:LONGEST_KEY]


def _listed(text: str | None, mark: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(mark) if part.strip())


def _moment(at: Any) -> datetime | None:
    return None if at is None or at != at else at.to_pydatetime()  # noqa: PLR0124 (NaT is not itself)


def counted(found: Iterable[Item], item: Item) -> tuple[int, int]:
    """Which of its part an item is, and of how many."""
    mine = [one.key for one in found if one.part == item.part]
    return mine.index(item.key) + 1, len(mine)
