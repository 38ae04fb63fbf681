"""Which steps of a case had a limit of their own: entering, signing, contacting, calling back."""

from collections.abc import Iterator
from datetime import datetime

from queries.cases_file import File, Row
from queries.cases_limits import is_contact, response, sla
from rules.words import CallbackSource, RatedObject
from rules.workdays import WorkCalendar

Limits = dict[tuple[str, datetime], datetime]
"""The step's event and moment → the last moment it would have been in time."""


def limits(file: File, calendar: WorkCalendar) -> Limits:
    """The limits of the steps that have been taken; those still to come are `cases_limits`."""
    found: list[tuple[str, datetime, datetime | None]] = []
    recorded = file.case["recorded_at"]
    if recorded:
        found.append(("recorded", recorded, sla("record", file.case["received_at"], calendar)))
    for lead in file.leads:
        found += _of_unit(file, lead, calendar) if lead["dispatched_at"] else []
        found += _of_centre(file, lead, calendar) if lead["closed_at"] else []
    return {(event, at): due for event, at, due in found if due is not None}


def _of_unit(
    file: File, lead: Row, calendar: WorkCalendar
) -> Iterator[tuple[str, datetime, datetime | None]]:
    """When the unit signed, and when it first reached the citizen."""
    sent = lead["dispatched_at"]
    if lead["signed_at"]:
        yield "signed", lead["signed_at"], sla("sign", sent, calendar)
    reached = [row["at"] for row in file.contacts if is_contact(row) and row["at"] >= sent]
    if reached:
        yield "contact", reached[0], sla(response(file.case["urgency"]), sent, calendar)


def _of_centre(
    file: File, lead: Row, calendar: WorkCalendar
) -> Iterator[tuple[str, datetime, datetime | None]]:
    """When somebody other than the unit first called about its answer."""
    answered = lead["closed_at"]
    others = [row for row in file.callbacks if row["source"] != CallbackSource.UNIT.value]
    calls = [row for row in others if row["rated_object"] == RatedObject.UNIT.value]
    after = [row["at"] for row in calls if row["at"] >= answered]
    if after:
        yield "callback", after[0], sla("callback", answered, calendar)
