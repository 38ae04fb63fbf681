"""The sums of the bulletin in every window of both demos: what is said in the meeting always adds up."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from casedb import demo
from queries import database
from queries.meetings_bulletin import identities
from queries.meetings_known import cutoff, seeded
from queries.meetings_pack import Pack, pack

LATER = timedelta(days=3, hours=5)


def packs(first: date, last: date, now: datetime) -> list[Pack]:
    """Every meeting of the span at its cutoff, and as its draft stood three days before."""
    held = [meeting for meeting in seeded(first, last) if meeting.takes_place]
    moments = [(one, min(at, now)) for one in held for at in (cutoff(one), cutoff(one) - LATER)]
    return [pack(one.actual, at) for one, at in moments if at > datetime.combine(first, datetime.min.time())]


@pytest.mark.parametrize(
    ("scenario", "options", "span", "now", "windows"),
    [
        ("first-year", {}, (date(2018, 10, 1), date(2019, 8, 20)), datetime(2019, 8, 31), 58),
        (
            "today",
            {"days": 60, "scale": 0.2},
            (date(2026, 9, 30), date(2026, 11, 26)),
            datetime(2026, 11, 25, 9, 30),
            12,
        ),
    ],
)
def test_the_sums_agree_in_every_window_of_a_demo(
    tmp_path: Path, scenario: str, options: dict, span: tuple[date, date], now: datetime, windows: int
) -> None:
    url = f"sqlite:///{tmp_path / 'demo.db'}"
    demo.run(url, demo.plan(scenario, **options))
    database.connect(url)

    asked = packs(*span, now)
    failing = [(one.meeting.actual, one.scope) for one in asked if not identities(one.scope)["holds"].all()]
    database.dispose()

    assert failing == []
    assert len(asked) >= windows
