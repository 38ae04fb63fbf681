"""A city whose ten days are those of the published 27th bulletin: 26 June to 8 July 2019."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, insert

from casedb import tables

START, END = datetime(2019, 6, 26), datetime(2019, 7, 8)

CALLS, SMS, OTHERS = 3309, 6, 38
ONLINE, DISPATCHED, COMPLAINTS = 1652, 1228, 172
CARRIED, DONE = 316, 750
RATED, SATISFIED = 629, 609

SENTENCE = (
    "自6月26日以来，中心共收到各类诉求3353件，投诉172件、占比5.13%，其中12345接听3309个，有效事项2880件，"
    "在线办结1652件、转派工单1228件；短信平台6件；其他渠道38件。目前，办结工单750件，794件正在办理，"
    "按时办结率100%；对办结工单回访，群众满意度96.82%。"
)

CHANNELS = {"12345": ("12345热线", True), "sms": ("短信平台", False), "app": ("手机客户端", False)}

Row = dict[str, Any]


def build(engine: Engine) -> None:
    """Write the city: tickets carried in first, so that of all tickets the oldest 750 are done."""
    carried = [_ticket(f"carried-{n}", START - timedelta(hours=1 + n), n) for n in range(CARRIED)]
    received = [_received(n) for n in range(CALLS + SMS + OTHERS)]
    tickets = [*carried, *received[ONLINE : ONLINE + DISPATCHED]]
    for place, case in enumerate(tickets):
        case["closed_at"] = _done_at(place) if place < DONE else None
    with engine.begin() as connection:
        for table, rows in _all(carried + received, tickets).items():
            connection.execute(insert(tables.metadata.tables[table]), rows)


def _received(number: int) -> Row:
    """The n-th request of the period: settled online, then sent to a unit, then not valid."""
    at = START + timedelta(minutes=4 * number)
    channel = "12345" if number < CALLS else "sms" if number < CALLS + SMS else "app"
    issue = "投诉" if number < COMPLAINTS else "噪音扰民" if number < 2 * COMPLAINTS - 1 else None
    if ONLINE <= number < ONLINE + DISPATCHED:
        return {**_ticket(f"case-{number}", at, number), "channel_id": channel, "issue": issue}
    settled = at if number < ONLINE else None
    known = {"case_id": f"case-{number}", "received_at": at, "channel_id": channel, "issue": issue}
    return {
        **known,
        "is_valid": number < ONLINE,
        "settled_at": settled,
        "closed_at": settled,
        "dispatched_at": None,
    }


def _ticket(case_id: str, at: datetime, number: int) -> Row:
    channel = "12345" if number % 2 else "app"
    known = {"case_id": case_id, "received_at": at, "channel_id": channel, "issue": None, "is_valid": True}
    return {**known, "settled_at": None, "closed_at": None, "dispatched_at": at}


def _done_at(place: int) -> datetime:
    return START + timedelta(days=6, minutes=10 * place % 5000)


def _all(known: list[Row], tickets: list[Row]) -> dict[str, list[Row]]:
    done = tickets[:DONE]
    calls = [
        {
            "callback_id": f"call-{place}",
            "case_id": case["case_id"],
            "reached": True,
            "unit_id": "D1",
            "at": END - timedelta(minutes=1 + place),
            "rating": "satisfied" if place < SATISFIED else "dissatisfied",
        }
        for place, case in enumerate(done[:RATED])
    ]
    held = [
        {
            "assignment_id": f"a-{case['case_id']}",
            "case_id": case["case_id"],
            "unit_id": "D1",
            "dispatched_at": case["dispatched_at"],
            "closed_at": case["closed_at"],
            "due_at": case["closed_at"] or END + timedelta(days=3),
        }
        for case in tickets
    ]
    days = {26: (date(2019, 6, 26), date(2019, 6, 26)), 27: (date(2019, 7, 6), date(2019, 7, 8))}
    return {
        "units": [{"unit_id": "D1", "name": "市城管局", "unit_group": "department"}],
        "channels": [
            {"channel_id": code, "name": n, "is_call": call} for code, (n, call) in CHANNELS.items()
        ],
        "meetings": [
            {"meeting_id": f"m{number}", "number": number, "nominal_date": nominal, "actual_date": actual}
            for number, (nominal, actual) in days.items()
        ],
        "cases": known,
        "assignments": held,
        "callbacks": calls,
    }
