"""The record of a meeting: the same bytes from the same data, every number shown, and the cases behind it."""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import Engine

from papers import record, runs
from papers.gathering import Sheets, gather
from queries import database
from queries.meetings_pack import pack
from records.changes import Decision
from records.freezing import LARGEST_BODY
from records.objections import Objection
from tests.papers import record_city
from tests.papers.record_city import DAY, NOW

ISSUES = ["c-0", "c-1"]


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Engine]:
    with record_city.on_file(tmp_path) as (engine, url):
        database.connect(url)
        yield engine
        database.dispose()


@pytest.fixture
def sheets(city: Engine) -> Sheets:
    return gather(pack(DAY, NOW))


def written(sheets: Sheets, decisions: tuple[Decision, ...] = ()) -> dict[str, Any]:
    return record.read(record.body(sheets, decisions, record.members(sheets), at=NOW))


def test_the_same_data_give_the_same_bytes(sheets: Sheets) -> None:
    first = record.body(sheets, [], record.members(sheets), at=NOW)

    again = gather(pack(DAY, NOW + timedelta(minutes=5)))
    assert record.body(again, [], record.members(again), at=NOW) == first
    assert json.dumps(json.loads(first), ensure_ascii=False, sort_keys=True, separators=(",", ":")) == (
        first.decode()
    )


def test_a_record_says_what_its_numbers_rest_on(sheets: Sheets) -> None:
    found = written(sheets)

    assert found["window"] == ["2026-11-16T00:00:00", "2026-11-26T00:00:00"]
    assert found["meeting"]["actual"] == "2026-11-26"
    assert (found["as_of"], found["frozen_at"]) == ("2026-11-26T00:00:00", "2026-11-26T09:30:00")
    assert found["rulebook"] == sheets.version
    assert found["filters"] == {
        "as_of": "2026-11-26T00:00:00",
        "start": "2026-11-16T00:00:00",
        "end": "2026-11-26T00:00:00",
    }
    newest = datetime.fromisoformat(found["newest"])
    assert found["age_seconds"] == (datetime(2026, 11, 26) - newest).total_seconds()


def test_every_number_shown_is_in_the_record(sheets: Sheets) -> None:
    tables = written(sheets)["tables"]

    assert set(tables) == set(sheets.answers)
    for name, answer in sheets.answers.items():
        assert tables[name]["columns"] == list(answer.table.columns)
        assert len(tables[name]["rows"]) == len(answer.table)
    ten = dict(zip(tables[record.TEN_DAYS]["columns"], tables[record.TEN_DAYS]["rows"][0], strict=True))
    assert (ten["total"], ten["calls"], ten["satisfied_n"], ten["satisfied_k"]) == (12, 12, 10, 10)


def test_a_figure_that_counts_cases_names_them(sheets: Sheets) -> None:
    found = written(sheets)

    figures = sheets.figures
    for name, text in found["members"].items():
        assert len(runs.unpacked(text, found["cases"])) == figures[name], name
    assert set(runs.unpacked(found["members"]["total"], found["cases"])) == {f"c-{n}" for n in range(12)}
    assert set(runs.unpacked(found["ratings"]["satisfied"], found["cases"])) == {f"c-{n}" for n in range(10)}


def test_decisions_and_objections_are_in_it_and_masked(sheets: Sheets) -> None:
    pledge = "本月内修好，联系人电话13812345678"
    said = Decision(DAY, "c-1", "c-1", pledge=pledge, due=NOW, states={"pledge": "decided"}, version=3)
    reply = Objection(DAY, 1, "u-1", "total", "请核对 13812345678", NOW, "办公室", NOW)

    body = record.body(sheets, [said], record.members(sheets), [reply], NOW)

    found = record.read(body)
    assert (found["decisions"][0]["key"], found["decisions"][0]["version"]) == ("c-1", 3)
    assert found["objections"][0]["figure"] == "total"
    assert b"13812345678" not in body


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        *((np.int64(3), 3), (3.0, 3), (0.1 + 0.2, 0.3), (1 / 3, 0.3333333333), (np.bool_(True), True)),
        *((float("nan"), None), (pd.NA, None), (pd.NaT, None), (float("inf"), "inf"), ("a", "a")),
        *((pd.Timestamp(NOW), "2026-11-26T09:30:00"), (date(2026, 1, 2), "2026-01-02")),
        *((timedelta(minutes=1), 60), ([1.0, None], [1, None])),
    ],
)
def test_a_value_is_always_written_the_same_way(value: Any, kept: Any) -> None:
    found = record.plain(value)

    assert found == kept
    assert type(found) is type(kept)


@given(some.lists(some.integers(0, 40)))
def test_cases_come_out_of_the_short_form_as_they_went_in(places: list[int]) -> None:
    cases = [f"c-{place:03}" for place in range(41)]

    text = runs.packed([cases[place] for place in places], {case: place for place, case in enumerate(cases)})

    assert runs.unpacked(text, cases) == [cases[place] for place in sorted(places)]


def test_a_great_city_of_a_hundred_thousand_cases_can_be_kept(sheets: Sheets) -> None:
    cases = [f"20261116-{number:06}" for number in range(100_000)]
    figures = {f"figure {step}": cases[::step] for step in range(1, 15)}
    members = record.Members(figures, dict.fromkeys(cases[::3], "satisfied"))

    assert len(record.body(sheets, [], members, at=NOW)) < LARGEST_BODY
