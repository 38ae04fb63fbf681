"""Who should lead a matter, and who assist: those who handled such matters before."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

import pandas as pd
from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select, true

from casedb.tables import areas, assignments, callbacks, cases, units
from queries.arguments import Scope
from queries.cache import cached
from queries.database import records
from queries.holding import Condition, by
from queries.picked import picked
from rules.rulebook import load
from rules.words import CallbackSource, RatedObject, Rating, Role, UnitGroup

DONE, PART, CALL = cases.alias("done"), assignments.alias("part"), callbacks.alias("said")
OTHER, HERE = assignments.alias("other"), areas.alias("here")

Row = dict[str, Any]


class Proposal(NamedTuple):
    """The unit proposed to lead, how many such cases it led to their end, how many well; and who helps."""

    lead: str = ""
    led: int = 0
    well: int = 0
    assists: tuple[str, ...] = ()


def proposals(as_of: datetime, about: pd.DataFrame) -> dict[str, Proposal]:
    """A proposal for each case of ``about`` (case_id, category_id, issue, area_id, area_kind); none: empty.

    The nearest kind of matter of which enough cases are known counts: of the same category in the same town,
    of the same category in town or country; for what ``needs_lead``, of the same issue there. A town's office
    is proposed for its own town only. What was closed by last midnight is known.
    """
    towns, rows = _towns(), about.to_dict("records")
    wanted = [_where({str(name): value for name, value in row.items()}, towns) for row in rows]
    known = _past(as_of, "category_id", wanted)
    found = {row["case_id"]: _best(row, known, ("town", "kind")) for row in wanted}
    left = [row for row in wanted if row["needs_lead"] and not found[row["case_id"]].lead]
    wider = _past(as_of, "issue", left)
    return found | {row["case_id"]: _best(row, wider, ("kind",)) for row in left}


def _past(as_of: datetime, by_what: str, wanted: list[Row]) -> list[Row]:
    midnight = datetime.combine(as_of, time())
    past = Scope(midnight, midnight - timedelta(days=load().meeting.lead_days), midnight)
    return _handled(past, by_what, tuple(sorted({row[by_what] for row in wanted} - {""})))


def _towns() -> dict[str, Row]:
    """Of each area its town, whether it is urban or rural, and the office of its town; empty: not known."""
    own, top = areas.alias("own"), areas.alias("top")
    joined = own.outerjoin(top, top.c.area_id == own.c.level1_id)
    names = {"town": own.c.level1_id, "kind": own.c.area_kind, "office": top.c.unit_id}
    filled = (func.coalesce(column, "").label(name) for name, column in names.items())
    return {row.pop("area_id"): row for row in records(select(own.c.area_id, *filled).select_from(joined))}


def _where(row: Row, towns: dict[str, Row]) -> Row:
    """The row with its town and office, and its own kind of area, else that of its area."""
    here = towns.get(row["area_id"], {"town": "", "kind": "", "office": ""})
    return {**row, **here, "kind": row["area_kind"] or here["kind"]}


def _best(row: Row, known: Iterable[Row], widths: Iterable[str]) -> Proposal:
    """The proposal of the nearest kind of matter in which a unit has enough cases."""
    mine = [one for one in known if one["matter"] == row[one["by"]] and _may(one, row["office"])]
    for alike in _nearest(mine, row, widths):
        led, well, helped = (_sums(alike, name) for name in ("led", "well", "helped"))
        enough = [unit for unit, number in led.items() if number >= load().meeting.lead_least]
        if enough:
            lead = min(enough, key=lambda unit: (-led[unit], -well[unit], unit))
            return Proposal(lead, led[lead], well[lead], _often(helped, lead))
    return Proposal()


def _may(one: Row, office: str) -> bool:
    """Offices of other towns do not come into question."""
    return one["unit_group"] != UnitGroup.TOWN.value or one["unit_id"] == office


def _nearest(mine: list[Row], row: Row, widths: Iterable[str]) -> Iterator[list[Row]]:
    for width in widths:
        yield [one for one in mine if one[width] == row[width] and (row[width] or width == "kind")]


def _sums(alike: Iterable[Row], name: str) -> Counter[str]:
    sums: Counter[str] = Counter()
    for one in alike:
        sums[one["unit_id"]] += int(one[name])
    return sums


def _often(helped: Counter[str], lead: str) -> tuple[str, ...]:
    """Who helped, or took over after an accepted return, most often; once is no habit."""
    often = [unit for unit, times in helped.items() if times > 1 and unit != lead]
    return tuple(sorted(often, key=lambda unit: (-helped[unit], unit))[: load().meeting.assists])


@cached
def _handled(past: Scope, by_what: str, values: tuple[str, ...]) -> list[Row]:
    """Who had part in closed cases, by what they were about and where.

    by (category_id or issue), matter (its value), town, kind, unit_id, unit_group, led (cases it led to their
    end), well (of these neither sent back nor rated not satisfied), helped (cases in which it assisted, or
    took over after a return).
    """
    rows = records(_parts(past, DONE.c[by_what], values)) if values else []
    return [{**row, "by": by_what} for row in rows]


def _parts(past: Scope, matter: ColumnElement[str], values: tuple[str, ...]) -> Select:
    as_of = past.as_of
    ended = and_(DONE.c.received_at >= past.start, DONE.c.received_at <= as_of, DONE.c.closed_at <= as_of)
    counts = and_(DONE.c.is_valid == true(), DONE.c.merged_into.is_(None), ended, picked(matter, values))
    joined = DONE.join(PART, PART.c.case_id == DONE.c.case_id).join(units, units.c.unit_id == PART.c.unit_id)
    joined = joined.outerjoin(HERE, HERE.c.area_id == DONE.c.area_id)
    led, helped = _led(as_of), _helped(as_of)
    places = {
        "matter": matter,
        "town": func.coalesce(HERE.c.level1_id, ""),
        "kind": func.coalesce(DONE.c.area_kind, HERE.c.area_kind, ""),
        "unit_id": PART.c.unit_id,
        "unit_group": func.coalesce(units.c.unit_group, ""),
    }
    sums = {"led": led, "well": and_(led, ~_sent_back(as_of), ~_dissatisfied(as_of)), "helped": helped}
    figures = (_cases(holds).label(name) for name, holds in sums.items())
    chosen = select(*(one.label(name) for name, one in places.items()), *figures).select_from(joined)
    sent = by(PART.c.dispatched_at, as_of, if_empty=True)
    return chosen.where(counts, sent).group_by(*places.values())


def _cases(holds: Condition) -> ColumnElement[int]:
    return func.count(case((holds, DONE.c.case_id)).distinct())


def _led(as_of: datetime) -> Condition:
    """It was the last lead, and did not give the case back."""
    later = and_(_of_case(as_of), OTHER.c.role == Role.LEAD.value, OTHER.c.seq > PART.c.seq)
    return and_(PART.c.role == Role.LEAD.value, _kept(as_of), ~exists().where(later))


def _helped(as_of: datetime) -> Condition:
    before = and_(OTHER.c.role == Role.LEAD.value, OTHER.c.seq < PART.c.seq, OTHER.c.returned_at <= as_of)
    took_over = and_(PART.c.role == Role.LEAD.value, _kept(as_of), exists().where(_of_case(as_of), before))
    return or_(PART.c.role == Role.ASSIST.value, took_over)


def _kept(as_of: datetime) -> Condition:
    return or_(PART.c.returned_at.is_(None), PART.c.returned_at > as_of)


def _of_case(as_of: datetime) -> Condition:
    return and_(OTHER.c.case_id == DONE.c.case_id, by(OTHER.c.dispatched_at, as_of, if_empty=True))


def _sent_back(as_of: datetime) -> Condition:
    return exists().where(OTHER.c.case_id == DONE.c.case_id, OTHER.c.sent_back_at <= as_of)


def _dissatisfied(as_of: datetime) -> Condition:
    """Said to somebody other than the unit itself."""
    about = and_(CALL.c.rated_object == RatedObject.UNIT.value, CALL.c.source != CallbackSource.UNIT.value)
    said = and_(CALL.c.rating == Rating.DISSATISFIED.value, CALL.c.at <= as_of)
    return exists().where(CALL.c.case_id == DONE.c.case_id, about, said)
