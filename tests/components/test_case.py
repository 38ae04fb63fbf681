"""One case on its line of time and in words; tables; the closed lists; the palette."""

import json
import re
from datetime import datetime, timedelta
from enum import StrEnum

import pandas as pd

from components import charts, log, lost, steps, tables, terms, timeline, timemarks, words
from components.catalogues import ROOT
from components.words import Viewer
from rules import words as field
from tests.components.conftest import having, links, nodes, text

START = datetime(2026, 9, 28, 21, 46)
DAY = timedelta(days=1)
STEPS = pd.DataFrame(
    [
        (START, "市民", "received", "来电", None, None, None),
        (START + DAY, "中心", "dispatched", "水务公司", START + 6 * DAY, None, 1.0),
        (START + 2 * DAY, "水务公司", "contact", "", None, True, 1.0),
        (START + 9 * DAY, "水务公司", "closed", "阀门已调", None, False, 1.0),
    ],
    columns=["at", "actor", "event", "note", "due_at", "kept", "round"],
).assign(detail="")
HOLDERS = pd.DataFrame(
    [
        ("中心", None, 86_400, 0, START, START + DAY, "centre", None, ""),
        ("水务公司", "u1", 8 * 86_400, 1, START + DAY, START + 9 * DAY, "unit", START + 6 * DAY, "answered"),
    ],
    columns=["holder", "unit_id", "seconds", "round", "start", "end", "kind", "due_at", "ended"],
)
NONE = pd.DataFrame(columns=["kind", "due_at", "state"])


def test_the_units_clock_is_red_from_the_limit_on():
    drawn = timeline.lanes(STEPS, HOLDERS, NONE, START + 9 * DAY)
    assert len(having(drawn, "out")) == 2  # the key and the part beyond the limit
    assert "超期 3天" in text(drawn)
    assert "9天里，89% 在水务公司手上" in text(drawn)


def test_a_case_within_its_limit_has_no_red():
    drawn = timeline.lanes(STEPS, HOLDERS.assign(due_at=START + 9 * DAY), NONE, START + 9 * DAY)
    assert len(having(drawn, "out")) == 1  # only the key
    assert "水务公司 8天，按时" in text(drawn)


def test_every_step_is_a_line_of_the_log_under_its_round():
    drawn = log.log(STEPS, HOLDERS)
    assert len([node for node in nodes(drawn) if node._type == "Tr"]) == 4
    assert "受理09-28 21:46市民受理　来电" in text(drawn)
    assert "第1轮" in text(drawn)


def test_minor_steps_of_a_long_log_are_folded_their_number_said_and_a_missed_limit_never():
    many = [(START + n * DAY, "水务公司", "signed", "", None, n != 5, 1.0) for n in range(3, 23)]
    long = pd.concat([STEPS, pd.DataFrame(many, columns=STEPS.columns[:7]).assign(detail="")])
    drawn = log.log(long, HOLDERS)
    assert len(having(drawn, "minor")) == 19
    assert "共 24 条，此处 5 条全部" in text(drawn)
    assert len(having(drawn, "unfold")) == 1


def test_what_follows_a_meeting_stands_under_it_until_the_next_round():
    events = ["received", "dispatched", "item_assigned", "progress", "dispatched"]
    found = pd.DataFrame(
        [
            (START + n * DAY, "", event, "", None, None, float(min(n, 1) + n // 4))
            for n, event in enumerate(events)
        ],
        columns=["at", "actor", "event", "note", "due_at", "kept", "round"],
    ).assign(detail="")
    assert log.phased(found)["phase"].tolist() == [0, 1, -1, -1, 2]


def test_the_log_says_how_long_a_unit_had_it_and_how_late_it_was():
    answered = [
        (START + 9 * DAY, "水务公司", "answered", "", START + 6 * DAY, kept, 1.0) for kept in (True, False)
    ]
    found = pd.DataFrame(answered, columns=STEPS.columns[:7]).assign(detail="")
    said = text(log.log(found, HOLDERS))
    assert "在手 8天" in said
    assert "超 3天" in said


def test_holders_add_up_to_the_citizens_clock():
    assert "合计 9天" in text(log.holding(HOLDERS))


def test_a_case_without_steps_is_one_sentence():
    nobody = HOLDERS.head(0)
    said = text([timeline.lanes(STEPS.head(0), nobody, NONE, START), log.log(STEPS.head(0), nobody)])
    assert said.count("没有记录任何步骤。") == 2


def test_a_clock_that_stopped_at_a_time_nobody_recorded_is_not_drawn():
    drawn = timeline.lanes(STEPS, HOLDERS.head(0), NONE, None)
    assert "没有在走的时钟" in text(drawn)
    assert having(drawn, "lanes") == []


def test_a_case_of_one_step_has_a_line_too():
    drawn = timeline.lanes(STEPS.head(1), HOLDERS.head(0), NONE, START)
    assert "现在" in text(drawn)


def test_a_line_of_any_length_has_few_dates_and_ends_with_now():
    for length in (timedelta(minutes=1), timedelta(hours=5), 3 * DAY, 40 * DAY, 400 * DAY, 4000 * DAY):
        shown = timemarks.span(START, START + length)
        drawn = timemarks.axis(shown, None).children
        assert 1 <= len(drawn) <= timemarks.TICKS + 1
        assert text(drawn[-1]) == "现在"


def test_an_unknown_step_is_shown_by_its_code():
    assert steps.name("teleported") == "teleported"
    assert steps.lane("teleported") == ""


def test_a_plain_table_shows_a_dash_for_what_is_not_known():
    rows = pd.DataFrame({"unit": ["甲"], "share": [None]})
    shown = [tables.Column("unit", "单位"), tables.Column("share", "占比", "share")]
    assert text(tables.plain(rows, shown)) == "单位占比甲—"


def test_an_empty_table_is_one_sentence():
    assert text(tables.plain(pd.DataFrame(), [], "没有。")) == "没有。"


def test_the_lost_page_shows_the_address_as_text_and_leads_back():
    drawn = lost.lost("/<script>")
    assert "/<script>" in text(drawn)
    assert links(drawn) == ["/", "/cases"]


def test_every_code_of_the_closed_lists_has_a_word():
    lists = [kind for kind in vars(field).values() if isinstance(kind, type) and issubclass(kind, StrEnum)]
    codes = {str(code) for kind in lists for code in kind}
    assert codes - set(terms.TERMS) == set()


def test_figures_have_the_colours_of_the_style_sheet():
    css = (ROOT / "assets" / "01-tokens.css").read_text(encoding="utf-8")
    for theme, palette in charts.PALETTE.items():
        block = css.split(f'html[data-theme="{theme}"]')[1].split("}")[0]
        values = dict(re.findall(r"--([\w-]+):\s*(#\w+)", block))
        assert {role: values[role] for role in palette} == palette


def test_the_template_is_lean_and_follows_the_theme():
    words.use(Viewer(theme="light"))
    template = json.dumps(charts.template())
    assert len(template) < 1000
    assert charts.PALETTE["light"]["text"] in template
