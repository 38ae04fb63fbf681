"""The desk of a meeting: the order a reader gives it, what is ready, and the meeting of the day."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from pages import agenda, agenda_table, ready
from pages.frame import coming
from queries.arguments import Scope
from queries.meetings_pack import Pack
from records import Conflict, decisions, freezing
from tests.components.conftest import links, text
from tests.pages.conftest import AT, HELD

MINUTE = timedelta(minutes=1)


def keys(pack: Pack) -> list[str]:
    return agenda_table.table(pack)["key"].tolist()


@pytest.fixture
def two(pack: Pack) -> Pack:
    """A second item of the same group, added by the clerk."""
    decisions.save(HELD, "own", {"title": "自定的事", "item_group": "assignment"}, 0, "李", AT)
    return pack


def test_the_desk_lists_what_the_clerk_added_and_leaves_out_what_was_taken_off(two: Pack) -> None:
    decisions.save(HELD, "torn", {"case_id": "torn"}, 0, "李", AT)
    decisions.remove(HELD, "torn", "并入他项", 1, "李", AT)

    rows = agenda_table.table(two).set_index("key")

    assert "torn" not in rows.index
    assert (rows.loc["own", "title"], rows.loc["own", "waits"]) == ("自定的事", True)
    assert rows.groupby("item_group")["place"].apply(list).tolist() == [[1, 2], [1]]


def test_an_item_moves_within_its_group_and_not_beyond_it(two: Pack) -> None:
    before = keys(two)
    first, second = (key for key in before if key in ("loud", "own"))

    agenda_table.move(two, second, -1, before, "李", AT)
    agenda_table.move(two, second, -1, keys(two), "李", AT)  # at the top of its group already

    assert [key for key in keys(two) if key in ("loud", "own")] == [second, first]
    assert len(keys(two)) == len(before)


def test_who_moves_what_stands_elsewhere_by_now_is_told(two: Pack) -> None:
    shown = keys(two)
    step = -1 if shown.index("own") > shown.index("loud") else 1
    agenda_table.move(two, "own", step, shown, "王", AT)

    with pytest.raises(Conflict):
        agenda_table.move(two, "own", step, shown, "李", AT)


def test_a_place_alone_does_not_keep_a_matter_on_the_list(pack: Pack) -> None:
    decisions.order(HELD, ["gone", *keys(pack)], [], "李", AT)

    assert "gone" not in keys(pack)


def test_what_is_to_do_counts_the_leads_of_the_list_as_it_stands(two: Pack) -> None:
    leads = next(check for check in ready.checks(two, AT) if check.said == "3/4")

    assert leads.share == 0.75


def test_the_desk_says_whether_the_record_is_closed(pack: Pack) -> None:
    assert "封存" in text(ready.buttons(pack))
    freezing.freeze(HELD, b"{}", {}, AT)

    drawn = ready.buttons(pack)

    assert "2026-11-26 09:30 已封存" in text(drawn)
    assert f"/meeting/{HELD}/record" in [getattr(node, "href", "") for node in drawn.children] or links(drawn)


def test_on_its_own_day_the_strip_names_the_meeting_and_not_the_next(city: Engine, pack: Pack) -> None:
    today, yesterday = (coming(Scope(moment)).iloc[0] for moment in (AT, AT - 24 * 60 * MINUTE))

    assert (today["number"], today["actual"], today["days_left"]) == (36, HELD, 0)
    assert (yesterday["number"], yesterday["days_left"]) == (36, 1)
    assert agenda.following(pack).actual > HELD
