"""Signs, tiles, panels and rows: what is drawn, what is said, what is never said."""

import pytest

from components import hall, headlines, layouts, meeting, notices, panels, rows, signs, strip, tiles, words
from components.words import Viewer
from tests.components import mock
from tests.components.conftest import having, links, nodes, text


def test_a_ladder_shows_its_level_as_filled_blocks():
    drawn = signs.steps(3)
    assert len(nodes(drawn)) == 5
    assert len(having(drawn, "on")) == 3


def test_a_late_tile_has_its_shape_its_rule_and_its_list():
    drawn = tiles.tile("超期", "37", "件", "较上期 +6", "最久 31天", state="late", href="/cases?set=overdue")
    assert drawn.className == "tile is-late"
    assert having(drawn, "i-late")
    assert links(drawn) == ["/cases?set=overdue"]
    assert text(drawn) == " 超期 37件较上期 +6最久 31天"


def test_a_tile_names_its_definition():
    drawn = tiles.tile("在办", "812", measure="open")
    assert having(drawn, "def")[0].href == "/definitions#open"


def test_an_empty_panel_keeps_its_title_and_says_one_sentence():
    drawn = panels.panel("没有超期", panels.empty("没有超期的案件。"))
    assert text(drawn) == "没有超期 没有超期的案件。"


@pytest.mark.parametrize("share", [None, float("nan")])
def test_a_bar_of_nothing_known_has_no_length(share):
    assert rows.width(share) == "0%"


@pytest.mark.parametrize(("share", "width"), [(-0.1, "0.0%"), (0.5, "50.0%"), (1.2, "100.0%")])
def test_a_bar_stays_within_its_line(share, width):
    assert rows.width(share) == width


def test_only_a_rise_beyond_chance_is_bold_and_named():
    drawn = rows.issues(mock.ISSUES)
    assert "停水停电涨最快" in text(drawn)
    assert len(having(drawn, "up")) == 2
    assert text(drawn).count("持平") == 7


def test_issues_of_an_empty_period_are_one_sentence():
    none = text(rows.issues(mock.ISSUES.head(0)))
    assert none.startswith("十类问题：未注明") and "本期没有注明问题类别的来件" in none and "上涨" not in none


def test_overdue_rows_lead_to_their_case_and_count_the_rest():
    drawn = rows.oldest(mock.OLDEST, 37, lambda case: f"/cases/{case.case_id}")
    assert len(links(drawn)) == 8
    assert "超期最久 8 件，3 件上会" in text(drawn)
    assert "共 37 件，其余 29 件均不足 7天" in text(drawn)


def test_without_overdue_cases_the_panel_says_so():
    assert "没有超期的案件。" in text(rows.oldest(mock.OLDEST.head(0), 0))


def test_the_overviews_tiles_are_those_of_the_picture():
    drawn = [
        headlines.overdue(mock.OVERDUE, "/"),
        headlines.awaiting(mock.WHISTLES),
        headlines.waiting(mock.HALL_MORNING, "/queues"),
    ]
    said = text(drawn)
    for words_ in ("37件", "较上期 +6", "最久 31天", "2家", "超时 1", "121人次", "最久 47分"):
        assert words_ in said


def test_the_halls_tiles_have_no_rate_without_a_sample():
    none = mock.HALL.copy()
    none[["settled_share", "left_share"]] = None
    said = text([hall.settled(none, 0.25), hall.left(none)])
    assert "—%" in said
    assert "占 —" in said
    assert "0.0%" not in said


def test_the_strip_says_where_when_and_what_is_next():
    drawn = strip.strip("Overview", mock.MORNING, mock.NEWEST, mock.MEETING)
    said = text(drawn)
    for words_ in ("指挥总览", "本期第9天", "11月25日 周三 09:42", "最新记录 40秒前", "第36次调度会", "明天"):
        assert words_ in said


def test_the_strip_of_an_empty_database_says_that_nothing_is_there():
    said = text(strip.strip("Overview", mock.MORNING, mock.NEWEST.head(0), mock.MEETING.head(0)))
    assert "还没有记录" in said
    assert "没有排定的调度会" in said


@pytest.mark.parametrize(("days", "said"), [(0, "今天"), (1, "明天"), (2, "还有 2 天")])
def test_the_next_meeting_is_today_tomorrow_or_in_days(days, said):
    assert meeting.when(days) == said


def test_a_failure_has_its_own_sign_and_breaks_the_chain_where_it_broke():
    assert [state for _name, state in notices.db()["chain"]] == ["unknown", "bad", "good", "good"]
    assert notices.lost()["chain"][3] == ("", "bad")
    assert {notices.db()["sign"], notices.lost()["sign"], notices.stale()["sign"]} == {"db", "lost", "stale"}


def test_layouts_are_empty_rooms_with_a_place_for_the_stopped_database():
    drawn = layouts.overview_page(layouts.slot("tiles"), [], [], [], [layouts.slot("windows")])
    assert text(drawn) == ""
    assert len(having(drawn, "col")) == 3
    assert having(drawn, "notice")


def test_pieces_speak_english_too():
    words.use(Viewer("en"))
    said = text([rows.issues(mock.ISSUES), headlines.overdue(mock.OVERDUE, "/")])
    assert "Issues: 停水停电 up most" in said
    assert "37casesvs last +6longest 31 d" in said
