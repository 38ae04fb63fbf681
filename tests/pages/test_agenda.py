"""What the meeting goes through: proposals and the clerk's word over them, and nothing personal."""

from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Engine

import records
from casedb.tables import meeting_items
from components import meeting_present, meeting_recorded
from pages import agenda
from pages.agenda import Item
from queries import cache, meetings
from queries.meetings_pack import Pack
from records import decisions
from tests.builders import DAY, add, add_case
from tests.pages.conftest import AT, HELD
from tests.queries.test_meetings import add_meeting


def keys(pack: Pack) -> list[str]:
    return [item.key for item in agenda.items(pack)]


def item(pack: Pack, key: str) -> Item:
    return next(item for item in agenda.everything(pack) if item.key == key)


def test_first_the_last_batch_then_the_ten_days_then_what_is_to_be_assigned_by_group(pack: Pack) -> None:
    assert keys(pack) == ["back old", "days", "dark", "loud", "torn"]


def test_a_proposal_stands_until_the_clerk_says_otherwise(pack: Pack) -> None:
    proposed = item(pack, "dark")

    wanted = {"lead_unit_id": "housing", "assist_unit_ids": ["town", "gone"]}
    decisions.save(HELD, "dark", wanted, 0, "李", AT)

    assert (proposed.lead_unit, proposed.assist_units, proposed.version) == ("宁溪供电公司", (), 0)
    said = item(pack, "dark")
    assert (said.lead_unit, said.assist_units, said.version) == ("市住建局", ("东湖街道", "gone"), 1)
    assert said.due == proposed.due == datetime(2026, 12, 7)


def test_a_lead_that_the_clerk_took_away_is_to_be_named(pack: Pack) -> None:
    decisions.save(HELD, "dark", {"lead_unit_id": ""}, 0, "李", AT)

    assert item(pack, "dark").lead_unit == ""


def test_the_limit_is_the_next_meeting_that_is_really_held(pack: Pack) -> None:
    after = agenda.following(pack)

    assert (after.nominal.day, after.actual.day, after.number) == (6, 7, 37)
    assert meeting_recorded.last_day(item(pack, "dark").due, after) == after.actual


def test_what_was_taken_off_is_kept_with_its_reason_and_the_wall_shows_the_next(pack: Pack) -> None:
    decisions.save(HELD, "loud", {"case_id": "loud"}, 0, "李", AT)

    decisions.remove(HELD, "loud", "已办结", 1, "李", AT)

    assert keys(pack) == ["back old", "days", "dark", "torn"]
    assert [(one.key, one.removed_reason) for one in agenda.removed(pack)] == [("loud", "已办结")]
    whole = agenda.everything(pack)
    assert agenda.near(agenda.items(pack), whole, "loud").key == "torn"


def test_a_place_that_was_never_taken_is_the_first(pack: Pack) -> None:
    assert agenda.near(agenda.items(pack), agenda.everything(pack), "").key == "back old"


def test_the_last_one_taken_off_leaves_the_one_before(pack: Pack) -> None:
    decisions.remove(HELD, "torn", "并案", 0, "李", AT)

    assert agenda.near(agenda.items(pack), agenda.everything(pack), "torn").key == "loud"


def test_the_order_of_the_records_holds_within_a_group(city: Engine, pack: Pack) -> None:
    with city.begin() as connection:
        add_case(connection, AT, case_id="new", title="新事", confidentiality="open")
    decisions.save(HELD, "new", {"case_id": "new", "item_group": "assignment"}, 0, "李", AT)

    before = keys(pack)
    decisions.order(HELD, ["new", "loud"], [], "李", AT)

    assert before[-3:] == ["loud", "new", "torn"]
    assert keys(pack)[-3:] == ["new", "loud", "torn"]


def test_what_the_clerk_recorded_stays_when_it_is_proposed_no_more(pack: Pack, city: Engine) -> None:
    decisions.save(HELD, "dark", {"case_id": "dark", "pledge": "下周办结"}, 0, "李", AT)
    with city.begin() as connection:
        connection.exec_driver_sql("delete from meeting_items where item_id = 'i-dark'")
    cache.cache.clear()
    later = meetings.pack(HELD, AT)

    assert (item(later, "dark").title, item(later, "dark").pledge) == ("dark的事", "下周办结")


def test_a_report_and_what_is_confidential_are_called_by_their_kind(city: Engine, pack: Pack) -> None:
    with city.begin() as connection:
        for code, facts in (("r", {"nature": "report"}), ("m", {"confidentiality": "minor"})):
            known = {"case_id": code, "title": "某事", "issue": "教育", "confidentiality": "open"}
            add_case(connection, AT, **known | facts)
            decisions.save(HELD, code, {"case_id": code, "title": "张三家的事"}, 0, "李", AT)

    called = {code: meeting_present.called(item(pack, code)) for code in ("r", "m")}

    assert called == dict.fromkeys(("r", "m"), "教育（只示类别和件数）")


def test_what_the_clerk_typed_is_shown_without_persons(pack: Pack) -> None:
    decisions.save(HELD, "dark", {"title": "金桂苑3栋2单元张伟先生停电"}, 0, "李", AT)

    assert item(pack, "dark").sentence == "金桂苑停电"


def test_neither_a_phone_nor_a_number_of_a_person_reaches_the_wall(pack: Pack) -> None:
    typed = "联系13812345678，身份证43110219900101123X"
    decisions.save(
        HELD, "dark", {"title": f"停电，{typed}", "pledge": typed, "owner_post": typed}, 0, "李", AT
    )

    shown = item(pack, "dark")

    assert "停电" in shown.sentence
    assert not any(sign in f"{shown.sentence}{shown.pledge}{shown.owner_post}" for sign in "0123456789*")


def test_older_items_come_after_the_last_batch_with_the_codes_of_who_assists(
    city: Engine, pack: Pack
) -> None:
    with city.begin() as connection:
        add_meeting(connection, date(2026, 11, 6), number=34, meeting_id="m-34")
        row = {
            "meeting_id": "m-34",
            "assigned_at": AT - 20 * DAY,
            "title": "更旧的事",
            "item_group": "assignment",
        }
        add(connection, meeting_items, item_id="older", assist_unit_ids="housing, gone", **row)
    cache.cache.clear()

    found = agenda.items(pack)

    assert [one.key for one in found[:3]] == ["back old", "back older", "days"]
    assert [one.is_older for one in found[:2]] == [False, True]
    assert (found[1].assist_unit_ids, found[1].assist_units) == (("housing", "gone"), ("市住建局", "gone"))


def test_without_the_boards_own_database_the_proposals_stand(pack: Pack, board: Path) -> None:
    records.dispose()

    assert keys(pack) == ["back old", "days", "dark", "loud", "torn"]
