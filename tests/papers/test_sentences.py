"""The sentences of the bulletin: the published 27th word for word, and where figures are missing."""

import re
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pandas as pd
import pytest
from sqlalchemy import Engine, update

from casedb import tables
from papers import items, sentences
from papers.blocks import Paragraph
from papers.bulletin import Imprint, word
from papers.english import summary
from papers.gathering import Disagreeing, Sheets, gather
from queries.meetings_pack import pack
from tests.builders import add
from tests.papers import batch27

FIGURES = {
    **dict.fromkeys(("total", "calls", "sms", "others", "valid", "online", "dispatched", "waiting"), 0),
    **dict.fromkeys(("closed", "in_hand", "carried", "issue_count", "all_assigned"), 0),
    **dict.fromkeys(("on_time_k", "satisfied_k"), 0.0),
    **dict.fromkeys(("on_time_n", "satisfied_n", "per_day_before", "mover_change"), pd.NA),
    "issue": "",
    "mover": "",
    "days": 10.0,
    "per_day": 0.0,
    "days_before": pd.NA,
}


@pytest.fixture
def batch(empty: Engine) -> Engine:
    """The city of the published 27th bulletin."""
    batch27.build(empty)
    return empty


def sheets(now: datetime = batch27.END) -> Sheets:
    return gather(pack(date(2019, 7, 8), now))


def test_the_published_27th_bulletin_is_said_again_word_for_word(batch: Engine) -> None:
    made = sheets()

    assert made.pack.meeting.number == 27
    assert sentences.bulletin(made.figures, made.since) == batch27.SENTENCE


def test_the_316_carried_into_the_27th_period_are_named(batch: Engine) -> None:
    told = sentences.stock(sheets().figures)

    assert told == "办结与在办合计1544件，即本期转派1228件与上期结转316件之和。"


def test_the_rate_of_the_27th_batch_is_of_the_closed_and_due_not_of_the_794_in_hand(batch: Engine) -> None:
    told = sentences.bases(sheets().figures)

    assert told.startswith("口径：本期应办结750件次、按时办结750件次；有效评价629件、满意和基本满意609件")


def test_the_sums_of_the_27th_batch_are_written_out(batch: Engine) -> None:
    told = sentences.sums(sheets()["meetings/identities"])

    assert "12345接听3309+短信平台6+其他渠道38（3353）=共收到3353" in told
    assert "在线办结1652+转派工单1228+待转派0（2880）=有效事项2880" in told
    assert "办结工单750+正在办理794（1544）=本期转派1228+上期结转316（1544）" in told


def test_no_bulletin_is_made_of_sums_that_do_not_agree_and_the_sum_is_said(batch: Engine) -> None:
    with batch.begin() as connection:
        wrong = tables.cases.c.case_id == "case-0"
        connection.execute(update(tables.cases).where(wrong).values(dispatched_at=batch27.START))

    with pytest.raises(Disagreeing) as refused:
        word(sheets(), Imprint())

    assert "受理相符不成立：在线办结1652+转派工单1229+待转派0（2881）≠有效事项2880" in refused.value.zh
    assert "valid" in refused.value.en


def test_without_cases_there_is_no_rate_and_no_kind() -> None:
    told = sentences.bulletin(FIGURES, date(2026, 11, 17))

    assert "占比" not in told
    assert "按时办结率—（无样本）" in told
    assert "群众满意度—（无样本）" in told
    assert sentences.bases(FIGURES) == ""


def test_what_waits_to_be_sent_is_said_so_that_the_sum_stands() -> None:
    told = sentences.opening(
        {**FIGURES, "valid": 9, "online": 5, "dispatched": 1, "waiting": 3}, date(2026, 11, 17)
    )

    assert "有效事项9件，在线办结5件、转派工单1件、待转派3件；" in told


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (11.0, 10.0, "日均增加10%。"),
        (9.0, 10.0, "日均减少10%。"),
        (10.0, 10.0, "日均持平。"),
        (10.0, 0.0, "上期日均无从比较。"),
        (10.0, pd.NA, "上期日均无从比较。"),
    ],
)
def test_periods_of_unlike_length_are_compared_by_the_day(now: float, before: float, said: str) -> None:
    told = sentences.pace({**FIGURES, "per_day": now, "per_day_before": before, "days_before": 8.0})

    assert told.endswith(said)


def test_a_rise_within_chance_is_no_news() -> None:
    rise = {**FIGURES, "issue": "停水停电", "mover": "停水停电", "mover_count": 227, "mover_change": 0.389}

    assert "与上期持平" in sentences.mover({**FIGURES, "issue": "停水停电"})
    assert sentences.mover(FIGURES) == "本期没有注明问题类别的来件，不作比较。"
    assert sentences.mover(rise) == "停水停电类上升最快，本期227件，日均比上期增加38.9%，超出随机波动。"
    assert "上期没有" in sentences.mover({**rise, "mover_change": pd.NA})


def test_done_and_signed_off_are_two_numbers() -> None:
    told = sentences.all_items({"assigned": 745, "closed": 697, "signed_off": 690})

    assert told == "逢6调度会累计交办745项，办结697项、办结率93.56%，销号690项、销号率92.62%。"


@pytest.mark.parametrize(
    ("closed", "signed", "said", "english"),
    [
        (False, False, "来源没有办结、销号记录，办结率、销号率无从统计。", "records neither which are done"),
        (
            *(True, False, "办结1项、办结率50%，来源没有销号记录、销号率无从统计。"),
            "1 are done; the source does not record which are signed off.",
        ),
        (
            *(False, True, "来源没有办结记录、办结率无从统计，销号1项、销号率50%。"),
            "1 are signed off; the source does not record which are done.",
        ),
    ],
    ids=["neither", "closing alone", "sign-off alone"],
)
def test_an_end_of_items_that_is_never_recorded_has_no_rate(
    batch: Engine, closed: bool, signed: bool, said: str, english: str
) -> None:
    begun, done = batch27.START, batch27.START + timedelta(days=1)
    with batch.begin() as connection:
        of_both = {"meeting_id": "m26", "assigned_at": begun, "first_due_at": done}
        ends = {"closed_at": done if closed else None, "signed_off_at": done if signed else None}
        add(connection, tables.meeting_items, title="甲", **of_both)
        add(connection, tables.meeting_items, title="乙", **of_both, **ends)
    made = sheets()

    told = "".join(block.text for block in items.look_back(made) if isinstance(block, Paragraph))

    assert f"逢6调度会累计交办2项，{said}" in told
    assert not re.search("nan|NA|办结0|销号0|率0", told)
    assert english in summary(made)[-1]


@pytest.mark.parametrize("end", items.DONE)
@pytest.mark.parametrize(("slip", "said"), [(0, "按期"), (-2, "提前2天"), (3, "逾3天")])
def test_an_item_is_done_by_any_end_that_is_recorded(end: str, slip: int, said: str) -> None:
    row = {**dict.fromkeys(items.DONE), end: batch27.START, "slip_days": slip, "is_told": True}

    assert items.slip(SimpleNamespace(**row)) == said
    assert items._kept_late(pd.DataFrame([row])).tolist() == [slip > 0]
