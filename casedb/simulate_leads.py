"""The lead assignments that the parts of the simulator work on, and how they and their cases are changed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, insert, select, update

from casedb.simulate_span import Span
from casedb.tables import assignments, cases
from rules.deadlines import due

COLUMNS = ("assignment_id", "case_id", "unit_id", "seq", "round", "dispatched_at", "due_at", "due_rule")


def open_leads(span: Span) -> Select:
    """Lead assignments that are neither closed nor returned; the index on closing finds them."""
    return select(*(assignments.c[name] for name in COLUMNS)).where(
        assignments.c.closed_at.is_(None),
        assignments.c.returned_at.is_(None),
        assignments.c.role == "lead",
        assignments.c.dispatched_at <= span.last,
    )


def in_order(rows: Iterable[RowMapping]) -> list[RowMapping]:
    """Soonest limit first; sorted here: the database would walk through every limit there ever was."""
    return sorted(rows, key=lambda row: (row["due_at"], row["assignment_id"]))


def change(connection: Connection, row: RowMapping, values: dict[str, Any]) -> None:
    """Write into the assignment."""
    connection.execute(
        update(assignments).where(assignments.c.assignment_id == row["assignment_id"]).values(values)
    )


def change_case(connection: Connection, code: str, values: dict[str, Any]) -> None:
    """Write into the case."""
    connection.execute(update(cases).where(cases.c.case_id == code).values(values))


def send(connection: Connection, span: Span, row: RowMapping, at: datetime, rule: str, **values: Any) -> None:
    """The next lead assignment of the case of ``row``, by the limit of a rule of the section sla."""
    highest = select(func.max(assignments.c.seq)).where(assignments.c.case_id == row["case_id"])
    seq = int(connection.execute(highest).scalar() or 1) + 1
    base = {
        "assignment_id": f"{row['case_id']}-{seq}",
        "case_id": row["case_id"],
        "seq": seq,
        "dispatched_at": at,
        "due_at": due(rule, at, span.calendar),
        "due_rule": f"sla.{rule}",
    }
    connection.execute(insert(assignments).values(base | values))
