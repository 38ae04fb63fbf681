"""What speaks for bringing an open matter before the next meeting: the facts behind each reason."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import Select, func, select

from casedb.tables import assignments, cases, meeting_items
from queries.arguments import Scope
from queries.cache import cached
from queries.conditions import matter_is_open
from queries.database import read
from queries.holding import CASE, Condition, by, unindexed
from queries.meetings_alike import TIES, alike, repeats, told
from queries.meetings_pack import last_batch
from queries.meetings_standing import settled_on_paper
from queries.meetings_standing import standing as item_standing
from queries.overdue_standing import standing
from queries.summoned import BLOWN
from queries.whistles_spots import proposed, spots
from rules.candidates import Found
from rules.ladder import RAISED
from rules.rulebook import load
from rules.words import Role

ITEM = meeting_items.c

STANDS = (
    "case_id",
    "unit_id",
    "received_at",
    "rule",
    "level",
    "severity",
    "hours_late",
    "given_back",
    "units",
)
"""What is wanted of `overdue_standing.standing`."""

SPOT = ["spot_id", "case_id", "title", "hidden", "unit_id", "times"]

LISTED = "listed"
"""The condition of D4 that says no more than that a meeting has it already."""


def related(as_of: datetime) -> pd.DataFrame:
    """All requests that hang together with an open case, themselves included: `TIES`."""
    return _stock(as_of)[1][[*TIES]]


def grounds(as_of: datetime) -> pd.DataFrame:
    """Every open case, a row each, with what there is to say of it.

    Columns: `STANDS`, `TIES`, matter, requests, people, channels and answers (of `meetings_alike.told`),
    repeats, round, visitors (people of a group visit, else 0), promised_late (whole days past a promise of
    an answer; empty: none is broken), whistles (on its spot, lately).
    """
    return _stock(as_of)[0]


@cached
def _stock(as_of: datetime) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`grounds`, and the requests they were made of (`meetings_alike.alike`)."""
    rows = standing(as_of)[[*STANDS]].merge(read(_own(as_of)), on="case_id")
    rows = rows.assign(**{name: rows[name].fillna("") for name in (*TIES, "unit_id")})
    same = alike(as_of, rows)
    known = dict(zip(same["case_id"], same["matter"], strict=True))
    rows = rows.assign(matter=rows["case_id"].map(known).astype("str"))
    return _counted(rows.merge(told(same, as_of), on="matter"), same, as_of), same


def _counted(rows: pd.DataFrame, same: pd.DataFrame, as_of: datetime) -> pd.DataFrame:
    spots = whistled(as_of)
    times: dict[Any, int] = spots[spots["case_id"] != ""].set_index("case_id")["times"].to_dict()
    return rows.assign(
        repeats=rows["case_id"].map(repeats(same, rows, as_of)),
        round=rows["case_id"].map(_rounds(as_of)).fillna(1).astype("int64"),
        visitors=rows["petitioner_count"].where(_is_group(rows), 0).astype("int64"),
        promised_late=_days(as_of, rows["promised_due"].where(rows["promised_at"] <= as_of)),
        whistles=rows["case_id"].map(times).fillna(0).astype("int64"),
    )


def _own(as_of: datetime) -> Select:
    names = (*TIES, "is_group", "petitioner_count", "promised_at", "promised_due")
    known = unindexed(CASE.c.received_at, as_of) <= as_of
    return select(*(CASE.c[name] for name in names)).where(known, matter_is_open(as_of))


def _is_group(rows: pd.DataFrame) -> pd.Series:
    return rows["is_group"].astype("bool") | (rows["petitioner_count"] > load().group_visit.people)


def _days(as_of: datetime, due: pd.Series) -> pd.Series:
    """Whole days past a limit; empty where it has not passed."""
    past = (pd.Timestamp(as_of) - due).dt
    return past.days.where(past.total_seconds() > 0).astype("Int64")


def _rounds(as_of: datetime) -> pd.Series:
    """The round of cases that went round too often, by number."""
    lead = assignments.c
    wanted = select(lead.case_id, func.max(lead.round).label("round")).where(
        lead.case_id.in_(select(CASE.c.case_id).where(matter_is_open(as_of))),
        lead.role == Role.LEAD.value,
        by(lead.dispatched_at, as_of, if_empty=True),
        lead.round >= load().meeting.rounds,
    )
    return read(wanted.group_by(lead.case_id)).set_index("case_id")["round"]


