"""From the clerk's form to the records: each change by itself, nobody overwritten, refusals in words."""

import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

import records
from casedb.tables import meeting_items
from pages import agenda, meeting_form, meeting_list, meeting_place
from queries import cache
from queries.meetings_pack import Pack
from records import AlreadyFrozen, Conflict, Unwritable, decisions, freezing, places
from records.decisions import Decision
from tests.builders import DAY, add, add_case
from tests.pages.conftest import AT, HELD


def drawn(pack: Pack, key: str = "dark") -> dict[str, Any]:
    """The form of an item as it is drawn now."""
    item = next(one for one in agenda.everything(pack) if one.key == key)
    return {"key": key, "version": item.version, "values": meeting_form.values(item, agenda.following(pack))}


def type_in(pack: Pack, known: dict[str, Any], by: str = "李", **values: Any) -> None:
    meeting_form.save(pack, known, {**known["values"], **values}, by, AT)


def kept(key: str = "dark") -> Decision:
    return next(one for one in decisions.of(HELD) if one.key == key)


def test_a_form_that_nobody_touched_changes_nothing(pack: Pack) -> None:
    known = drawn(pack)

    blank = {**known["values"], "pledge": " ", "owner_post": None}
    assert meeting_form.Form(known["values"]).changed(blank) == {}


def test_what_is_changed_is_being_recorded_until_it_is_decided(pack: Pack) -> None:
    type_in(pack, drawn(pack), pledge="下周办结")
    first = kept()
    type_in(pack, drawn(pack), **{"state pledge": "decided"})

    assert (first.pledge, first.states, first.case_id) == ("下周办结", {"pledge": "recording"}, "dark")
    assert (kept().states, kept().lead_unit_id, kept().version) == ({"pledge": "decided"}, None, 2)


def test_persons_are_masked_before_they_are_kept(pack: Pack) -> None:
    type_in(pack, drawn(pack), title="张伟先生 13812345678 停电", pledge="联系13812345678")

    assert (kept().title, kept().pledge) == ("张** 138****5678 停电", "联系138****5678")


def test_an_emptied_sentence_is_the_proposed_one_again(pack: Pack) -> None:
    type_in(pack, drawn(pack), title="停电")

    type_in(pack, drawn(pack), title="  ")

    assert kept().title is None


@pytest.mark.parametrize(
    ("day", "due"),
    [("2026-12-07", datetime(2026, 12, 7)), ("2026-12-05", datetime(2026, 12, 6))],
    ids=["the next meeting", "another day"],
)
def test_a_day_ends_at_its_midnight_but_the_next_meetings_as_its_figures_close(
    pack: Pack, day: str, due: datetime
) -> None:
    type_in(pack, drawn(pack), due="2026-12-03")

    type_in(pack, drawn(pack), due=day)

    assert kept().due == due
    assert drawn(pack)["values"]["due"] == day


def test_two_clerks_at_once_the_later_is_told_and_overwrites_nothing(pack: Pack) -> None:
    one, other = drawn(pack), drawn(pack)
    type_in(pack, one, "李", lead_unit_id="housing")

    with pytest.raises(Conflict, match="李 saved this item at 09:30") as told:
        type_in(pack, other, "王", lead_unit_id="town")

    assert "牵头" in told.value.zh
    assert kept().lead_unit_id == "housing"


def test_a_clerk_who_types_faster_than_the_answers_come_is_no_second_clerk(pack: Pack) -> None:
    known = drawn(pack)

    type_in(pack, known, pledge="下周")
    type_in(pack, known, pledge="下周办结", owner_post="分管副市长")

    assert (kept().pledge, kept().owner_post, kept().version) == ("下周办结", "分管副市长", 2)


def test_what_another_clerk_saved_is_said_with_its_fields(pack: Pack) -> None:
    type_in(pack, drawn(pack), "王", pledge="下周")
    item = next(one for one in agenda.items(pack) if one.key == "dark")

    assert meeting_form.newer(pack, item) == "王 已于 09:30 保存：表态；表单已换成最新内容。"


# ── the list ─────────────────────────────────────────────────────────────────────────────────────────────


def test_an_item_is_taken_off_only_with_a_reason_and_put_back(pack: Pack) -> None:
    known = drawn(pack, "loud")

    refused = meeting_list.remove(pack, known, "  ", "李", AT)
    done = meeting_list.remove(pack, known, "已办结", "李", AT)
    off = [item.key for item in agenda.removed(pack)]
    meeting_list.put_back(pack, "loud", "李", AT)

    assert (refused, done, off) == ("请写明移出的理由。", "", ["loud"])
    assert agenda.removed(pack) == []


