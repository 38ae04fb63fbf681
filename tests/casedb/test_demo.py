"""The demo: same plan, same rows; times in order; the published year to the last request."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, RowMapping, Table, and_, case, create_engine, func, or_, select

from casedb import demo, demo_stories, health, store
from casedb import tables as t
from casedb.city import city
from casedb.demo_routes import ROUTES
from rules.deadlines import due, hearings
from rules.workdays import WorkCalendar
from tests.builders import add_unit

UNTIL = datetime(2026, 11, 25, 9, 30)


def small(path: Path, seed: int = 6, days: int = 45, scale: float = 0.2) -> str:
    url = f"sqlite:///{path}"
    demo.run(url, demo.plan("today", days=days, seed=seed, scale=scale))
    return url


def opened(url: str) -> Iterator[Connection]:
    engine = create_engine(url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture(scope="module")
def city_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return small(tmp_path_factory.mktemp("demo") / "city.db")


@pytest.fixture
def today(city_url: str) -> Iterator[Connection]:
    yield from opened(city_url)


@pytest.fixture(scope="module")
def year_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('year') / 'year.db'}"
    demo.run(url, demo.plan("first-year"))
    return url


@pytest.fixture
def first_year(year_url: str) -> Iterator[Connection]:
    yield from opened(year_url)


@pytest.fixture(scope="module")
def usual_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return small(tmp_path_factory.mktemp("usual") / "usual.db", days=200, scale=1.0)


@pytest.fixture
def usual(usual_url: str) -> Iterator[Connection]:
    """The demo as everybody builds it, but for its first half year."""
    yield from opened(usual_url)


def count(connection: Connection, table: Table, *conditions: object) -> int:
    return connection.execute(select(func.count()).select_from(table).where(*conditions)).scalar_one()


def fingerprint(connection: Connection) -> str:
    """One hash over every row of every table."""
    digest = sha256()
    for table in t.metadata.sorted_tables:
        for row in connection.execute(select(table).order_by(*table.primary_key.columns)):
            digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()


def test_the_same_seed_gives_the_same_rows(today: Connection, tmp_path: Path) -> None:
    again = small(tmp_path / "again.db")

    (other,) = [fingerprint(connection) for connection in opened(again)]

    assert other == fingerprint(today)


def test_another_seed_gives_other_rows(today: Connection, tmp_path: Path) -> None:
    another = small(tmp_path / "another.db", seed=7)

    (other,) = [fingerprint(connection) for connection in opened(another)]

    assert other != fingerprint(today)


def test_the_data_health_finds_no_problem(today: Connection) -> None:
    found = [problem for problem in health.problems(UNTIL) if today.execute(problem.select).first()]

    assert found == []


def test_a_demo_never_replaces_data_that_are_not_its_own(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'real.db'}"
    engine = store.open_engine(url)
    store.create(engine)
    with engine.begin() as connection:
        add_unit(connection, "市城管局")
    engine.dispose()

    with pytest.raises(store.Unusable, match="not the demo's"):
        demo.run(url, demo.plan(days=2, scale=0.01))


def test_no_row_refers_to_one_that_is_not_there(today: Connection) -> None:
    assert today.exec_driver_sql("pragma foreign_key_check").fetchall() == []


def test_every_coded_value_is_one_of_the_contract(today: Connection) -> None:
    assert today.exec_driver_sql("pragma quick_check").fetchall() == [("ok",)]


def test_the_city_has_what_the_pictures_show(today: Connection) -> None:
    units = t.units.c

    assert count(today, t.units, units.is_linked.is_(True)) == 61
    assert count(today, t.units, units.unit_group == "town") == 29
    assert count(today, t.channels) == 13
    assert count(today, t.windows) == 27
    assert today.execute(select(func.sum(t.windows.c.seats))).scalar() == 54
    assert {level for (level,) in today.execute(select(t.categories.c.level))} == {1, 2, 3}
    issues = {issue for (issue,) in today.execute(select(t.cases.c.issue)) if issue}
    assert issues == set(city().names["issues"])


def test_three_whistles_are_under_way_and_two_units_have_not_answered(today: Connection) -> None:
    under_way = select(t.whistles.c.whistle_id).where(
        t.whistles.c.closed_at.is_(None),
        t.whistles.c.cancelled_at.is_(None),
        t.whistles.c.ruled_void_at.is_(None),
    )
    codes = [code for (code,) in today.execute(under_way)]

    silent = count(today, t.summons, t.summons.c.whistle_id.in_(codes), t.summons.c.answered_at.is_(None))

    assert len(codes) == 3
    assert silent == 2


def test_the_next_meeting_is_the_36th_and_has_twelve_items(today: Connection) -> None:
    planned = select(t.meetings).where(t.meetings.c.state == "planned").order_by(t.meetings.c.actual_date)

    meeting = today.execute(planned).mappings().first()

    assert meeting is not None
    assert (meeting["number"], str(meeting["actual_date"])) == (36, "2026-11-26")
    assert count(today, t.meeting_items, t.meeting_items.c.meeting_id == meeting["meeting_id"]) == 12


def test_the_oldest_overdue_cases_are_those_of_the_picture(today: Connection) -> None:
    titles = [title for _unit, _town, title, _late, _path in city().names["oldest"]]

    opened_cases = t.cases.c.title.in_(titles) & t.cases.c.closed_at.is_(None)

    assert count(today, t.cases, opened_cases) == len(titles)


def test_the_year_has_exactly_the_published_requests(first_year: Connection) -> None:
    cases, channels = t.cases.c, t.channels.c
    calls = select(func.count()).select_from(t.cases.join(t.channels)).where(channels.is_call.is_(True))

    assert count(first_year, t.cases) == 82_853
    assert first_year.execute(calls).scalar() == 78_685
    assert count(first_year, t.cases, cases.is_valid.is_(True)) == 59_624
    assert count(first_year, t.cases, cases.settled_at.is_not(None)) == 41_658
    assert count(first_year, t.cases, cases.dispatched_at.is_not(None)) == 17_966
    assert count(first_year, t.cases, cases.settled_at.is_not(None), cases.closed_at != cases.settled_at) == 0


def test_the_year_has_the_published_satisfaction(first_year: Connection) -> None:
    rated = (
        t.callbacks.c.reached.is_(True)
        & (t.callbacks.c.source != "unit")
        & (t.callbacks.c.round == 1)
        & (t.callbacks.c.rated_object == "unit")
    )

    good = count(first_year, t.callbacks, rated, t.callbacks.c.rating.in_(["satisfied", "mostly"]))
    bad = count(first_year, t.callbacks, rated, t.callbacks.c.rating == "dissatisfied")

    assert f"{100 * good / (good + bad):.1f}" == "97.4"


def test_the_year_has_the_published_meetings(first_year: Connection) -> None:
    meetings, items = t.meetings.c, t.meeting_items.c
    held = meetings.state == "held"
    day = {row.number: str(row.actual_date) for row in first_year.execute(select(t.meetings).where(held))}

    assert count(first_year, t.meetings, held) == 30
    assert count(first_year, t.meetings, held, meetings.chair_role == "secretary") == 14
    assert (day[26], day[27], day[30]) == ("2019-06-26", "2019-07-08", "2019-08-06")
    assert count(first_year, t.meeting_items, items.assigned_at.is_not(None)) == 745
    assert count(first_year, t.meeting_items, items.closed_at.is_not(None)) == 697


def test_nothing_of_the_year_lies_after_its_last_moment(first_year: Connection) -> None:
    last = datetime(2019, 8, 31, 18)

    found = [problem for problem in health.problems(last) if first_year.execute(problem.select).first()]

    assert found == []


# ── what the pages have to show ──────────────────────────────────────────────────────────────────────────

work, calls = t.assignments.c, t.callbacks.c
LED = work.role == "lead"
RATED = and_(calls.reached.is_(True), calls.source != "unit", calls.round == 1, calls.rated_object == "unit")
LIMIT = case((work.extension_asked_at <= work.due_at, work.extended_to), else_=work.due_at)


def share(connection: Connection, table: Table, part: object, *whole: object) -> float:
    return count(connection, table, part, *whole) / count(connection, table, *whole)


def leads(connection: Connection, code: str) -> list[RowMapping]:
    wanted = select(t.assignments).where(work.case_id == code, LED).order_by(work.seq)
    return list(connection.execute(wanted).mappings())


def test_some_complaints_and_reports_go_the_way_of_the_law_and_please_less(usual: Connection) -> None:
    lawful = t.cases.c.legal_route.in_(ROUTES)
    routes = select(t.cases.c.case_id).where(lawful)
    rated = calls.rating.in_(["satisfied", "mostly", "dissatisfied"])

    pleased = share(
        usual, t.callbacks, calls.rating != "dissatisfied", RATED, rated, calls.case_id.in_(routes)
    )

    assert 0.03 < share(usual, t.cases, lawful, t.cases.c.dispatched_at.is_not(None)) < 0.04
    assert count(usual, t.cases, lawful, t.cases.c.nature.not_in(["complaint", "report"])) == 0
    assert count(usual, t.cases, lawful, t.cases.c.dispatched_at.is_(None)) == 0
    assert 0.75 < pleased < 0.85
    assert count(usual, t.cases, t.cases.c.legal_route == "信访事项") > 1000


def test_most_merged_requests_are_called_back_themselves_about_the_unit_that_answered(
    usual: Connection,
) -> None:
    child, parent = t.cases.alias("child"), t.cases.alias("parent")
    pairs = child.join(parent, parent.c.case_id == child.c.merged_into)
    closed = select(child.c.case_id, parent.c.case_id, parent.c.closed_at).select_from(pairs)
    ended = usual.execute(closed.where(child.c.closed_at.is_not(None))).all()
    of_child = {code: (of, at) for code, of, at in ended}

    found = usual.execute(select(t.callbacks).where(calls.case_id.in_(list(of_child)))).mappings().all()

    assert 0.8 < len(found) / len(ended) < 1
    for call in found:
        of, at = of_child[call["case_id"]]
        answered = leads(usual, of)[-1:] or [{"unit_id": None, "round": 1}]
        assert call["at"] > at
        assert call["assignment_id"] is None
        assert (call["unit_id"], call["round"]) == (answered[0]["unit_id"], answered[0]["round"])


def test_some_units_claim_that_all_is_resolved_and_their_citizens_do_not(usual: Connection) -> None:
    agreed, asked = calls.resolved == "yes", (RATED, calls.resolved.in_(["yes", "partly", "no"]))

    for unit in city().names["overclaiming"]:
        mine = work.unit_id == unit
        claimed = share(usual, t.assignments, work.claims_resolved, LED, mine, work.closed_at.is_not(None))
        assert claimed > 0.97
        assert 0.5 < share(usual, t.callbacks, agreed, *asked, calls.unit_id == unit) < 0.75
    assert share(usual, t.callbacks, agreed, *asked) > 0.8


def test_units_that_return_blindly_are_refused_more_often_and_ask_again(usual: Connection) -> None:
    asked, refused = work.return_asked_at.is_not(None), work.return_ruling == "refused"
    blind = work.unit_id.in_(city().names["blind"])
    again = t.assignments.alias("again")
    same = and_(again.c.case_id == work.case_id, again.c.unit_id == work.unit_id, again.c.seq > work.seq)
    twice = select(again.c.case_id).where(same, again.c.role == "lead", again.c.return_asked_at.is_not(None))

    assert share(usual, t.assignments, refused, LED, asked, blind) > 0.55
    assert share(usual, t.assignments, refused, LED, asked, ~blind) < 0.4
    assert count(usual, t.assignments, LED, refused, twice.exists()) > 10
    assert count(usual, t.assignments, work.return_ruling == "refused", work.returned_at.is_not(None)) == 0


def test_a_few_units_are_late_again_when_a_case_is_sent_back_to_them(usual: Connection) -> None:
    again, slow = (LED, work.round == 2, work.closed_at.is_not(None)), city().names["slow_again"]

    late = share(usual, t.assignments, work.closed_at > LIMIT, *again, work.unit_id.in_(slow))

    assert 0.07 < late < 0.17
    assert share(usual, t.assignments, work.closed_at > LIMIT, *again, work.unit_id.not_in(slow)) < 0.07


def test_extensions_are_asked_in_the_last_hours_and_some_units_have_more_than_two(usual: Connection) -> None:
    asked = select(work.extension_asked_at, work.due_at).where(LED, work.extension_count > 0)
    left = [due - at for at, due in usual.execute(asked)]
    often = select(work.unit_id).where(LED, work.extension_count > 2).distinct()

    hasty = sum(timedelta(0) <= span <= timedelta(hours=4) for span in left) / len(left)

    assert 0.2 < hasty < 0.3
    assert set(usual.execute(often).scalars()) == set(city().names["extending"])


def test_now_and_then_three_units_pass_one_case_on_and_most_of_these_are_closed(usual: Connection) -> None:
    returns, units = func.count(work.returned_at), func.count(work.unit_id.distinct())
    passed = select(work.case_id).where(LED).group_by(work.case_id).having(returns >= 2, units >= 3)
    closed = t.cases.c.closed_at.is_not(None)

    assert 12 < count(usual, t.cases, t.cases.c.case_id.in_(passed)) < 60
    assert share(usual, t.cases, closed, t.cases.c.case_id.in_(passed)) > 0.7


def test_most_promises_are_kept_a_few_are_broken_and_some_still_run(usual: Connection) -> None:
    given, due = t.cases.c.promised_at.is_not(None), t.cases.c.promised_due
    done, still = t.cases.c.closed_at, t.cases.c.closed_at.is_(None)

    assert count(usual, t.cases, given) > 40
    assert share(usual, t.cases, done <= due, given, ~still) > 0.7
    assert count(usual, t.cases, given, done > due) > 3
    assert count(usual, t.cases, given, still, due < UNTIL) > 0
    assert count(usual, t.cases, given, still, due >= UNTIL) > 0
    assert count(usual, t.cases, or_(t.cases.c.promised_at > UNTIL, due <= t.cases.c.promised_at)) == 0


def test_units_go_to_pressing_matters_mostly_within_the_limit(usual: Connection) -> None:
    pressing = t.assignments.join(t.cases).join(
        t.contacts, and_(t.contacts.c.case_id == work.case_id, t.contacts.c.unit_id == work.unit_id)
    )
    proof = t.evidence.c.at == t.contacts.c.at
    arrivals = select(work.dispatched_at, t.contacts.c.at, t.cases.c.area_kind).select_from(
        pressing.join(t.evidence, and_(t.evidence.c.case_id == work.case_id, proof))
    )
    there = arrivals.where(
        LED, work.due_rule == "sla.urgent", t.contacts.c.mode == "visit", t.evidence.c.kind == "position"
    )

    minutes = [((at - sent).total_seconds() / 60, kind) for sent, at, kind in usual.execute(there)]

    late = [taken > {"urban": 30, "rural": 120}[kind] for taken, kind in minutes]
    assert len(late) > 300
    assert 0.1 < sum(late) / len(late) < 0.3


def test_the_last_day_has_a_void_whistle_a_unit_ruled_out_and_late_arrivals(today: Connection) -> None:
    recent = t.whistles.c.at > UNTIL - timedelta(days=1)
    pairs = select(t.whistles.c.area_kind).join(t.summons).where(recent)
    late = t.summons.c.arrived_at > func.coalesce(t.summons.c.last_due_at, t.summons.c.due_at)
    running = t.whistles.c.closed_at.is_(None) & t.whistles.c.ruled_void_at.is_(None)

    assert count(today, t.whistles, recent, t.whistles.c.ruled_void_at.is_not(None)) >= 1
    assert set(today.execute(pairs.where(late)).scalars()) == {"urban", "rural"}
    assert today.execute(pairs.where(running, late)).first()
    assert today.execute(pairs.where(running, t.summons.c.ruled_out_at.is_not(None))).first()


# ── petitions ────────────────────────────────────────────────────────────────────────────────────────────

steps = t.case_events.c


def petitions(connection: Connection) -> list[dict[str, Any]]:
    """First petitions with their first unit, and when it met, told and notified the citizen and was done."""
    faces = and_(t.contacts.c.mode.in_(["meeting", "video", "visit"]), t.contacts.c.reached)
    met = select(t.contacts.c.case_id, func.min(t.contacts.c.at)).where(faces).group_by(t.contacts.c.case_id)
    done = {"met": dict(tuple(row) for row in connection.execute(met))}
    for code in ("feedback", "notice"):
        first = select(steps.case_id, func.min(steps.at)).where(steps.event == code).group_by(steps.case_id)
        done[code] = dict(tuple(row) for row in connection.execute(first))
    names = (work.unit_id, work.closed_at, t.cases.c.case_id, t.cases.c.received_at)
    accepted = func.coalesce(t.cases.c.recorded_at, t.cases.c.received_at).label("accepted_at")
    lawful = (
        t.cases.c.legal_route == "信访事项",
        t.cases.c.is_first,
        work.round == 1,
        work.returned_at.is_(None),
    )
    rows = connection.execute(select(*names, accepted).join_from(t.cases, t.assignments).where(LED, *lawful))
    return [{**row, **{name: at.get(row["case_id"]) for name, at in done.items()}} for row in rows.mappings()]


def declined(connection: Connection) -> dict[str, int]:
    """How often the citizen of a case would not be met."""
    asked = select(steps.case_id, func.count()).where(steps.event == "meeting_refused")
    return dict(tuple(row) for row in connection.execute(asked.group_by(steps.case_id)))


def kept(rows: list[dict[str, Any]], name: str, rule: str, begin: str = "accepted_at") -> float:
    """Of those whose limit has passed, the share that was done in time."""
    limits = [(row[name], due(rule, row[begin], WorkCalendar())) for row in rows]
    passed = [at is not None and at <= limit for at, limit in limits if limit < UNTIL]
    return sum(passed) / len(passed)


def test_most_petitioners_are_met_told_and_notified_in_time_and_most_petitions_are_done_in_21_days(
    usual: Connection,
) -> None:
    willing = [row for row in petitions(usual) if row["case_id"] not in declined(usual)]
    old = [row for row in willing if UNTIL - row["received_at"] > timedelta(days=20)]
    told = [
        {**row, "told": min(filter(None, (row["feedback"], row["closed_at"])), default=None)}
        for row in willing
    ]

    assert 0.88 < kept(willing, "met", "meet") < 0.93
    assert 0.85 < kept(told, "told", "feedback") < 0.91
    assert 0.96 < kept(willing, "notice", "petition_notice", "received_at") < 0.99
    assert 0.69 < kept(willing, "closed_at", "finish") < 0.75
    assert 0.02 < sum(row["met"] is None for row in old) / len(old) < 0.05


def test_a_few_units_meet_petitioners_clearly_less_often_in_time(usual: Connection) -> None:
    rows, distant = petitions(usual), city().names["distant"]

    assert kept([row for row in rows if row["unit_id"] in distant], "met", "meet") < 0.75
    assert kept([row for row in rows if row["unit_id"] not in distant], "met", "meet") > 0.88


def test_few_open_petitions_have_missed_a_milestone(usual: Connection) -> None:
    still = [row for row in petitions(usual) if row["closed_at"] is None]
    past = {
        rule: [row for row in still if due(rule, row["accepted_at"], WorkCalendar()) < UNTIL]
        for rule in ("meet", "feedback", "finish")
    }

    assert len(still) > 150
    assert 0 < sum(row["met"] is None for row in past["meet"]) < 40
    assert 0 < sum(row["feedback"] is None for row in past["feedback"]) < 40
    assert 20 < len(past["finish"]) < 60


def test_a_few_citizens_would_not_be_met_asked_twice(usual: Connection) -> None:
    rows, asked = petitions(usual), declined(usual)
    twice = [row for row in rows if asked.get(row["case_id"]) == 2]

    assert 2 <= sum(row["closed_at"] is None for row in twice) <= 4
    assert all(row["met"] is None or row["met"] > row["closed_at"] for row in twice)


def test_some_open_petitions_are_heard_and_one_hearing_still_goes_on(usual: Connection) -> None:
    still = {row["case_id"]: row for row in petitions(usual) if row["closed_at"] is None}
    wanted = select(steps.case_id, steps.event, steps.at).where(steps.event.startswith("hearing_"))
    found: dict[str, list[tuple[str, datetime]]] = defaultdict(list)
    for code, event, at in usual.execute(wanted):
        found[code].append((event, at))
    held = {code: hearings(taken) for code, taken in found.items()}

    assert 4 <= sum(code in still for code in held) <= 6
    assert [len(pauses) for pauses in held.values()] == [1] * len(held)
    assert 1 <= sum(ended is None for ((_begun, ended),) in held.values()) <= 2
    assert all(code in still for code, ((_begun, ended),) in held.items() if ended is None)


# ── stories ──────────────────────────────────────────────────────────────────────────────────────────────


def test_one_order_is_returned_four_times_by_three_units_and_is_still_open_and_late(
    usual: Connection,
) -> None:
    held = leads(usual, demo_stories.PASSED_ON)

    assert [row["unit_id"] for row in held] == ["D11", "P08", "D11", "D15", "D11"]
    assert [row["return_ruling"] for row in held] == ["accepted"] * 4 + ["refused"]
    assert [row["returned_at"] is None for row in held] == [False] * 4 + [True]
    assert all(row["returned_at"] < after["dispatched_at"] for row, after in pairwise(held))
    assert held[-1]["due_at"] == datetime(2026, 11, 21)  # the end of Friday; Monday and Tuesday have gone by
    assert held[-1]["closed_at"] is None
    code = usual.execute(select(t.cases).where(t.cases.c.case_id == demo_stories.PASSED_ON)).mappings().one()
    assert (code["title"], code["closed_at"], code["is_valid"]) == ("文昌路树枝遮挡路灯", None, True)
    assert UNTIL - code["received_at"] < timedelta(days=16)


def test_one_night_a_town_whistles_at_diggers_and_four_units_come(usual: Connection) -> None:
    is_it = t.whistles.c.whistle_id == demo_stories.NIGHT_WHISTLE
    whistle = usual.execute(select(t.whistles).where(is_it)).mappings().one()
    of_it = select(t.summons).where(t.summons.c.whistle_id == demo_stories.NIGHT_WHISTLE)
    called = usual.execute(of_it.order_by(t.summons.c.summons_id)).mappings().all()
    before = usual.execute(
        select(t.whistles.c.at).where(t.whistles.c.spot_id == whistle["spot_id"], ~is_it)
    ).scalars()

    assert (whistle["case_id"], whistle["kind"]) == (demo_stories.AT_NIGHT, "enforcement")
    assert whistle["at"] == datetime(2026, 11, 23, 21, 40)
    assert whistle["closed_at"].date() == whistle["at"].date() + timedelta(days=1)
    assert [row["role"] for row in called] == ["lead", "assist", "assist", "assist"]
    beyond = [(row["arrived_at"] - row["last_due_at"]) // timedelta(minutes=1) for row in called]
    assert [minutes for minutes in beyond if minutes > 0] == [12]
    assert [row["arrival_proof"] for row in called if row["confirmed_at"] is None] == ["self"]
    assert called[0]["left_at"] == datetime(2026, 11, 24, 10, 20)
    assert all(row["town_rating"] for row in called)
    assert [(whistle["at"].date() - at.date()).days for at in before] == [18]


def test_both_stories_are_told_in_a_small_demo_of_another_day_as_well(tmp_path: Path) -> None:
    plan = demo.plan(days=40, scale=0.3, until=datetime(2026, 6, 11, 18))
    demo.run(url := f"sqlite:///{tmp_path / 'other.db'}", plan)

    (known,) = [set(one.execute(select(t.cases.c.case_id)).scalars()) for one in opened(url)]
    (held,) = [leads(one, demo_stories.passed_on(plan)) for one in opened(url)]

    assert {demo_stories.passed_on(plan), demo_stories.at_night(plan)} <= known
    assert len(held) == 5
