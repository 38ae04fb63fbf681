"""The texts behind every ⓘ."""

import pytest

from rules import measures
from rules.measures import BadMeasure, Text


def test_every_measure_is_written_in_both_languages() -> None:
    written = [getattr(measure, field) for measure in measures.all() for field in measures.FIELDS]

    assert len(written) > 150
    assert all(any("一" <= sign <= "鿿" for sign in text.zh) for text in written)
    assert not any("一" <= sign <= "鿿" for text in written for sign in text.en)


def test_a_meaning_is_short_enough_to_be_read() -> None:
    long = [
        measure.id for measure in measures.all() if len(measure.words.zh) > 60 or len(measure.words.en) > 130
    ]

    assert long == []


@pytest.mark.parametrize(
    "name",
    [
        "received_today", "open", "overdue", "due_48h", "awaiting_arrival", "waiting", "intake_band",
        "issues", "oldest_overdue", "meeting_next", "whistles_active", "satisfaction", "windows_load",
        "seats_open", "wait_p90", "visits_today", "settled_on_spot", "left_uncalled", "wait_now",
        "arrivals_band", "visit_funnel", "advice", "window_heat", "by_channel", "by_category", "by_area",
        "funnel", "area_by_category", "year", "case_clocks", "holders", "newest_record",
    ],
)  # fmt: skip
def test_the_measures_of_the_screens_are_known(name: str) -> None:
    assert measures.get(name).id == name


def test_an_unknown_measure_is_named() -> None:
    with pytest.raises(BadMeasure, match="happiness"):
        measures.get("happiness")


def test_a_measure_half_written_is_refused() -> None:
    full = dict.fromkeys(measures.FIELDS, "x")

    with pytest.raises(BadMeasure, match="half: en"):
        measures._measure("half", {"zh": full, "en": {**full, "words": ""}})
    with pytest.raises(BadMeasure, match="half: zh"):
        measures._measure("half", {"en": full})


def test_a_text_is_given_in_the_viewer_s_language() -> None:
    text = Text("在办", "Open")

    assert (text.get("zh"), text.get("en")) == ("在办", "Open")
