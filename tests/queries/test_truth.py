"""Public records nobody here wrote, through the importer and out of the door: row by row as published."""

import json
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import casedb
from casedb import vetting
from casedb.importer import import_file
from queries import alerts, alerts_known, database, door

pytestmark = pytest.mark.truth

MAPS = Path(casedb.__file__).parent / "maps"

PINGSHAN = datetime(2018, 12, 1, 20)
BALTIMORE = datetime(2019, 2, 13, 16, 18, 56)


def imported(folder: Path, truth: Path, file: str, name: str) -> str:
    url = f"sqlite:///{folder / name}.db"
    import_file(truth / file, vetting.load(MAPS / f"{name}.toml"), url)
    return url


@pytest.fixture(scope="session")
def answers(truth: Path) -> dict[str, Any]:
    return json.loads((truth / "ground_truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def pingshan_url(truth: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    return imported(tmp_path_factory.mktemp("pingshan"), truth, "pingshan_12345_2018.utf8.csv", "pingshan")


@pytest.fixture(scope="session")
def baltimore_url(truth: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    return imported(tmp_path_factory.mktemp("baltimore"), truth, "baltimore_311_sample.csv", "baltimore")


@pytest.fixture
def pingshan(pingshan_url: str) -> Iterator[None]:
    database.connect(pingshan_url)
    yield
    database.dispose()


@pytest.fixture
def baltimore(baltimore_url: str) -> Iterator[None]:
    database.connect(baltimore_url)
    yield
    database.dispose()


def table(subject: str, name: str, as_of: datetime, **asked: str) -> pd.DataFrame:
    """The question's CSV, read back as text and whole numbers."""
    content, _ = door.answer(subject, name, asked, as_of, "csv")
    return pd.read_csv(BytesIO(content), dtype=str, keep_default_na=False)


def outcomes(found: pd.DataFrame, name: str) -> dict[str, tuple[int, int, int]]:
    """Per row: all, late, and those known to be on time or late; a missing name is "-"."""
    return {
        row[name] or "-": (
            int(row["received"]),
            int(row["closed_late"]),
            int(row["closed_late"]) + int(row["closed_on_time"]),
        )
        for _, row in found.iterrows()
    }


def told(truth: dict[str, dict[str, Any]]) -> dict[str, tuple[int, int, int]]:
    return {name: (row["total"], row["overdue"], row["known"]) for name, row in truth.items()}


@pytest.mark.parametrize(
    ("question", "column", "published"),
    [
        ("by_channel", "channel", "by_channel"),
        ("by_category", "category", "by_category"),
        ("by_area", "area", "by_street"),
    ],
)
def test_pingshans_intake_is_as_published(
    pingshan: None, answers: dict[str, Any], question: str, column: str, published: str
) -> None:
    found = table("intake", question, PINGSHAN)

    assert outcomes(found, column) == told(answers["pingshan_12345_2018"][published])


def test_pingshans_shares_of_late_cases_are_as_published(pingshan: None, answers: dict[str, Any]) -> None:
    found = table("intake", "by_channel", PINGSHAN)

    shares = {row["channel"]: round(float(row["late_share"]), 6) for _, row in found.iterrows()}
    published = answers["pingshan_12345_2018"]["by_channel"]
    assert shares == {name: row["overdue_share"] for name, row in published.items()}


def test_pingshans_communities_are_as_published(pingshan: None, answers: dict[str, Any]) -> None:
    found = table("intake", "by_area", PINGSHAN, level="2")

    received = {row["area"] or "-": int(row["received"]) for _, row in found.iterrows()}
    assert received == answers["pingshan_12345_2018"]["by_community"]


def test_pingshans_twenty_busiest_units_are_as_published(pingshan: None, answers: dict[str, Any]) -> None:
    found = outcomes(table("overdue", "by_unit", PINGSHAN), "unit")

    published = told(answers["pingshan_12345_2018"]["by_unit_top20"])
    assert {name: found[name] for name in published} == published


def test_pingshan_has_924_late_of_9995_known(pingshan: None) -> None:
    found = outcomes(table("overdue", "by_unit", PINGSHAN), "unit")

    assert tuple(map(sum, zip(*found.values(), strict=True))) == (10_000, 924, 9_995)


def test_a_channel_that_begins_with_an_at_sign_comes_out_unchanged(pingshan: None) -> None:
    content, _ = door.answer("intake", "by_channel", {}, PINGSHAN, "csv")

    assert "@坪山," in content.decode()
    assert not content.startswith(b"\xef\xbb\xbf")


def test_every_agency_of_baltimore_is_as_published(baltimore: None, answers: dict[str, Any]) -> None:
    found = outcomes(table("overdue", "by_unit", BALTIMORE), "unit")

    published = answers["baltimore_311_sample"]["by_agency"]
    assert found == {name: (row["total"], row["late"], row["both"]) for name, row in published.items()}


def test_baltimore_has_1567_late_of_9555_and_135_open_past_due(baltimore: None) -> None:
    found = table("overdue", "by_unit", BALTIMORE)
    counts = found.drop(columns=["unit_id", "unit"]).astype(int).sum()

    assert counts["closed_late"] == 1_567
    assert counts["closed_late"] + counts["closed_on_time"] == 9_555
    assert counts["open_overdue"] == 135
    assert table("overdue", "stock", BALTIMORE)["overdue"].tolist() == ["135"]
    assert table("cases", "count", BALTIMORE, set="overdue")["cases"].tolist() == ["135"]


def test_baltimore_records_no_sending_so_no_stage_is_blamed(baltimore: None) -> None:
    found = table("overdue", "stages", BALTIMORE).set_index("stage")
    days = found["days"].astype(float)

    assert days["unknown"] == days.sum() > 0
    assert found.loc["unknown", ["cases", "unit", "unit_days"]].tolist() == ["135", "", ""]


def test_pingshan_has_no_limits_so_its_ladder_is_not_known(pingshan: None) -> None:
    rungs, missed = table("overdue", "rungs", PINGSHAN), table("overdue", "missed", PINGSHAN)
    expected = table("overdue", "expected", PINGSHAN)

    assert set(rungs["cases"]) == set(rungs["overdue"]) == set(missed["cases"]) == {""}
    assert expected[["due", "expected", "low", "high"]].to_numpy().tolist() == [["", "", "", ""]]
    assert set(table("overdue", "units", PINGSHAN)["overdue"]) == {""}


def test_pingshan_records_nothing_that_an_alert_needs(pingshan: None) -> None:
    assert alerts_known.unknown() == list(alerts.KINDS)


def test_baltimore_records_limits_and_so_only_late_reworks_could_be_known(baltimore: None) -> None:
    assert sorted(set(alerts.KINDS) - set(alerts_known.unknown())) == ["A10"]


def compared(as_of: datetime, group: str, **asked: str) -> pd.DataFrame:
    """The league of one group over the whole span of the data, by unit."""
    given = {"start": "1970-01-01", "group": group, "measure": "on_time", **asked}
    return table("league", "table", as_of, **given).set_index("unit")


def test_pingshans_units_are_compared_within_their_groups_on_the_sources_own_verdict(
    pingshan: None, answers: dict[str, Any]
) -> None:
    groups = table("league", "groups", PINGSHAN)
    found = pd.concat([compared(PINGSHAN, group) for group in groups["unit_group"]])
    kept, due = found["k"].astype(float), found["n"].astype(int)

    # 156 names in the file, one of them "-": not named
    assert groups["units"].astype(int).sum() == len(found) == 155
    assert (due.sum() - kept.sum(), due.sum()) == (924 - unnamed(answers), 9_995 - unnamed(answers, "known"))
    published = answers["pingshan_12345_2018"]["by_unit_top20"]
    assert {name: (due[name] - kept[name], due[name]) for name in published if name != "-"} == {
        name: (row["overdue"], row["known"]) for name, row in published.items() if name != "-"
    }


def unnamed(answers: dict[str, Any], what: str = "overdue") -> int:
    """Cases of which the source names no unit: they are in no group."""
    found = outcomes(table("overdue", "by_unit", PINGSHAN), "unit")["-"]
    return found[1] if what == "overdue" else found[2]


def test_pingshans_unit_that_is_late_in_63_of_100_lags_and_one_of_three_cases_is_not_ranked(
    pingshan: None,
) -> None:
    found = pd.concat([compared(PINGSHAN, group) for group in ("town", "department", "public")])
    late = 1 - found["k"].astype(float) / found["n"].astype(float)
    worst = late[found["n"].astype(int) == 184].idxmax()

    assert round(late[worst], 2) == 0.63
    assert found.loc[worst, "tier"] == "worse"
    assert found.loc[worst, "alarm"] == "True"
    small = found[found["n"].astype(int) == 3]
    assert set(small["tier"]) == {"few"}
    assert set(small["rank"]) == {""}


def test_baltimores_agencies_are_compared_on_their_limits(baltimore: None, answers: dict[str, Any]) -> None:
    published = answers["baltimore_311_sample"]["by_agency"]
    groups = table("league", "groups", BALTIMORE)["unit_group"]
    late = pd.concat([compared(BALTIMORE, group, measure="closed_late") for group in groups])
    due = pd.concat([compared(BALTIMORE, group) for group in groups])
    open_late = table("overdue", "by_unit", BALTIMORE).set_index("unit")["open_overdue"].astype(int)

    assert late["k"].astype(float).to_dict() == {name: row["late"] for name, row in published.items()}
    broken = due["n"].astype(int) - due["k"].astype(float)
    assert broken.to_dict() == {name: row["late"] + open_late[name] for name, row in published.items()}
