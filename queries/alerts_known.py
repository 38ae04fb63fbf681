"""Which alerts nobody can raise, as the source records nothing they rest on."""

from sqlalchemy import ColumnElement, literal, or_, select, true

from casedb.tables import assignments, case_events, cases, meeting_items, summons
from queries.cache import cached
from queries.contacting import FACES, VISIT, reached_in
from queries.database import read
from queries.feeds import THINGS
from queries.meetings_standing import ENDS
from queries.milestones import FEEDBACK
from rules.words import Urgency

RECORDED = cases.c.recorded_at.is_not(None)
LIMITED = assignments.c.due_at.is_not(None)
FIRST = cases.c.is_first.is_not(None)

NEEDS: dict[str, tuple[ColumnElement[bool], ...]] = {
    "A01": (RECORDED,),
    "A02": (RECORDED, cases.c.dispatched_at.is_not(None)),
    "A03": (assignments.c.section_at.is_not(None),),
    "A04": (FIRST, reached_in(FACES)),
    "A05": (FIRST, case_events.c.event == FEEDBACK),
    "A06": (FIRST,),
    "A07": (cases.c.legal_route.is_not(None), LIMITED),
    "A08": (cases.c.urgency == Urgency.CRITICAL.value, reached_in(VISIT)),
    "A09": (summons.c.called_at.is_not(None), summons.c.arrived_at.is_not(None)),
    "A10": (LIMITED,),
    "A11": (meeting_items.c.assigned_at.is_not(None), or_(*(end.is_not(None) for end in ENDS))),
    "A14": (or_(cases.c.cluster_id.is_not(None), cases.c.first_case_id.is_not(None)),),
    "A15": (or_(cases.c.is_group == true(), cases.c.petitioner_count > 1, cases.c.cluster_id.is_not(None)),),
    "A17": (THINGS["ways"][1],),
    "A19": (cases.c.promised_due.is_not(None),),
}
"""What must be written somewhere in the source before an alert can say anything: all of it."""


@cached
def unknown() -> list[str]:
    """The kinds of alerts that cannot be known here, in order."""
    return [alert for alert, needs in NEEDS.items() if not all(map(_is_found, needs))]


def _is_found(need: ColumnElement[bool]) -> bool:
    return len(read(select(literal(1).label("one")).where(need).limit(1))) > 0
