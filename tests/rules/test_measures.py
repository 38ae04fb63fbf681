"""The texts behind every ⓘ."""

import pytest

from rules import measures, rulebook
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
        "league", "league_funnel", "league_variants", "league_ledger", "unit_trend", "unit_stages",
        "unit_why", "unit_reasons", "unit_returns", "unit_repeats", "unit_items", "unit_whistles", "on_time",
        "on_time_original", "response", "resolution", "signing", "closure", "closed_late", "sent_back",
        "repeats", "returns", "participation", "reach", "callback", "whistles", "case_deadline",
        "satisfaction_apart", "claimed", "rework_on_time", "converted", "returns_refused",
    ],
)  # fmt: skip
def test_the_measures_of_the_screens_are_known(name: str) -> None:
    assert measures.get(name).id == name


@pytest.mark.parametrize(
    ("name", "rule", "zh", "en"),
    [
        ("satisfaction", "callback.correction", "{}小时内更正", "within {} hours"),
        ("satisfaction", "ranking.least", "不足{}个评价", "under {} ratings"),
        ("league", "ranking.days", "近{}日", "last {} days"),
        ("league", "ranking.prior_periods", "最近{}期", "last {} periods"),
        ("league", "ranking.prior_units", "少于{}家", "below {} units"),
        ("league", "ranking.prior_total", "{}个评价时固定", "or {} ratings"),
        ("league", "ranking.prior_weight", "相当于{}个评价", "fixed at {} ratings"),
        ("league", "ranking.design", "(m−1)×{})", "(m − 1) × {})"),
        ("callback", "sla.callback", "办结后{}个工作日", "{} working days after closing"),
        ("response", "sla.response", "其余{}小时", "others {} hours"),
        ("response", "sla.response_urgent", "急件{}分钟", "urgent {} minutes"),
        ("signing", "sla.sign", "派单后{}个工作日", "{} working day after dispatch"),
        ("sent_back", "rework.mature", "办结后满{}天", "tenth day"),
        ("repeats", "repeat.hotline", "{}天内同人同事", "within {} days"),
        ("repeats", "repeat.petition", "信访{}天", "petitions {}"),
        ("unit_repeats", "repeat.petition", "信访{}天", "petition {}"),
        ("league_ledger", "exclusion.times", "{}倍", "twice"),
        ("league_ledger", "exclusion.least", "批准不少于{}件", "from {} approved on"),
        ("whistles", "whistle.urban", "城区{}分钟", "{} minutes in town"),
        ("whistles", "whistle.rural_last", "{}分钟为最后时限", "{} (last)"),
    ],
)
def test_the_values_a_text_quotes_are_those_of_the_rulebook(name: str, rule: str, zh: str, en: str) -> None:
    value = next(row["value"] for row in rulebook.load().rows() if row["key"] == rule)
    fields = [getattr(measures.get(name), field) for field in measures.FIELDS]

    assert zh.format(value) in " ".join(text.zh for text in fields)
    assert en.format(value) in " ".join(text.en for text in fields)


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
