"""Open cases with all that supervision asks of them: the rows of the source as columns, a place a case.

Reading is in `overdue_open` and `overdue_around`, the conditions of the ladder in `rules.ladder`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import numpy as np
from pandas import Series, notna

from casedb.tables import assignments
from queries import overdue_around as around
from queries.feeds import recorded, told
from queries.overdue_open import Columns, Past, among, pasts, stock
from queries.workdays import workdays
from rules.deadlines import Moments, dues
from rules.ladder import NEVER
from rules.rulebook import load


class Places:
    """Where each case has its place in the columns."""

    def __init__(self, codes: np.ndarray) -> None:
        self._places = {code: place for place, code in enumerate(codes.tolist())}

    def __call__(self, found: Mapping[str, Any], empty: Any = NEVER) -> np.ndarray:
        """A column of what was found of each case; ``empty`` where nothing was."""
        return self.over(np.full(len(self._places), empty), found)

    def over(self, column: np.ndarray, found: Mapping[str, Any]) -> np.ndarray:
        """The column with what was found of each case in its place."""
        known = [code for code in found if code in self._places]
        if known:
            # Through pandas, which reads moments ten times as fast as numpy.
            said = Series([found[code] for code in known], dtype=column.dtype).to_numpy()
            column[[self._places[code] for code in known]] = said
        return column


def grounds(as_of: datetime, numbers: tuple[str, ...] | None = None) -> Columns:
    """What tells how late and how grave every open case is, or those of these numbers.

    Columns: those of `stock`; first_due_rule, first_due_at, first_dispatched_at (its first limit), given_back
    (times a return was accepted), units (distinct ones it was sent to), opened (since when it is open as it
    is now), brought_again (times the citizen came with the same matter, lately), and the moments of those of
    `ladder.RECORDED` that follow from these: first_rework, reworks, returns, transfers, repeats, listed.
    """
    found = stock(as_of, numbers)
    at, which = Places(found["case_id"]), among(as_of, numbers)
    again = around.repeats(as_of, which, _told(found, "first_case_id"))
    return {
        **found,
        **_past(found, at, pasts(found, as_of)),
        "brought_again": at({code: one.number for code, one in again.items()}, 0),
        "repeats": at({code: one.since for code, one in again.items()}),
        "listed": at(around.listed(as_of)),
    }


def signs(found: Columns, as_of: datetime, numbers: tuple[str, ...] | None = None) -> Columns:
    """What else the ladder asks of the cases of `grounds`.

    Columns: acted_level (highest act recorded; -1: none), acted_at (when it was last), assigned_at (by a
    meeting, last), milestone_kind (meet, feedback: the one that passes next), and the moments of the other of
    `ladder.RECORDED`.
    """
    at, events = Places(found["case_id"]), _told(found, "cluster_id")
    acts = around.acts(as_of, among(as_of, numbers))
    many = around.clusters(as_of, events.values())
    milestone, kind = _milestones(found)
    return {
        "acted_level": at({code: act.level for code, act in acts.items()}, -1),
        "acted_at": at({code: act.at for code, act in acts.items()}),
        "proposed": at({code: act.proposed for code, act in acts.items()}),
        "assigned_at": at(around.assigned(as_of)),
        "cluster": at({code: many.get(event) for code, event in events.items()}),
        "whistle_late": at(around.missing(as_of)),
        "unsigned": _unsigned(found, as_of),
        # What was sent back had been answered: its milestones are behind it.
        "milestone": np.where(np.isnat(found["first_rework"]), milestone, NEVER),
        "milestone_kind": kind,
    }


def _told(found: Columns, name: str) -> dict[str, str]:
    """What a column says, by number of the case; only where it says something."""
    said = notna(found[name])
    return dict(zip(found["case_id"][said].tolist(), found[name][said].tolist(), strict=True))


def _past(found: Columns, at: Places, past: Mapping[str, Past]) -> Columns:
    """What the assignments before say of each case: how often it went round, and since when too often."""
    book = load().ladder
    sent_back = {code: one.sent_back for code, one in past.items()}
    returned = {code: one.returned for code, one in past.items()}
    reached = {code: one.reached for code, one in past.items()}
    alone = notna(found["unit_id"]).astype("int64")
    opened = at({code: moments[-1] for code, moments in sent_back.items() if moments})
    return _first_limits(found, at, past) | {
        "given_back": at(_lengths(returned), 0),
        "units": at.over(alone, _lengths(reached)),
        "opened": np.fmax(found["received_at"], opened),
        "first_rework": at(_nth(sent_back, 1)),
        "reworks": at(_nth(sent_back, book.raise_reworks)),
        "returns": at(_nth(returned, book.raise_returns)),
        "transfers": at(_nth(reached, book.raise_transfers)),
    }


def _first_limits(found: Columns, at: Places, past: Mapping[str, Past]) -> Columns:
    """The first limit of each case: by which rule, until when, and when the unit was sent it."""
    limited = {code: one.limited for code, one in past.items() if one.limited is not None}
    own = {name: found[name].copy() for name in ("due_rule", "dispatched_at")}
    own["due_at"] = np.where(np.isnat(found["first_at"]), found["due_at"], found["first_at"])
    return {
        f"first_{name}": at.over(column, {code: row[name] for code, row in limited.items()})
        for name, column in own.items()
    }


def _lengths(found: Mapping[str, list[datetime]]) -> dict[str, int]:
    return {code: len(moments) for code, moments in found.items()}


def _nth(found: Mapping[str, list[datetime]], number: int) -> dict[str, datetime]:
    return {code: moments[number - 1] for code, moments in found.items() if len(moments) >= number}


def _unsigned(found: Columns, as_of: datetime) -> Moments:
    """The limit for signing, where the unit has neither signed nor asked in time to give the case back."""
    if not recorded(assignments.c.signed_at):
        return np.full(len(found["case_id"]), NEVER)
    sent = np.where(found["is_signed"], NEVER, found["dispatched_at"])
    limit = dues("sign", sent, workdays())
    asked = found["return_asked_at"] <= np.fmin(limit, np.datetime64(as_of, "us"))
    return np.where(asked, NEVER, limit)


def _milestones(found: Columns) -> tuple[Moments, np.ndarray]:
    """The next milestone of a first petition that is still to be kept (M24), and which: meet or feedback."""
    tell = dues("feedback", found["tell_from"], workdays())
    if not told("faces"):
        return tell, np.full(len(tell), "feedback", object)
    meet = dues("meet", found["meet_from"], workdays())
    return np.fmin(meet, tell), np.where((meet <= tell) | np.isnat(tell), "meet", "feedback").astype(object)
