"""An order of the demo that goes from hand to hand: three units return it four times, and it is still open.

As it was in a city that gave the case to its discipline inspectors: a tree hides a street lamp, and it is the
matter of whoever has it least.
"""

from datetime import date

import numpy as np

from casedb.bulk import Columns
from casedb.city import City
from casedb.demo_plan import Plan
from casedb.demo_story import Story, lead, moment, rows, workday_before
from casedb.demo_told import columns
from rules.words import Nature, ReturnRuling

STORY = Story("T09", "文昌路", "文昌路树枝遮挡路灯", "城市管理/市容环卫/绿化树木", Nature.HELP)

BEGUN = 11
"""It begins so many working days before the last day."""

HANDS = (
    ("D11", 10, "10:20", "路灯照明设施由城投公司管护"),
    ("P08", 9, "11:05", "树木修剪不属本公司职责"),
    ("D11", 8, "09:40", "行道树归林业部门管理"),
    ("D15", 6, "14:30", "城区行道树不属林地"),
)
"""Who had it, how many working days before the last day and when it was returned, and why."""

LAST = ("D11", 6, 5, "10:10", "非本单位职责")
"""Who has it since that day's ruling, and the return that was refused; its three days ended two days ago."""

ELSEWHERE = (
    (9, "20:12", "urged", "话务员", "群众来电催办：路灯仍被遮挡，老人夜间摔倒"),
    (6, "16:05", "progress", "值班长", "专题会商：由市城管局主办，不再受理退单"),
    (3, "19:48", "urged", "话务员", "群众来电催办"),
    (1, "08:56", "urged", "话务员", "群众来电催办，要求答复由谁负责"),
)
"""What happened beside: how many working days before the last day, when, what, by whom, in which words."""


def begins(plan: Plan) -> date:
    """The day it was received."""
    return workday_before(plan, BEGUN)


def leads(plan: Plan, city: City, like: Columns, case: int, sent: np.datetime64) -> Columns:
    """The five assignments; ``sent``: when the first unit got it."""
    parts = []
    for hop, (unit, back, clock, reason) in enumerate(HANDS):
        returned = moment(workday_before(plan, back), clock)
        asked = returned - np.timedelta64(95, "m")
        ruling = {"return_ruling": ReturnRuling.ACCEPTED.value, "return_reason": reason}
        held = {"unit": unit, "sent": sent, "signed_at": sent + np.timedelta64(48, "m"), "_hop": hop}
        told = held | ruling | {"return_asked_at": asked, "returned_at": returned}
        parts.append(lead(plan, city, like, case, limit="help", **told))
        sent = returned + np.timedelta64(38, "m")
    return rows([*parts, _last(plan, city, like, case)])


def _last(plan: Plan, city: City, like: Columns, case: int) -> Columns:
    """The one that the ruling made: signed for, its return refused, and nothing since."""
    unit, begun, back, clock, reason = LAST
    sent = moment(workday_before(plan, begun), "16:20")
    return lead(
        plan, city, like, case,
        unit=unit, limit="help", sent=sent, signed_at=sent + np.timedelta64(45, "m"),
        section_at=sent + np.timedelta64(52, "m"), _hop=len(HANDS),
        return_asked_at=moment(workday_before(plan, back), clock),
        return_ruling=ReturnRuling.REFUSED.value, return_reason=reason,
    )  # fmt: skip


def beside(plan: Plan, case: str) -> dict[str, Columns]:
    """By table: the citizen who urges again and again, and the ruling."""
    told = [
        {
            "event_id": f"{case}-{number}-{event}",
            "case_id": case,
            "at": moment(workday_before(plan, back), clock),
            "actor_role": role,
            "event": event,
            "payload": text,
        }
        for number, (back, clock, event, role, text) in enumerate(ELSEWHERE, start=1)
    ]
    return {"case_events": columns(told)}
