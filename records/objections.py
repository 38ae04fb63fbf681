"""The right of reply: a unit objects to a figure within its limit, and both stand beside the number."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from records.database import read, write
from records.refusals import AlreadyAnswered, BadValue, TooLate
from records.tables import objections
from records.values import checked, said


@dataclass(frozen=True)
class Objection:
    """What a unit says of a figure, and what it was answered; None while it waits."""

    day: date
    number: int
    unit_id: str
    figure: str
    words: str
    filed_at: datetime
    filed_by: str
    until_at: datetime
    answer: str | None = None
    is_upheld: bool | None = None
    answered_at: datetime | None = None
    answered_by: str | None = None


def file(
    day: date, unit_id: str, figure: str, text: str, by: str, at: datetime, until: datetime
) -> Objection:
    """Keep an objection; exactly at the limit is in time. Raises `TooLate`, `BadValue`, `Unwritable`."""
    if at > until:
        raise TooLate(
            f"异议期已于 {until:%m-%d %H:%M} 结束。", f"The time to object ended at {until:%m-%d %H:%M}."
        )
    row = {
        "day": day,
        "unit_id": said(unit_id, "unit"),
        "figure": said(figure, "figure"),
        "words": said(text, "text"),
        "filed_at": at,
        "filed_by": said(by, "by"),
        "until_at": until,
    }
    return write(lambda connection: _file(connection, checked(objections, row)))


def answer(day: date, number: int, text: str, is_upheld: bool, by: str, at: datetime) -> Objection:
    """Answer one, once. Raises `AlreadyAnswered`, `BadValue` (also for one unknown), `Unwritable`."""
    row = {"answer": said(text, "text"), "answered_by": said(by, "by"), "answered_at": at}
    checked(objections, row)
    return write(lambda connection: _answer(connection, day, number, {**row, "is_upheld": is_upheld}))


def of(day: date) -> list[Objection]:
    """The objections to a meeting's figures, in the order they came. Raises `Unwritable`."""
    wanted = select(objections).where(objections.c.day == day).order_by(objections.c.number)
    return [Objection(**row) for row in read(lambda link: link.execute(wanted).mappings().all())]


def _file(connection: Connection, row: dict[str, Any]) -> Objection:
    last = connection.scalar(select(func.max(objections.c.number)).where(objections.c.day == row["day"]))
    row["number"] = (last or 0) + 1
    connection.execute(insert(objections).values(row))
    return Objection(**row)


def _answer(connection: Connection, day: date, number: int, row: dict[str, Any]) -> Objection:
    one = (objections.c.day == day, objections.c.number == number)
    stands = connection.execute(select(objections).where(*one)).mappings().first()
    if stands is None:
        raise BadValue(f"没有第 {number} 号异议。", f"There is no objection number {number}.")
    if stands["answer"] is not None:
        raise AlreadyAnswered(
            f"第 {number} 号异议已于 {stands['answered_at']:%m-%d %H:%M} 答复。",
            f"Objection {number} was answered at {stands['answered_at']:%m-%d %H:%M}.",
        )
    connection.execute(update(objections).where(*one).values(row))
    return Objection(**{**stands, **row})
