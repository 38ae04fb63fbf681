"""The list of meeting items: each row in words, what is missing as a dash, and every set by its name."""

from datetime import date, datetime

import pandas as pd
import pytest

from components import meeting_items as items
from queries import meetings_items, meetings_standing

AT = datetime(2026, 11, 24, 14, 48)
ROW = {
    "item_id": "M-1", "case_id": "A1", "number": 35, "batch_date": date(2026, 11, 17), "title": "夜间停水",
    "hidden": False, "issue": "", "item_group": "supervision", "lead_unit_id": "u", "lead_unit": "市水务局",
    "assist_units": "", "owner_post": "", "chair_role": "", "pledge": "", "assigned_at": AT,
    "pledged_at": None, "first_due_at": AT, "due_at": AT, "step": "handling", "refused_count": 0,
    "slip_days": 3, "is_late": True, "closed_at": None, "signoff_applied_at": None, "verified_at": None,
    "signed_off_at": None, "rating": "", "rated_at": None, "is_reopened": False, "reopened_by": "",
    "reopened_at": None, "faults": "",
}  # fmt: skip


def record(**changed: object) -> dict[str, str]:
    return items.records(pd.DataFrame([ROW | changed]), "/cases/{}".format)[0]


def test_a_row_has_a_value_for_every_column():
    assert set(record()) == set(items.COLUMNS)


def test_a_row_says_whose_it_is_how_far_it_has_come_and_how_late():
    row = record()

    assert (row["batch"], row["lead"], row["slip"]) == ("35 · 2026-11-17", "市水务局", "+3")
    assert record(slip_days=-3.0)["slip"] == "−3"
    assert (row["step"], row["promise"], row["case_link"]) == ("办理", "11-24", "[A1](/cases/A1)")


def test_what_is_missing_is_a_dash():
    never = {"slip_days": None, "first_due_at": None, "due_at": None}
    row = record(case_id="", number=None, batch_date=None, lead_unit="", **never)

    names = ("batch", "lead", "slip", "promise", "rating", "case_link", "note_link")
    assert {row[name] for name in names} == {"—"}


def test_a_later_promise_stands_beside_the_first():
    assert record(due_at=datetime(2026, 11, 27))["promise"] == "11-24 → 11-26"


def test_what_is_open_again_says_so_and_names_the_new_request_unless_it_is_confidential():
    again = {"is_reopened": True, "reopened_at": AT, "step": "signed_off", "signed_off_at": AT}

    assert record(**again, reopened_by="B2")["note_link"] == "[B2](/cases/B2)"
    assert record(**again)["note_link"] == "11-24 14:48"
    assert record(**again)["step"] == "重新打开"


def test_a_confidential_matter_is_not_told():
    assert record(hidden=True, title="")["title"] == "（不公开）"


@pytest.mark.parametrize(
    ("codes", "said"),
    [("no_lead", "没有牵头单位"), ("no_promise,early_signoff", "没有承诺时限、未办结即销号")],
)
def test_what_cannot_be_right_is_said_in_words(codes, said):
    assert record(faults=codes)["note_link"] == said


def test_every_set_every_fault_and_every_way_of_narrowing_has_a_name():
    assert set(items.SETS) == set(meetings_items.SETS)
    assert set(items.FAULTS) == set(meetings_standing.FAULTS)
    assert items.named("open.chair.secretary") == items.named("open")
    assert items.said("open.chair.secretary").endswith("· 书记")
    assert items.said("open.owner.分管副市长").endswith("· 分管副市长")
    assert items.said("open.owner.-").endswith("· —")


def test_the_head_says_how_many_items_of_which_set():
    drawn = str(items.head("open", 8, AT, [], ("/csv", "/xlsx")))

    assert "未销号事项：8 项" in drawn
