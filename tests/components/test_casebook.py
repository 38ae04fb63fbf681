"""The list of cases: its columns by what it lists, and each row in words."""

from datetime import datetime

import pandas as pd
import pytest

from components import casebook
from queries.cases_events import told
from queries.events import EVENTS

AT = datetime(2026, 11, 24, 14, 48)
CASE = {
    "case_id": "A/1 一", "title": "油烟直排", "hidden": False, "unit": "市城管局", "state": "closed",
    "level": None, "received_at": AT, "due_at": None, "closed_at": None, "days_late": None,
    "issue": "", "channel": "", "area": "",
}  # fmt: skip
CALLED = ("called_at", "rating", "resolved", "reason", "source")


def titles(told: tuple[str, ...] = ()) -> list[str]:
    return [column.title for column in casebook.columns(told)]


def said(**own: object) -> dict[str, str]:
    """The one row, opened by its number in capitals."""
    return casebook.records(pd.DataFrame([CASE | own]), lambda number: f"/cases/{number.upper()}")[0]


def test_a_list_of_ratings_shows_the_rating_its_date_source_and_reason():
    assert titles(CALLED)[3:8] == ["回访", "评价", "是否解决", "原因", "回访人"]


def test_a_list_of_work_shows_its_limit_and_a_list_of_cases_their_state():
    assert {"期限", "超期"} <= set(titles(("dispatched_at", "reported_at")))
    assert "期限" not in titles(CALLED)
    assert "状态" in titles()


def test_a_rating_is_said_in_words_and_what_is_missing_is_a_dash():
    row = said(called_at=AT, rating="mostly", resolved="partly", reason="", source="robot")

    assert [row[name] for name in CALLED] == ["2026-11-24 14:48", "基本满意", "部分", "—", "AI外呼"]
    assert said()["due_at"] == "—"


def test_a_case_is_opened_by_the_address_it_is_given():
    assert said()["case_link"] == "[A/1 一](/cases/A/1 一)"


@pytest.mark.parametrize("name", EVENTS)
def test_every_column_of_an_event_has_a_heading_and_is_said(name):
    own = told(name)

    assert all(titles(own))
    assert set(own) <= set(casebook.SAID)
