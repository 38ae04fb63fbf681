"""Every matter with a reason to go before the next meeting: by hand, by the rules, from the last batch."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from queries.arguments import Scope
from queries.cache import cached
from queries.meetings_alike import TIES, matters
from queries.meetings_grounds import assigned, found_of, grounds, related, speaks, whistled
from queries.meetings_hand import by_hand, elsewhere
from rules import candidates as rule
from rules.candidates import Found, Reason
from rules.words import ItemGroup

BY_HAND: Reason = ("by_hand",)
"""Why a matter is on the list that somebody put there and of which nothing else is known."""

COLUMNS = [
    *(*TIES, "item_id", "title", "hidden", "item_issue", "item_group", "why", "rule", "is_prepared"),
    *("lead_unit_id", "lead_basis", "assist_unit_ids", "matter", "severity"),
]

Entry = dict[str, Any]


@cached
def chosen(scope: Scope) -> pd.DataFrame:
    """All candidates, those prepared first, each matter once: `COLUMNS`, ``why`` with every reason.

    title, hidden and item_issue are an item's or a spot's own (empty: those of the case); item_id only of
    what was prepared.
    """
    ranked = sorted(_entries(Scope(scope.as_of, scope.start, scope.end)), key=lambda entry: entry["rank"])
    return pd.DataFrame(list(_once(ranked).values()), columns=COLUMNS)


def _once(ranked: list[Entry]) -> dict[str, Entry]:
    """The first entry of each matter."""
    first: dict[str, Entry] = {}
    for entry in ranked:
        first.setdefault(entry["matter"], entry)
    return first


def _entries(scope: Scope) -> Iterator[Entry]:
    """Every case, item and spot that has a reason to be there, the same matter more than once."""
    rows, items, hand, away = grounds(scope.as_of), assigned(scope), by_hand(scope), elsewhere(scope)
    known = _matters(related(scope.as_of), items, hand, away)
    items, hand, away = (_with_matter(table, known) for table in (items, hand, away))
    rows = rows.assign(matter=rows["case_id"].map(known))
    late = {item.matter: item for item in _each(items[items["is_open"] & items["is_late"]])}
    times: dict[Any, int] = items.groupby("matter")["number"].nunique().to_dict()
    proposed = [*_of_cases(rows, times, late)]
    proposed += _left_over(late, {entry["matter"] for entry in proposed}, times)
    best = _once(sorted(proposed, key=lambda entry: entry["rank"]))
    waits = (scope.as_of - rows.groupby("matter")["received_at"].min()).dt.days.to_dict()
    yield from (_prepared(item, best.get(item.matter), waits) for item in _each(hand))
    busy = {*items["matter"][items["is_open"]], *away["matter"], *_settled(items)} - {*late}
    yield from (one for one in proposed if rule.is_candidate(one["why"]) and one["matter"] not in busy)
    yield from _spots(scope, known)


def _settled(items: pd.DataFrame) -> set[str]:
    """Matters whose last sign-off still stands though the case is open: a meeting is done with them."""
    signed = items[~items["is_open"]].sort_values(["signed_off_at", "item_id"])
    last = signed.drop_duplicates("matter", keep="last")
    return {*last["matter"][last["is_settled"]]}


def _each(table: pd.DataFrame) -> Iterator[Any]:
    yield from table.itertuples()


def _matters(rows: pd.DataFrame, *others: pd.DataFrame) -> dict[str, str]:
    known = pd.concat([rows[[*TIES]], *(table[[*TIES]] for table in others)])
    return matters(known[known["case_id"] != ""])


def _with_matter(table: pd.DataFrame, known: Mapping[str, str]) -> pd.DataFrame:
    """An item without a case is a matter of its own."""
    named = table["case_id"].map(known)
    return table.assign(matter=named.where(named.notna(), "item " + table["item_id"]))


def _of_cases(rows: pd.DataFrame, times: Mapping[Any, int], late: Mapping[str, Any]) -> Iterator[Entry]:
    """Open cases with any reason, each with its own; the matter's numbers are the same for all of them."""
    for row in _each(rows[speaks(rows, late)]):
        why = rule.reasons(found_of(row, times.get(row.matter, 0), late.get(row.matter)))
        group = rule.group(why)
        is_late = row.matter in late
        has_it = group == ItemGroup.SUPERVISION.value and row.unit_id
        lead = late[row.matter].lead_unit_id if is_late else row.unit_id if has_it else ""
        basis = "" if not lead else "item" if is_late else "holder"
        ends = (-float(row.severity), row.received_at, row.case_id)
        yield _entry(
            **_of(row, *TIES, "rule", "matter", "severity"),
            why=why, item_group=group, rank=(1, *rule.rank(why), *ends), lead_unit_id=lead, lead_basis=basis,
        )  # fmt: skip


def _entry(**known: Any) -> Entry:
    empty = dict.fromkeys((*TIES, "item_id", "title", "item_issue", "rule", "lead_unit_id", "lead_basis"), "")
    return {**empty, "assist_unit_ids": "", "hidden": None, "is_prepared": False, "severity": 0.0, **known}


def _of(row: Any, *names: str) -> Entry:
    return {name: getattr(row, name) for name in names}


def _prepared(item: Any, same: Entry | None, waits: Mapping[str, int]) -> Entry:
    """What was put on the list by hand, with the reasons that the board has too, or how long it is open."""
    open_for = ("waiting_days", waits[item.matter]) if item.matter in waits else BY_HAND
    why = same["why"] if same and same["why"] else [open_for]
    basis = "prepared" if item.lead_unit_id else ""
    return _entry(
        **_of(item, *TIES, "item_id", "title", "hidden", "item_group", "matter"),
        item_issue=item.issue, why=why, rank=(0, item.Index), is_prepared=True,
        lead_unit_id=item.lead_unit_id, lead_basis=basis, assist_unit_ids=item.assist_unit_ids,
        **({name: same[name] for name in ("rule", "severity")} if same else {}),
    )  # fmt: skip


def _left_over(late: Mapping[str, Any], taken: set[str], times: Mapping[Any, int]) -> Iterator[Entry]:
    """Items of the last batch past their promise whose case is closed or gone: supervised all the same."""
    for matter, item in late.items():
        if item.is_last and matter not in taken:
            number = None if pd.isna(item.number) else int(item.number)
            told = Found(item_late=item.slip, batch=number, meetings=times.get(matter, 0))
            why = rule.reasons(told)
            yield _entry(
                **_of(item, *TIES, "title", "hidden", "matter"),
                item_issue=item.issue, why=why, item_group=rule.group(why),
                rank=(1, *rule.rank(why), 0.0, pd.Timestamp.max, item.item_id),
                lead_unit_id=item.lead_unit_id, lead_basis="item" if item.lead_unit_id else "",
            )  # fmt: skip


def _spots(scope: Scope, known: Mapping[str, str]) -> Iterator[Entry]:
    """Spots whistled at too often behind which no open case stands."""
    for spot in _each(whistled(scope.as_of)):
        if spot.case_id not in known:
            why = rule.reasons(Found(whistles=spot.times))
            yield _entry(
                case_id=spot.case_id, title=spot.title, hidden=spot.hidden, matter=f"spot {spot.spot_id}",
                why=why, item_group=rule.group(why), lead_unit_id=spot.unit_id,
                lead_basis="handled" if spot.unit_id else "",
                rank=(1, *rule.rank(why), 0.0, pd.Timestamp.max, spot.spot_id),
            )  # fmt: skip
