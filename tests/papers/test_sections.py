"""What the bulletin says where the source never records a thing: not that there was none."""

from datetime import date, datetime

import pytest
from sqlalchemy import Engine

from casedb import tables
from papers import sections
from papers.blocks import Paragraph
from papers.gathering import gather
from queries.meetings_pack import pack
from tests.builders import HOUR, add, add_area, add_case, add_summons, add_unit, add_whistle

HELD, END = date(2019, 7, 8), datetime(2019, 7, 6, 9)


def said() -> str:
    blocks = sections.all_blocks(gather(pack(HELD, END)))
    return "".join(block.text for block in blocks if isinstance(block, Paragraph))


def test_events_and_villages_nobody_records_are_not_none(empty: Engine) -> None:
    with empty.begin() as connection:
        add_case(connection, END - HOUR)

    assert "来源没有同一事件记录" in said() and "来源没有村、社区记录" in said()
    assert "本期没有新出现" not in said() and "没有村、社区的日均" not in said()


def test_events_and_villages_that_are_recorded_may_be_none(empty: Engine) -> None:
    with empty.begin() as connection:
        add_area(connection, area_id="village", level=2)
        add_case(connection, END - HOUR, area_id="village", cluster_id="x")

    assert "本期没有新出现" in said() and "没有村、社区的日均" in said()


@pytest.mark.parametrize("arrived", [None, END - HOUR])
def test_arrivals_nobody_records_are_neither_in_time_nor_late(
    empty: Engine, arrived: datetime | None
) -> None:
    with empty.begin() as connection:
        town = add_unit(connection, unit_group="town")
        whistle = add_whistle(connection, town, END - 2 * HOUR)
        add_summons(
            connection, whistle, town, called_at=END - 2 * HOUR, due_at=END - HOUR, arrived_at=arrived
        )

    assert ("来源没有到场记录" in said()) == (arrived is None)
    assert ("已超时未到场" in said()) == (arrived is not None)


@pytest.mark.parametrize("closed", [None, END - HOUR])
def test_items_whose_end_nobody_records_are_not_past_their_promise(
    empty: Engine, closed: datetime | None
) -> None:
    with empty.begin() as connection:
        add_case(connection, END - HOUR)
        before = add(
            connection,
            tables.meetings,
            number=26,
            nominal_date=date(2019, 6, 26),
            actual_date=date(2019, 6, 26),
        )
        dates = {"assigned_at": datetime(2019, 6, 26, 9), "first_due_at": END - 24 * HOUR}
        add(connection, tables.meeting_items, meeting_id=before, title="x", closed_at=closed, **dates)

    assert ("是否超过首次承诺无从统计" in said()) == (closed is None)
