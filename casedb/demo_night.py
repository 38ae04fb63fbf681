"""A night of the demo: diggers take earth where they must not, the town whistles, and four units come."""

from datetime import date, timedelta
from typing import Any

import numpy as np

from casedb.bulk import Columns
from casedb.city import City
from casedb.demo_plan import Plan
from casedb.demo_story import Story, filled, lead, moment, rows
from casedb.demo_told import Row, blow, call, columns
from rules.words import (
    CallbackSource,
    ContactMode,
    EvidenceKind,
    Nature,
    RatedObject,
    Rating,
    Resolved,
    WhistleKind,
)

STORY = Story("T20", "松涧村", "松涧村挖机夜间取土", "城市管理/噪音/施工噪音", Nature.COMPLAINT)

WHISTLE, EARLIER = "WH90002", "WH90001"
SPOT = "T20-5"
MATTER = "挖机夜间违法取土"

DAYS, SINCE = 2, 18
"""The night lies so many days before the last day; the spot was whistled at so many days before that."""

CALLED = (
    ("D23", "arrived", 38, "10:20", "牵头责令停止作业，次日10时20分监督挖机全部拖离", 5.0),
    ("D14", "arrived", 51, "00:40", "现场测量取土面积，固定证据", 5.0),
    ("D15", "arrived", 132, "00:55", "核查林地边界", 2.0),
    ("D11", "self", 47, "00:30", "查扣运土车辆", 3.0),
)
"""Who was called, how it came, after how many minutes (a rural limit ends after 120), when on the next day
it left, what it did, and how the town rates it."""

TALKS, MODES, PHOTOS = ("20:50", "11:20"), (ContactMode.PHONE, ContactMode.VISIT), ("22:31", "10:22")
"""When the town speaks to the citizen and how, and takes pictures: on the evening, and on the day after."""

GONE = "挖机全部拖离现场"
ANSWER = "联合水利、自规、林业、城管现场查处，挖机已全部拖离，责令复绿"


def night(plan: Plan) -> date:
    """The day whose evening it is."""
    return plan.until.date() - timedelta(days=DAYS)


def _next_day(plan: Plan) -> date:
    return night(plan) + timedelta(days=1)


def leads(plan: Plan, city: City, like: Columns, case: int, sent: np.datetime64) -> Columns:
    """The town's own assignment, done once the machines are gone; ``sent``: when the town got it."""
    section = sent + np.timedelta64(70, "m")
    told: dict[str, Any] = {
        "signed_at": sent + np.timedelta64(40, "m"),
        "section_at": section,
        "close_note": ANSWER,
    }
    told |= {"closed_at": moment(_next_day(plan), "15:10"), "claims_resolved": True}
    return rows([lead(plan, city, like, case, unit=STORY.town, limit="complaint", sent=sent, **told)])


def calls(plan: Plan, city: City, like: Columns, case: int) -> Columns:
    """The citizen is called that evening, and is satisfied."""
    told: dict[str, Any] = {"_case": case, "_unit": city.unit_number[STORY.town], "round": 1, "reached": True}
    told |= {"source": CallbackSource.CENTRE.value, "at": moment(_next_day(plan), "18:35")}
    told |= {"rating": Rating.SATISFIED.value, "rated_object": RatedObject.UNIT.value}
    return filled(like, told | {"resolved": Resolved.YES.value})


def beside(plan: Plan, case: str) -> dict[str, Columns]:
    """By table: the town calls and comes, and has the pictures; the diggers are gone."""
    by_town = {"case_id": case, "unit_id": STORY.town}
    talks = [
        by_town | {"contact_id": f"{case}-1-N{day}", "at": at, "mode": mode.value, "reached": True}
        for day, (at, mode) in enumerate(zip(_moments(plan, *TALKS), MODES, strict=True))
    ]
    photos = [
        by_town | {"evidence_id": f"{case}-1-N{day}", "kind": EvidenceKind.PHOTO.value, "at": at}
        for day, at in enumerate(_moments(plan, *PHOTOS))
    ]
    gone = {"event_id": f"{case}-1-site_visit", "case_id": case, "at": moment(_next_day(plan), "10:20")}
    gone |= {"actor_unit_id": CALLED[0][0], "actor_role": "经办人", "event": "site_visit", "payload": GONE}
    return {"contacts": columns(talks), "evidence": columns(photos), "case_events": columns([gone])}


def _moments(plan: Plan, evening: str, morning: str) -> list[np.datetime64]:
    """A time of the night's day, and one of the day after."""
    return [moment(night(plan), evening), moment(_next_day(plan), morning)]


def whistles(plan: Plan, case: str | None) -> tuple[list[Row], list[Row]]:
    """(whistles, summons): the night's, and the one at that spot before it; ``case``: the one behind it.

    A demo begun after either of them does without it.
    """
    if night(plan) < plan.start:
        return [], []
    before, called_before = _before(plan)
    blown = blow(WHISTLE, STORY.town, MATTER, False, moment(night(plan), "21:42"))
    blown |= {"kind": WhistleKind.ENFORCEMENT.value, "place": STORY.place, "spot_id": SPOT, "case_id": case}
    summons = []
    for place, (unit, state, took, clock, action, rating) in enumerate(CALLED):
        left = {"left_at": moment(_next_day(plan), clock), "action": action, "town_rating": rating}
        summons.append(call(blown, place, unit, state, took) | left)
    blown |= {"closed_at": moment(_next_day(plan), "11:05"), "unit_rating": 5.0}
    return [*before, blown], [*called_before, *summons]


def _before(plan: Plan) -> tuple[list[Row], list[Row]]:
    """The same diggers, so many days before."""
    day = night(plan) - timedelta(days=SINCE)
    if day < plan.start:
        return [], []
    blown = blow(EARLIER, STORY.town, MATTER, False, moment(day, "22:15"))
    blown |= {"kind": WhistleKind.ENFORCEMENT.value, "place": STORY.place, "spot_id": SPOT}
    left = {"left_at": moment(day, "23:40"), "action": "到场时挖机已离开，现场警示", "town_rating": 3.0}
    summons = [call(blown, place, unit, "arrived", 45) | left for place, unit in enumerate(("D23", "D14"))]
    return [blown | {"closed_at": moment(day, "23:55"), "unit_rating": 3.0}], summons