@cached
def whistled(as_of: datetime) -> pd.DataFrame:
    """Spots whistled at often enough for the agenda (`whistles_spots.spots`), most often first: `SPOT`.

    case_id is the last case behind a whistle there (empty: none), each once; title place and matter; unit_id
    who led there last (empty: nobody).
    """
    wanted = select(BLOWN.c.spot_id, BLOWN.c.case_id, BLOWN.c.at, BLOWN.c.whistle_id)
    found = read(wanted.where(proposed(Scope(as_of))))
    if found.empty:
        return pd.DataFrame(columns=SPOT)
    again = spots(Scope(as_of))
    again = again[again["is_proposed"]]
    known = found[found["case_id"].fillna("") != ""].sort_values(["at", "whistle_id"])
    last = known.drop_duplicates("spot_id", keep="last").set_index("spot_id")["case_id"].to_dict()
    named = again.assign(
        case_id=[str(last.get(spot, "")) for spot in again["spot_id"]],
        title=again["place"].where(~again["hidden"], "") + again["matter"],
        unit_id=again["unit_id"].fillna(""),
    )
    first = (named["case_id"] == "") | ~named["case_id"].duplicated()
    return named[first][SPOT].reset_index(drop=True)


def assigned(scope: Scope) -> pd.DataFrame:
    """Items assigned at meetings, oldest batch first, with the cases behind them.

    Columns: item_id, case_id (of a merged case the one it went into; empty: none), first_case_id, cluster_id,
    number, title, hidden and issue (as of `meetings_standing`), lead_unit_id, signed_off_at, is_last, is_open
    (not signed off), is_settled (signed off and not open again, though its case is open), is_late, slip (days
    past the first promise, begun ones count).
    """
    as_of, last = scope.as_of, last_batch(scope)
    rows = item_standing(as_of)
    names = ["item_id", "number", "title", "hidden", "issue", "lead_unit_id", "is_late", "signed_off_at"]
    made = rows[names].assign(
        is_last=rows["batch_nominal"] == (last and last.nominal),
        is_open=rows["signed_off_at"].isna(),
        is_settled=rows["item_id"].isin(settled_on_paper(as_of)) & ~rows["is_reopened"],
        slip=rows["slip_days"].clip(lower=0).fillna(0).astype("int64"),
    )
    return made.merge(behind(ITEM.assigned_at <= as_of), on="item_id", how="left")


def behind(where: Condition) -> pd.DataFrame:
    """The cases behind items: item_id, `TIES`, empty where no case is known; of a merged case the whole."""
    own, whole = cases.alias("own"), cases.alias("whole")
    joined = meeting_items.outerjoin(own, own.c.case_id == ITEM.case_id)
    joined = joined.outerjoin(whole, whole.c.case_id == func.coalesce(own.c.merged_into, own.c.case_id))
    found = read(select(ITEM.item_id, *(whole.c[name] for name in TIES)).select_from(joined).where(where))
    return found.assign(**{name: found[name].fillna("") for name in TIES})


def late_days(hours: Any) -> int | None:
    """Whole days past a limit; None where it has not passed, or there is none."""
    return int(hours // 24) if pd.notna(hours) and hours > 0 else None


def found_of(row: Any, meetings: int, late: Any) -> Found:
    """What `rules.candidates` asks of a row of `grounds`.

    ``meetings``: how often a meeting assigned its matter; ``late``: the item past its promise, or None.
    """
    item: dict[str, Any] = {}
    if late is not None:
        name = "item_late" if late.is_last else "item_late_before"
        item = {name: late.slip, "batch": None if pd.isna(late.number) else int(late.number)}
    return Found(
        **item,
        group_visit=row.visitors,
        promise_missed=None if pd.isna(row.promised_late) else int(row.promised_late),
        uncured=bool(pd.notna(row.level) and row.level > RAISED and row.rule != LISTED),
        overdue_days=late_days(row.hours_late),
        meetings=meetings,
        rounds=row.round,
        channels=row.channels,
        answers=row.answers,
        sent=row.units,
        returned=row.given_back,
        people=row.people,
        repeats=row.repeats,
        whistles=row.whistles,
        severity=row.severity,
    )


def speaks(rows: pd.DataFrame, late: Mapping[str, Any]) -> pd.Series:
    """Which cases may have a reason at all: a quick look over the whole stock."""
    book = load()
    return (
        rows["matter"].isin(list(late))
        | (rows["level"].fillna(0) > 2)
        | (rows["severity"] >= book.meeting.severity)
        | (rows["people"] >= book.meeting.people)
        | (rows["repeats"] >= book.meeting.repeats)
        | (rows["round"] >= book.meeting.rounds)
        | (rows["whistles"] >= book.whistle.repeats)
        | ((rows["channels"] >= book.alert.channels) & (rows["answers"] > 1))
        | (rows["visitors"] > 0)
        | rows["promised_late"].notna()
    )
