"""The public data in ../shared/data against their right answers, counted in plain SQL."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import and_, func, select

from casedb import store, vetting
from casedb.importer import Account, import_file
from casedb.tables import areas, assignments, cases, categories, channels, metadata, units, visits
from rules.deadlines import after_workdays, is_late
from rules.workdays import WorkCalendar

pytestmark = pytest.mark.truth

MAPS = Path(vetting.__file__).parent / "maps"
Imported = tuple[Account, Path]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("truth")


@pytest.fixture(scope="module")
def answers(truth: Path) -> dict[str, Any]:
    return json.loads((truth / "ground_truth.json").read_text("utf-8"))


def run(truth: Path, folder: Path, name: str, file: str) -> Imported:
    path = folder / f"{file}.db"
    return import_file(truth / file, vetting.load(MAPS / f"{name}.toml"), f"sqlite:///{path}"), path


@pytest.fixture(scope="module")
def pingshan(truth: Path, folder: Path) -> Imported:
    return run(truth, folder, "pingshan", "pingshan_12345_2018.utf8.csv")


@pytest.fixture(scope="module")
def baltimore(truth: Path, folder: Path) -> Imported:
    return run(truth, folder, "baltimore", "baltimore_311_sample.csv")


@pytest.fixture(scope="module")
def changsha(truth: Path, folder: Path) -> Imported:
    return run(truth, folder, "changsha", "changsha_messages_2011_2020.xlsx")


@pytest.fixture(scope="module")
def callcentre(truth: Path, folder: Path) -> Imported:
    return run(truth, folder, "callcentre", "callcentre_1999_02.csv.gz")


def asked(imported: Imported, question: Any) -> list[tuple]:
    engine = store.open_reader(f"sqlite:///{imported[1]}")
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(question)]
    engine.dispose()
    return found


def verdicts_by(imported: Imported, name: Any, joined: Callable) -> dict[str, dict[str, Any]]:
    """total, overdue and known by a name ("-" where there is none), as ground_truth.json writes them."""
    verdict = assignments.c.stated_verdict
    question = joined(
        select(name, func.count(), func.count(verdict), func.count().filter(verdict == "late"))
    ).group_by(name)
    return {
        key or "-": {
            "total": total, "overdue": late, "known": known,
            "overdue_share": round(late / known, 6) if known else None,
        }
        for key, total, known, late in asked(imported, question)
    }  # fmt: skip


def of_cases(question: Any) -> Any:
    root = categories.alias("leaf")
    return (
        question.select_from(assignments)
        .join(cases, cases.c.case_id == assignments.c.case_id)
        .outerjoin(channels, channels.c.channel_id == cases.c.channel_id)
        .outerjoin(root, root.c.category_id == cases.c.category_id)
        .outerjoin(categories, categories.c.category_id == root.c.level1_id)
        .outerjoin(areas, areas.c.area_id == cases.c.area_id)
        .outerjoin(units, units.c.unit_id == assignments.c.unit_id)
    )


def test_pingshan_keeps_every_row_and_every_verdict(pingshan: Imported, answers: dict) -> None:
    account, _ = pingshan
    expected = answers["pingshan_12345_2018"]

    verdicts = dict(
        asked(
            pingshan,
            select(assignments.c.stated_verdict, func.count()).group_by(assignments.c.stated_verdict),
        )
    )

    assert (account.read, account.imported, account.rejected) == (expected["rows"], expected["rows"], [])
    assert account.repairs == {"HTML entities decoded": 1}
    assert verdicts == {"on_time": 9071, "late": 924, None: 5}
    assert asked(pingshan, select(func.count()).where(cases.c.stated_closed.is_(True))) == [(9995,)]
    assert asked(pingshan, select(func.min(cases.c.received_at), func.max(cases.c.received_at))) == [
        (datetime.fromisoformat(expected["first"]), datetime.fromisoformat(expected["last"]))
    ]


def test_pingshan_by_channel_category_and_unit_is_the_truth(pingshan: Imported, answers: dict) -> None:
    expected = answers["pingshan_12345_2018"]

    assert verdicts_by(pingshan, channels.c.name, of_cases) == expected["by_channel"]
    assert verdicts_by(pingshan, categories.c.name, of_cases) == expected["by_category"]
    assert verdicts_by(pingshan, cases.c.issue, of_cases) == expected["by_category"]
    by_unit = verdicts_by(pingshan, units.c.name, of_cases)
    assert {name: by_unit[name] for name in expected["by_unit_top20"]} == expected["by_unit_top20"]


def test_pingshan_by_street_and_community_is_the_truth(pingshan: Imported, answers: dict) -> None:
    expected = answers["pingshan_12345_2018"]

    assert verdicts_by(pingshan, areas.c.level1_id, of_cases) == expected["by_street"]
    by_community = asked(pingshan, of_cases(select(areas.c.name, func.count())).group_by(areas.c.name))
    assert {name or "-": number for name, number in by_community} == expected["by_community"]


def test_pingshan_natures_are_the_contracts_words(pingshan: Imported, answers: dict) -> None:
    words = {
        "complaint": "投诉",
        "consult": "咨询",
        "suggestion": "建议",
        "help": "求决",
        "praise": "感谢",
        "other": "其他",
    }
    expected = answers["pingshan_12345_2018"]["by_nature"]

    found = asked(pingshan, select(cases.c.nature, func.count()).group_by(cases.c.nature))

    assert {words.get(word, "-"): number for word, number in found} == {
        nature: figures["total"] for nature, figures in expected.items()
    }


def test_the_gb18030_twin_gives_an_identical_database(truth: Path, folder: Path, pingshan: Imported) -> None:
    twin = run(truth, folder, "pingshan", "pingshan_12345_2018.gbk.csv")

    for table in metadata.sorted_tables:
        question = select(table).order_by(*table.primary_key.columns)
        assert asked(twin, question) == asked(pingshan, question)


def test_baltimore_is_late_and_open_past_due_as_the_truth_says(baltimore: Imported, answers: dict) -> None:
    expected = answers["baltimore_311_sample"]
    due, closed = assignments.c.due_at, assignments.c.closed_at
    last = datetime(2019, 2, 13, 16, 18, 56)

    late, both, past_due, still_open = asked(
        baltimore,
        select(
            func.count().filter(closed > due),
            func.count().filter(and_(closed.is_not(None), due.is_not(None))),
            func.count().filter(and_(closed.is_(None), due < last)),
            func.count().filter(closed.is_(None)),
        ),
    )[0]

    assert baltimore[0].imported == expected["rows"]
    assert (late, both, past_due) == (expected["late"], expected["both"], expected["open_past_due"])
    assert (late, both, past_due, still_open) == (1567, 9555, 135, expected["open_total"])
    assert asked(baltimore, select(func.count()).where(cases.c.closed_at < cases.c.received_at)) == [(0,)]


def test_baltimore_by_agency_is_the_truth(baltimore: Imported, answers: dict) -> None:
    due, closed = assignments.c.due_at, assignments.c.closed_at
    judged = and_(closed.is_not(None), due.is_not(None))
    question = (
        select(units.c.name, func.count(), func.count().filter(judged), func.count().filter(closed > due))
        .join_from(assignments, units, units.c.unit_id == assignments.c.unit_id)
        .group_by(units.c.name)
    )

    found = {name: (total, both, late) for name, total, both, late in asked(baltimore, question)}

    assert found == {
        name: (one["total"], one["both"], one["late"])
        for name, one in answers["baltimore_311_sample"]["by_agency"].items()
    }


def test_changsha_working_days_equal_the_expected_ones_row_by_row(changsha: Imported, truth: Path) -> None:
    expected = pd.read_csv(truth / "changsha_messages_expected_durations.csv.gz", dtype={"留言编号": str})
    times = {key: (received, closed) for key, received, closed in asked(
        changsha, select(cases.c.case_id, cases.c.received_at, cases.c.closed_at)
    )}  # fmt: skip
    between = WorkCalendar().workdays_between

    assert changsha[0].imported == len(expected) == len(times) == 2816
    for row in expected.itertuples(index=False):
        received, closed = times[row[0]]
        assert (str(received), str(closed)) == (row[1], row[2])
        assert (closed.date() - received.date()).days == row[4]
        assert between(received.date(), closed.date()) == row[5]


@pytest.mark.parametrize(("limit", "on_rest_days"), [(5, {"85014", "137378"}), (15, set()), (30, set())])
def test_changsha_is_late_row_by_row_as_the_expected_working_days_say(
    changsha: Imported, truth: Path, answers: dict, limit: int, on_rest_days: set[str]
) -> None:
    """The published count has two replies of a Saturday within a limit that ended with the Friday."""
    expected = pd.read_csv(truth / "changsha_messages_expected_durations.csv.gz", dtype={"留言编号": str})
    within = set(expected["留言编号"][expected["cn_workdays"] <= limit])
    rows = asked(changsha, select(cases.c.case_id, cases.c.received_at, cases.c.closed_at))
    calendar = WorkCalendar()

    kept = {
        key
        for key, received, closed in rows
        if not is_late(closed, after_workdays(received, limit, calendar), closed)
    }

    assert within - kept == on_rest_days
    assert kept - within == set()
    assert len(within) == answers["changsha_messages_2011_2020"]["within_cn_workdays"][str(limit)]["n"]


def test_changsha_texts_are_tidy_and_its_people_are_hashes(changsha: Imported, answers: dict) -> None:
    texts = asked(changsha, select(cases.c.title, cases.c.body, cases.c.reply))
    people = asked(changsha, select(func.count(cases.c.petitioner_id.distinct())))

    assert not any(sign in (text or "") for row in texts for text in row for sign in "\t\r\u3000\xa0")
    assert all(text == text.strip() for row in texts for text in row if text)
    assert people == [(answers["changsha_messages_2011_2020"]["distinct_users"],)]
    assert asked(changsha, select(channels.c.name)) == [("市长信箱",)]


def test_the_call_centre_queued_left_and_waited_as_the_truth_says(
    callcentre: Imported, answers: dict
) -> None:
    expected = answers["callcentre_1999_02"]
    account, _ = callcentre
    found = asked(callcentre, select(visits.c.ticket_at, visits.c.called_at, visits.c.left_at))

    queued = [(ticket, called or left) for ticket, called, left in found if ticket]
    waits = [(ended - ticket).total_seconds() for ticket, ended in queued]

    assert (account.read, account.imported) == (33344, 33066)
    assert Counter(reason for _, reason in account.rejected).total() == expected["outcome"]["PHANTOM"]
    assert len(queued) == expected["queued"] == 18028
    assert sum(left is not None for _, _, left in found) == expected["abandoned_in_queue"] == 3932
    assert (min(waits), max(waits)) == (expected["wait_s_queued"]["min"], expected["wait_s_queued"]["max"])
    assert sum(waits) / len(waits) == pytest.approx(expected["wait_s_queued"]["mean"], abs=1e-6)


def test_the_call_centre_by_type_and_service_is_the_truth(callcentre: Imported, answers: dict) -> None:
    expected = answers["callcentre_1999_02"]
    by_type = dict(asked(callcentre, select(visits.c.window_id, func.count()).group_by(visits.c.window_id)))
    spans = asked(callcentre, select(visits.c.started_at, visits.c.ended_at))

    seconds = [(end - start).total_seconds() for start, end in spans if start]

    assert by_type == expected["by_type"]
    assert (min(seconds) >= 0, max(seconds)) == (True, expected["service_s_agent"]["max"])


def test_the_call_centre_again_changes_nothing(truth: Path, folder: Path, callcentre: Imported) -> None:
    account, _ = run(truth, folder, "callcentre", "callcentre_1999_02.csv.gz")

    counts = account.of(visits)
    assert (counts.added, counts.changed, counts.unchanged) == (0, 0, 33066)
