"""The strip of present mode, its timer, what the clerk records, and the clerk's own order of business."""

import json
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from components import meeting_clerk as clerk
from components import meeting_present as wall
from components import meeting_recorded, words
from components.meeting_present import Bar, Timer
from pages import agenda
from pages.agenda import Item
from tests.components.conftest import having, nodes, text

AT = datetime(2026, 11, 26, 9, 31)
AFTER = SimpleNamespace(number=37, nominal=date(2026, 12, 6), actual=date(2026, 12, 7))
STOOD = Timer(167, True, 5, 3)


def bar(**changed: Any) -> Bar:
    usual = {"number": 36, "part": "assign", "moment": AT, "until": "数据截至 11月25日 24:00", "timer": STOOD}
    return Bar(**{**usual, "place": 4, "of": 12, "groups": (3, 7, 2), **changed})


def item(**changed: Any) -> Item:
    return Item(
        **{"key": "c", "part": "assign", "item_group": "assignment", "title": "金桂苑停电", **changed}
    )


def states(drawn: Any) -> list[str]:
    return [text(node).strip() for node in having(drawn, "mstate")]


# ── the strip ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_strip_says_meeting_moment_cutoff_item_and_timer() -> None:
    said = text(wall.top(bar()))

    for part in (
        "第36次调度会",
        "拟交办",
        "11月26日 周四 09:31",
        "数据截至 11月25日 24:00",
        "第4项",
        "共 12 项",
        "2:47",
        "5分",
    ):
        assert part in said


def test_segments_have_gaps_between_groups_and_one_is_now() -> None:
    drawn = [node.className for node in wall.segments(bar()).children]

    assert len(drawn) == 12
    assert [n for n, name in enumerate(drawn, 1) if "gap" in name] == [4, 11]
    assert [n for n, name in enumerate(drawn, 1) if "past" in name] == [1, 2, 3]
    assert [n for n, name in enumerate(drawn, 1) if "now" in name] == [4]


def test_a_part_without_groups_has_no_gap() -> None:
    assert having(wall.segments(bar(groups=(1,), place=1)), "gap") == []


@pytest.mark.parametrize(("seconds", "over"), [(299, False), (300, False), (301, True)])
def test_the_timer_is_late_only_past_its_limit(seconds: int, over: bool) -> None:
    assert bool(having(wall.clock(Timer(seconds, True, 5, 1)), "over")) is over


def test_seconds_are_said_as_minutes_and_seconds() -> None:
    assert [wall.lasting(seconds) for seconds in (0, 59.9, 60, 3671)] == ["0:00", "0:59", "1:00", "61:11"]


def test_the_cutoff_is_said_as_the_end_of_its_day() -> None:
    assert wall.until(datetime(2026, 11, 26), True) == "数据截至 11月25日 24:00"
    assert wall.until(datetime(2026, 11, 26, 12), True) == "数据截至 11-26 12:00"
    assert wall.until(datetime(2026, 11, 25, 10, 30), False) == "数据截至 10:30"


def test_the_keys_are_told_all_items_and_where_the_part_begins() -> None:
    told = wall.frame(["a", "b"], "b", 1, 1, [], "slot").to_plotly_json()["props"]

    assert json.loads(told["data-items"]) == ["a", "b"]
    assert (told["data-here"], told["data-from"], told["data-count"]) == ("b", "1", "1")


# ── what is recorded ─────────────────────────────────────────────────────────────────────────────────────


def test_each_field_says_its_state() -> None:
    said = {"lead_unit_id": "decided", "assist_unit_ids": "decided", "pledge": "recording"}

    drawn = meeting_recorded.record(item(states=said, due=datetime(2026, 12, 7)), AFTER)

    assert states(drawn) == ["已定", "已定", "记录中", "建议"]
    assert [node.className.split()[1] for node in having(drawn, "mfield")][2:] == [
        "is-recording",
        "is-proposed",
    ]


def test_nothing_found_and_nothing_said_are_words() -> None:
    said = text(meeting_recorded.record(item(), AFTER))

    assert "待定" in said
    assert "—" in said


def test_the_limit_at_the_next_meeting_names_it_and_why_it_is_moved() -> None:
    said = text(meeting_recorded.record(item(due=datetime(2026, 12, 7)), AFTER))

    assert "12月7日 周一" in said
    assert "第37次调度会，由12月6日 周日顺延" in said


def test_a_limit_at_midnight_is_the_day_before() -> None:
    assert meeting_recorded.last_day(datetime(2026, 12, 6), AFTER) == date(2026, 12, 5)
    assert meeting_recorded.last_day(datetime(2026, 12, 7), None) == date(2026, 12, 6)