def test_the_last_batch_and_the_ten_days_cannot_be_taken_off(pack: Pack) -> None:
    assert meeting_list.remove(pack, {"key": "back old"}, "x", "李", AT) == "只有拟交办事项可以移出。"
    assert decisions.of(HELD) == []


def test_any_case_is_added_by_its_number_once(pack: Pack, city: Engine) -> None:
    with city.begin() as connection:
        add_case(connection, AT, case_id="20261125-0001", title="新事", confidentiality="open")

    answers = [meeting_list.add(pack, number, "李", AT) for number in ("nope", "dark", "20261125-0001 ")]

    assert answers[:1] == ["没有这个编号的案件。"]
    added = [item for item in agenda.items(pack) if item.key == "20261125-0001"]
    assert answers[1] == "该案件已在议程上。"
    assert (answers[2], [item.title for item in added]) == ("", ["新事"])


def test_a_case_that_was_taken_off_is_put_back_by_adding_it(pack: Pack) -> None:
    meeting_list.remove(pack, drawn(pack, "loud"), "已办结", "李", AT)

    assert meeting_list.add(pack, "loud", "李", AT) == ""
    assert agenda.removed(pack) == []


def assign(city: Engine, case: str, **steps: datetime) -> None:
    """An item of meeting 35 about an open case."""
    with city.begin() as connection:
        add_case(connection, AT - 20 * DAY, case_id=case, title="旧事", confidentiality="open", is_valid=True)
        row = {"meeting_id": "m-35", "item_group": "assignment", "assigned_at": AT - 10 * DAY, **steps}
        add(connection, meeting_items, item_id=f"i-{case}", case_id=case, title="旧事", **row)
    cache.cache.clear()


def test_what_is_looked_back_at_is_not_assigned_twice(pack: Pack, city: Engine) -> None:
    assign(city, "running")

    said = meeting_list.add(pack, "running", "李", AT)

    assert said == "该案件是第35次交办的事项，已在回头看中，不重复交办。"
    assert decisions.of(HELD) == []


def test_a_case_whose_item_was_signed_off_is_added_only_once_that_was_said(pack: Pack, city: Engine) -> None:
    assign(city, "signed", signed_off_at=AT - 3 * DAY)

    said = meeting_list.add(pack, "signed", "李", AT)
    before = decisions.of(HELD)
    again = [meeting_list.add(pack, "signed", "李", AT, told) for told in ("别的话", said, said)]

    assert said == "该案件第35次交办的事项已于11月23日销号；确需再次交办，请再按一次列入。"
    assert before == []
    assert again == [said, "", "该案件已在议程上。"]
    assert [item.key for item in agenda.items(pack)].count("signed") == 1


# ── what cannot be kept ──────────────────────────────────────────────────────────────────────────────────


def test_a_frozen_meeting_is_changed_no_more(pack: Pack) -> None:
    freezing.freeze(HELD, b"{}", {}, AT)

    with pytest.raises(AlreadyFrozen):
        type_in(pack, drawn(pack), pledge="下周")


def test_a_database_that_may_only_be_read_is_said_and_the_wall_goes_on(pack: Pack, board: Path) -> None:
    places.go(HELD, "dark", AT)
    now = {"day": HELD.isoformat(), **meeting_place.heard(HELD)}
    with sqlite3.connect(board) as connection:
        connection.execute("create trigger t before insert on decisions begin select raise(abort, 'x'); end")

    with pytest.raises(Unwritable):
        type_in(pack, drawn(pack), pledge="下周")

    assert meeting_place.here(now, None) == "dark"


def test_without_the_records_a_window_goes_where_its_own_keys_say(pack: Pack) -> None:
    records.dispose()
    now = meeting_place.heard(HELD)
    asked = {"n": 1, "version": now["version"], "problem": "记录库连不上", "item": "loud"}

    assert meeting_place.here(now, None) == ""
    assert meeting_place.here(now, asked) == "loud"
    assert "记录库" in meeting_place.problem(now, None)


def test_once_the_records_are_moved_again_they_say_where_the_wall_is(pack: Pack) -> None:
    asked = {"n": 1, "version": 0, "problem": "记录库连不上", "item": "loud"}
    places.go(HELD, "dark", AT)

    assert meeting_place.here(meeting_place.heard(HELD), asked) == "dark"
