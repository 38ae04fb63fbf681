"""What was observed of one case, for a person to look at: facts only, no score and no conclusion (2.7)."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

import pandas as pd

from queries.arguments import Scope
from queries.cache import cached
from queries.cases_evidence import evidence
from queries.cases_file import File, Row, opened
from queries.cases_limits import is_contact
from queries.door import question
from queries.feeds import told
from rules.rulebook import load
from rules.words import CallbackSource, Resolved, ReturnRuling

COLUMNS = ["fact", "at", "round", "count", "other_case"]

NIGHT = (time(22), time(6))
"""A complaint spoken between these is one of the night: noise, smoke, water that fails in the evening."""


@question
@cached
def observed(scope: Scope) -> pd.DataFrame:
    """Observations on ``scope.case`` that a person may want to check, in order of time.

    Columns: fact (no_contact: answered without one contact with the citizen since it was signed for; claim:
    the unit says resolved, the citizen says no; same_print: a piece of evidence is found again elsewhere;
    office_hours: a complaint of the night, contacts only while the hall is open; last_hours, after_limit:
    more time was asked for in the last hours before the limit, or when it had passed; granted_late: it was
    granted when the limit had passed; returned: given back as often as raises a case; refused_return: a
    return was asked for and refused; urged: the citizen asked again more than once; undone: beyond the grace
    nobody has acted as its rung of the ladder asks), at (answer, call back, piece, receipt, asking, grant,
    the last of several, or since when it is on the rung), round, count (contacts, other pieces alike,
    returns, urgings, or the rung), other_case (empty: none).
    """
    file = opened(scope)
    observed = (_unseen, _claims, _by_day, _lengthened, _returned, _urged, _undone)
    found = [] if file is None else [row for observe in observed for row in observe(file)]
    rows = [*found, *([] if file is None else _again(scope))]
    table = pd.DataFrame(rows, columns=COLUMNS).astype({"round": "int64", "count": "int64"})
    table["at"] = pd.to_datetime(table["at"]).astype("datetime64[us]")
    return table.sort_values("at", kind="stable", ignore_index=True)


def _row(fact: str, at: datetime, turn: int = 0, count: int = 0, other: str = "") -> dict[str, Any]:
    return {"fact": fact, "at": at, "round": turn, "count": count, "other_case": other}


def _unseen(file: File) -> Iterator[dict[str, Any]]:
    """Answers before which nobody had reached the citizen."""
    if not told("talks"):
        return
    for lead in file.leads:
        since, answered = lead["signed_at"] or lead["dispatched_at"], lead["closed_at"]
        if (
            since
            and answered
            and not any(is_contact(c) and since <= c["at"] <= answered for c in file.contacts)
        ):
            yield _row("no_contact", answered, lead["round"])


def _claims(file: File) -> Iterator[dict[str, Any]]:
    """Rounds the unit calls resolved and the citizen does not."""
    for lead in file.leads:
        denied = [call for call in file.callbacks if _denies(call, lead)]
        if lead["closed_at"] and lead["claims_resolved"] and denied:
            yield _row("claim", denied[0]["at"], lead["round"])


def _denies(call: Row, lead: Row) -> bool:
    same = call["assignment_id"] in (None, lead["assignment_id"]) and call["round"] == lead["round"]
    return same and call["source"] != CallbackSource.UNIT.value and call["resolved"] == Resolved.NO.value


def _again(scope: Scope) -> Iterator[dict[str, Any]]:
    """Pieces whose fingerprint another case has too."""
    found = evidence(scope)
    for piece in found[found["other_case"] != ""].to_dict("records"):
        yield _row("same_print", piece["at"], 0, piece["copies"], piece["other_case"])


def _by_day(file: File) -> Iterator[dict[str, Any]]:
    """A matter of the night that was only looked into by day."""
    spoken, hours = file.case["received_at"], load().opening
    by_day = [hours.start <= row["at"].time() <= hours.end for row in file.contacts]
    if (spoken.time() >= NIGHT[0] or spoken.time() < NIGHT[1]) and by_day and all(by_day):
        yield _row("office_hours", spoken, 0, len(by_day))


def _lengthened(file: File) -> Iterator[dict[str, Any]]:
    """Extensions asked for at the last moment or later, and those granted when the limit had passed."""
    last = timedelta(hours=load().extension.last_hours)
    for lead in file.leads:
        due, asked, granted = (
            lead[name] for name in ("due_at", "extension_asked_at", "extension_approved_at")
        )
        if due and asked and asked >= due - last:
            yield _row("last_hours" if asked <= due else "after_limit", asked, lead["round"])
        if due and granted and granted > due:
            yield _row("granted_late", granted, lead["round"])


def _returned(file: File) -> Iterator[dict[str, Any]]:
    """Given back so often that it is raised; and returns that were refused."""
    returns = [lead["returned_at"] for lead in file.leads if lead["returned_at"]]
    if len(returns) >= load().ladder.raise_returns:
        yield _row("returned", max(returns), 0, len(returns))
    for lead in file.leads:
        if lead["return_asked_at"] and lead["return_ruling"] == ReturnRuling.REFUSED.value:
            yield _row("refused_return", lead["return_asked_at"], lead["round"])


def _urged(file: File) -> Iterator[dict[str, Any]]:
    """How often the citizen asked again, where it was more than once."""
    if len(file.urged) > 1:
        yield _row("urged", max(file.urged), 0, len(file.urged))


def _undone(file: File) -> Iterator[dict[str, Any]]:
    """On a rung of the ladder longer than the grace, without the act it asks for."""
    rung = file.rung
    if rung is not None and rung.is_missed and rung.since and rung.level is not None:
        yield _row("undone", rung.since, 0, rung.level)