def test_more_than_three_that_assist_are_counted() -> None:
    said = text(meeting_recorded.record(item(assist_units=("甲", "乙", "丙", "丁", "戊")), AFTER))

    assert "丙" in said
    assert "丁" not in said
    assert "另有 2 家" in said


def test_of_a_hidden_matter_neither_its_sentence_nor_its_pledge_is_shown() -> None:
    hidden = item(hidden=True, kind="教育", sentence="王家的事", title="某事", pledge="找王家谈")

    said = text(wall.bare(hidden, "")) + text(meeting_recorded.record(hidden, AFTER))

    assert "教育（只示类别和件数）" in said
    assert "王家" not in said
    assert "某事" not in said


def test_an_item_looked_back_at_says_where_it_stands_and_how_late() -> None:
    row = SimpleNamespace(step="handling", slip_days=3.4, is_late=True, is_reopened=False, closed_at=None)
    old = item(part="look_back", row=row, due=datetime(2026, 11, 23))

    drawn = meeting_recorded.record(old, AFTER)

    assert "逾 3 天" in text(drawn)
    assert len(having(drawn, "late")) >= 1


def test_an_older_item_names_its_meeting_and_one_brought_again_says_so() -> None:
    row = SimpleNamespace(number=33)
    older = item(part="look_back", row=row, is_older=True, is_reopened=True)

    assert wall.batch(older) == "更早（第33次）　重新打开"
    assert wall.batch(item()) == ""
    assert "回头看　更早（第33次）" in text(wall.top(bar(part="look_back", batch="更早（第33次）")))


def test_a_number_beyond_the_section_has_its_words_ready() -> None:
    told = wall.typed().to_plotly_json()["props"]

    assert (told["data-typed"], told["data-beyond"]) == ("", "无第{n}项")


def test_english_has_no_chinese_but_names() -> None:
    words.use(words.Viewer("en"))

    said = text([wall.top(bar(until="")), meeting_recorded.record(item(due=datetime(2026, 12, 7)), AFTER)])

    assert "Item 4" in said
    assert not any("一" <= letter <= "鿿" for letter in said)


# ── the clerk ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_order_of_business_marks_what_is_on_the_wall_and_how_far_it_is() -> None:
    decided = dict.fromkeys(("lead_unit_id", "assist_unit_ids", "pledge", "due"), "decided")
    items = [Item("b", "look_back", title="旧"), Item("days", "ten_days"), item(states=decided, version=4)]

    drawn = clerk.order(items, "days")

    buttons = [
        node.to_plotly_json()["props"] for node in nodes(drawn) if "data-go" in node.to_plotly_json()["props"]
    ]
    assert [(one["data-go"], one.get("aria-current")) for one in buttons] == [
        ("b", None), ("days", "true"), ("c", None),
    ]  # fmt: skip
    assert "已定" in text(drawn)


def test_older_items_stand_apart_and_what_is_open_again_is_marked() -> None:
    items = [
        Item("a", "look_back", title="新"),
        Item("b", "look_back", title="旧", is_older=True),
        Item("c", "look_back", title="又来", is_older=True, is_reopened=True),
    ]

    drawn = clerk.order(items, "a")

    heads = [text(node) for node in nodes(drawn) if node._type == "H3"]
    assert heads == ["回头看", "更早，先交办的在前"]
    marked = [text(node) for node in nodes(drawn) if node._type == "Button" and "重新打开" in text(node)]
    assert [name.startswith("3又来") for name in marked] == [True]


def test_a_line_of_text_says_how_many_signs_it_takes() -> None:
    ids = {name: name for name in clerk.LABELS}
    drawn = clerk.form(ids, {name: f"s-{name}" for name in agenda.STATED}, "form")

    labels = [text(node) for node in nodes(drawn) if node._type == "Label"]
    assert "上屏一句话 最多42字" in labels
    fields = [node for node in nodes(drawn) if getattr(node, "id", "") == "title"]
    assert [node.maxLength for node in fields] == [42]


def test_the_next_meeting_is_the_first_limit_and_what_was_said_stays_to_choose() -> None:
    meeting = SimpleNamespace(actual=date(2026, 11, 26))

    days = clerk.limits(meeting, AFTER, [date(2027, 6, 1)])

    assert days[0] == {"value": "2026-12-07", "label": "12月7日 周一　第37次调度会"}
    assert [day["value"] for day in days].count("2026-12-07") == 1
    assert days[-1]["value"] == "2027-06-01"
    assert len(clerk.limits(meeting, None, [])) == clerk.AWAY
