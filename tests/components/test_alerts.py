"""The list of alerts where there is none, and where nobody can know."""

import pandas as pd

from components import alerts
from tests.components.conftest import text

NONE = pd.DataFrame(columns=["alert", "case_id"])
TAKEN = ("/csv", "/xlsx")


def said(chosen=None, unknown=()):
    return text(alerts.table(NONE, chosen, lambda row: None, str, TAKEN, unknown))


def test_no_alert_at_all_is_not_said_of_a_kind():
    assert said().startswith("0 条预警")
    assert "此刻没有预警。" in said()
    assert "这类" not in said()


def test_no_alert_of_the_chosen_kind_is_said_of_that_kind():
    assert "此刻没有这类预警" in said("A09", ["A01"])
    assert "无从判断" not in said("A09", ["A01"])


def test_kinds_the_source_does_not_record_are_named_and_not_said_to_be_none():
    shown = said(unknown=["A01", "A09"])

    assert shown.startswith("有记录可判断的 13 类，此刻 0 条预警")
    assert "无从判断：一小时未录入、报到超时" in shown


def test_a_chosen_kind_that_nobody_records_is_not_known():
    assert "来源没有相关记录" in said("A09", ["A09"])
    assert "没有这类" not in said("A09", ["A09"])


def test_where_nothing_is_recorded_no_number_is_given():
    shown = said(unknown=list(alerts.NAMES))

    assert "0" not in shown
    assert "来源没有相关记录" in shown
    assert "承诺未兑现" in shown
