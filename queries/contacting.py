"""What it is to reach a citizen: by a person, and in which ways; an automatic message is no contact."""

from sqlalchemy import ColumnElement, and_, false, func

from casedb.tables import contacts
from rules.words import ContactMode

FACES = (ContactMode.MEETING.value, ContactMode.VIDEO.value, ContactMode.VISIT.value)
"""Ways of meeting a petitioner: the telephone is none."""

VISIT = (ContactMode.VISIT.value,)
"""The way by which somebody was on the spot."""

REACHED = contacts.c.reached != false()

SPOKEN = and_(REACHED, func.coalesce(contacts.c.mode, "") != ContactMode.MESSAGE.value)
"""The citizen was reached by a person (M03)."""


def reached_in(modes: tuple[str, ...]) -> ColumnElement[bool]:
    """The citizen was reached in one of these ways."""
    return and_(REACHED, contacts.c.mode.in_(modes))
