"""Changing the list of what is assigned: taking off with a reason, putting back, adding a case. No page."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from components import words
from components.records import first
from components.words import _
from pages import agenda
from pages.agenda import Item
from queries import meetings
from queries.arguments import LARGEST_LIMIT, Scope
from queries.meetings_pack import Pack
from records import decisions
from rules import masking


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
    known_version = item.version or _version(day, item.key)
    decisions.remove(day, item.key, masking.mask(reason.strip()), known_version, by, at)
    return ""


def _version(day: date, key: str) -> int:
    """The version an item stands at, 0 where nothing is saved."""
    return next((one.version for one in decisions.of(day) if one.key == key), 0)


def put_back(found: Pack, key: str, by: str, at: datetime) -> str:
    """Put an item back that was taken off. Raises `Refusal`."""
    if not key:
        return _("Choose what to put back.")
    day = found.meeting.actual
    decisions.save(day, key, {"removed_reason": None}, _version(day, key), by, at)
    return ""


def add(found: Pack, number: str, by: str, at: datetime, told: str = "") -> str:
    """Add a case by its number; a sentence where there is none, or it is there already. Raises `Refusal`.

    ``told`` is the sentence the clerk has before his eyes: a case whose item was signed off is added only
    once that was said.
    """
    code = number.strip()
    if not code or agenda.case(found, code) is None:
        return _("There is no case of this number.")
    standing = [item for item in agenda.everything(found) if item.case_id == code]
    there = _there(standing)
    known = there or _signed_off(found, code)
    if there or known not in ("", told):
        return known
    off = [item for item in standing if item.part == agenda.ASSIGN]
    if off:
        return put_back(found, off[0].key, by, at)
    decisions.save(found.meeting.actual, code, {"case_id": code, "item_group": "assignment"}, 0, by, at)
    return ""


def _there(standing: list[Item]) -> str:
    """That a case is gone through already, and where; empty where it is not."""
    for item in standing:
        if item.part == agenda.ASSIGN and not item.removed_reason:
            return _("This case is on the list already.")
        if item.part == agenda.LOOK_BACK and (item.is_reopened or item.row.step != "signed_off"):
            return _("This case is looked back at already (batch {n}): it is not assigned twice.").format(
                n=words.number(item.row.number)
            )
    return ""


def _signed_off(found: Pack, code: str) -> str:
    """That an item about the case was signed off, and when; empty where none was."""
    rows = meetings.items(Scope(found.scope.as_of, set="signed_off", limit=LARGEST_LIMIT))
    mine = rows[rows["case_id"] == code].sort_values("signed_off_at")
    if mine.empty:
        return ""
    last = first(mine.tail(1))
    said = _("Its item of batch {n} was signed off on {day}. To assign it all the same, add it once more.")
    return said.format(n=words.number(last.number), day=words.date(last.signed_off_at))


def _standing(found: Pack, key: str) -> Item | None:
    return next((item for item in agenda.items(found) if item.key == key), None)
