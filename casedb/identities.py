"""Sums and rules that must hold between rows: identities and references."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, ColumnElement, and_, func, literal, or_, select

from casedb.problem import Problem, problem
from casedb.tables import assignments, callbacks, cases, meeting_items, metadata, units, visits


def identities() -> Iterator[Problem]:
    """Sums and rules that must hold (A21)."""
    yield problem(
        "cases.signed_off_open", "未办结即销号", "signed off without being closed", cases,
        and_(cases.c.signed_off_at.is_not(None), _still_open()),
        cases.c.signed_off_at, cases.c.closed_at, cases.c.stated_closed,
    )  # fmt: skip
    yield problem(
        "cases.settled_and_dispatched", "既在线办结又转派", "both settled online and dispatched", cases,
        and_(cases.c.settled_at.is_not(None), cases.c.dispatched_at.is_not(None)),
        cases.c.settled_at, cases.c.dispatched_at,
    )  # fmt: skip
    yield problem(
        "cases.without_lead", "有承办记录而无主办", "has assignments, but no lead unit", cases,
        and_(_assigned(), ~_assigned("lead")),
        assignments.c.case_id, assignments.c.role,
    )  # fmt: skip
    yield _two_leads()
    yield _merged_into_merged()
    yield problem(
        "visits.called_and_left", "既被叫号又离队", "both called and gone uncalled", visits,
        and_(visits.c.called_at.is_not(None), visits.c.left_at.is_not(None)),
        visits.c.called_at, visits.c.left_at,
    )  # fmt: skip
    yield problem(
        "callbacks.rated_unreached", "未接通却有评价", "rated, though not reached", callbacks,
        and_(callbacks.c.rating.is_not(None), callbacks.c.reached.is_not(True)),
        callbacks.c.rating, callbacks.c.reached,
    )  # fmt: skip
    yield _callback_before_closing()
    yield problem(
        "meeting_items.signed_off_open", "事项未办结即销号", "signed off without being done", meeting_items,
        and_(meeting_items.c.signed_off_at.is_not(None), meeting_items.c.closed_at.is_(None)),
        meeting_items.c.signed_off_at, meeting_items.c.closed_at,
    )  # fmt: skip


def _still_open() -> ColumnElement[bool]:
    """Neither closed at a moment nor closed by the source's word."""
    return and_(cases.c.closed_at.is_(None), cases.c.stated_closed.is_not(True))


def _assigned(role: str | None = None) -> ColumnElement[bool]:
    """The case has an assignment (of a role)."""
    found = select(assignments.c.case_id).where(assignments.c.case_id == cases.c.case_id)
    return (found if role is None else found.where(assignments.c.role == role)).exists()


def _two_leads() -> Problem:
    """Two lead assignments at the same place in the order: nobody knows who answers for the case."""
    other = assignments.alias("other")
    same = and_(
        other.c.case_id == assignments.c.case_id,
        other.c.seq == assignments.c.seq,
        other.c.role == "lead",
        other.c.assignment_id != assignments.c.assignment_id,
    )
    twice = and_(assignments.c.role == "lead", select(other.c.assignment_id).where(same).exists())
    names = assignments.c.case_id, assignments.c.seq, assignments.c.role
    return problem(
        "assignments.two_leads",
        "同一顺序有两个主办",
        "two leads at the same place",
        assignments,
        twice,
        *names,
    )


def _merged_into_merged() -> Problem:
    """A merged case must point to one that stands by itself."""
    parent = cases.alias("parent")
    gone = select(parent.c.case_id).where(
        parent.c.case_id == cases.c.merged_into, parent.c.merged_into.is_not(None)
    )
    return problem(
        "cases.merged_into_merged", "并入的案件自身已被并入", "merged into a merged case", cases,
        gone.exists(), cases.c.merged_into,
    )  # fmt: skip


def _callback_before_closing() -> Problem:
    """Somebody was asked how it ended before it had: no assignment of the case was done by then."""
    done = or_(assignments.c.closed_at <= callbacks.c.at, assignments.c.stated_verdict.is_not(None))
    asked = select(assignments.c.case_id).where(assignments.c.case_id == callbacks.c.case_id, done).exists()
    closed = select(cases.c.case_id).where(
        cases.c.case_id == callbacks.c.case_id,
        or_(cases.c.closed_at <= callbacks.c.at, cases.c.stated_closed.is_(True)),
    )
    names = callbacks.c.case_id, callbacks.c.at, assignments.c.closed_at, assignments.c.stated_verdict
    return problem(
        "callbacks.before_closing", "回访早于办结", "called back before it was closed", callbacks,
        ~or_(asked, closed.exists()), *names, assignments.c.case_id, cases.c.closed_at, cases.c.stated_closed,
    )  # fmt: skip


GONE = {
    "assignments.unit_id": ("派单的承办单位已不存在", "assigned to a unit that does not exist any more"),
    "summons.unit_id": ("被召集的单位已不存在", "calls a unit that does not exist any more"),
    "summons.whistle_id": ("召集没有对应的吹哨", "a summons without its whistle"),
    "whistles.town_id": ("吹哨的乡镇街道已不存在", "blown by a town that does not exist any more"),
    "meeting_items.lead_unit_id": ("事项的牵头单位已不存在", "led by a unit that does not exist any more"),
}
"""References whose loss takes a figure off a screen, in words of their own."""


def orphans() -> Iterator[Problem]:
    """References of the contract that point to nothing; views have no keys that would forbid it."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            for key in column.foreign_keys:
                yield _orphan(column, key.column)
    yield _assistants_gone()


def _orphan(column: Column[Any], target: Column[Any]) -> Problem:
    there = target.table.alias("there")
    exists = select(there.c[target.name]).where(there.c[target.name] == column).exists()
    name = f"{column.table.name}.{column.name}"
    plain = (
        f"{column.name} 指向不存在的 {target.table.name}",
        f"{column.name} points to no row of {target.table.name}",
    )
    where = and_(column.is_not(None), ~exists)
    return problem(f"{name}_orphan", *GONE.get(name, plain), column.table, where, column, target)


def _assistants_gone() -> Problem:
    """Of the codes joined by commas, some belong to no unit: fewer units are found in them than there are."""
    listed = meeting_items.c.assist_unit_ids
    bare = func.replace(literal(",") + func.replace(listed, " ", "") + literal(","), ",,", ",")
    one = literal(",") + units.c.unit_id + literal(",")
    found = select(func.count()).where(func.replace(bare, one, ",") != bare).scalar_subquery()
    codes = func.length(bare) - func.length(func.replace(bare, ",", "")) - 1
    return problem(
        "meeting_items.assist_unit_ids_orphan",
        "事项的协办单位已不存在",
        "assisted by a unit that does not exist any more",
        meeting_items, and_(listed.is_not(None), codes > found), listed, units.c.unit_id,
    )  # fmt: skip
