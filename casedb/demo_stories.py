"""Two stories among the demo's requests: an order that goes from hand to hand, and diggers by night.

Both are requests like all others, with numbers like all others, and lie so many days before the last moment.
"""

from collections.abc import Iterator
from types import ModuleType

import numpy as np

from casedb import demo_hands, demo_night
from casedb.bulk import Columns, stack, take
from casedb.city import City
from casedb.demo_cases import NATURES
from casedb.demo_plan import LIMITS, Plan
from casedb.demo_steps import Steps
from casedb.demo_story import Story
from casedb.demo_time import NEVER
from rules.deadlines import limit_for
from rules.words import Confidentiality, Urgency

PASSED_ON, AT_NIGHT = "20261110-0004", "20261123-0003"
"""Numbers of the two requests in the demo built by default; `passed_on` and `at_night` in any other."""

NIGHT_WHISTLE, WHISTLE_BEFORE = demo_night.WHISTLE, demo_night.EARLIER

EARLY = np.timedelta64(8 * 60 + 30, "m")
"""Both are received by then; a demo with too few requests for that does without the story."""

RECORDED, SENT = np.timedelta64(7, "m"), np.timedelta64(31, "m")
"""After their receipt."""

PLAIN = {
    "channel_id": "12345",
    "urgency": Urgency.NORMAL.value,
    "confidentiality": Confidentiality.OPEN.value,
    "is_valid": True,
    "is_first": True,
    "is_group": False,
    "petitioner_count": 1,
    "settled_at": NEVER,
    "_no_area": False,
    "_community": 1,
    "_grid": 1,
    **dict.fromkeys(("invalid_reason", "legal_route", "first_case_id", "merged_into", "cluster_id")),
}


def passed_on(plan: Plan) -> str:
    """Number of the request that is passed from unit to unit."""
    return f"{demo_hands.begins(plan):%Y%m%d}-{PASSED_ON[-4:]}"


def at_night(plan: Plan) -> str:
    """Number of the request behind the whistle by night."""
    return f"{demo_night.night(plan):%Y%m%d}-{AT_NIGHT[-4:]}"


def place(plan: Plan, city: City, cases: Columns) -> dict[int, Story]:
    """Give the two requests their matter; returns the stories by place in ``cases``."""
    told = {passed_on(plan): demo_hands.STORY, at_night(plan): demo_night.STORY}
    found = {}
    for row in np.flatnonzero(np.isin(cases["case_id"].astype(str), list(told))).tolist():
        received = cases["received_at"][row]
        if received - received.astype("M8[D]") <= EARLY:
            found[row] = told[cases["case_id"][row]]
            _describe(city, cases, row, found[row])
    return found


def _describe(city: City, cases: Columns, row: int, story: Story) -> None:
    for name, value in PLAIN.items():
        cases[name][row] = value
    received = cases["received_at"][row]
    cases["recorded_at"][row], cases["_dispatch"][row] = received + RECORDED, received + SENT
    cases["_leaf"][row], cases["_town"][row] = city.leaf(story.path), city.unit_number[story.town]
    cases["_place"][row] = city.names["places"].index(story.place)
    cases["nature"][row], cases["_nature"][row] = story.nature.value, NATURES.index(story.nature.value)
    cases["_limit"][row] = LIMITS.index(limit_for(story.nature))


def tell(plan: Plan, city: City, steps: Steps, cases: Columns, told: dict[int, Story]) -> None:
    """What the units did about them takes the place of what chance would have had them do."""
    leads, calls = steps.leads, steps.callbacks
    for row, story in told.items():
        leads, calls = _without(leads, row), _without(calls, row)
        leads = stack([leads, _teller(story).leads(plan, city, steps.leads, row, cases["_dispatch"][row])])
        if story is demo_night.STORY:
            calls = stack([calls, demo_night.calls(plan, city, steps.callbacks, row)])
    steps.leads, steps.callbacks = leads, calls


def _teller(story: Story) -> ModuleType:
    return demo_hands if story is demo_hands.STORY else demo_night


def _without(rows: Columns, case: int) -> Columns:
    return take(rows, rows["_case"] != case)


def beside(plan: Plan, cases: Columns, told: dict[int, Story]) -> Iterator[tuple[str, Columns]]:
    """What happened beside: (name of the table, its rows), added to what chance has put there."""
    for row, story in told.items():
        yield from _teller(story).beside(plan, cases["case_id"][row]).items()
