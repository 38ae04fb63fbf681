"""Why a case makes a difference between a frozen record and now."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from papers import runs
from papers.record import RATED

LATE, RE_RATED, EXCLUDED, CORRECTED, UNKNOWN = WHYS = (
    *("late_entry", "re_rated", "excluded", "corrected"),
    "unknown",
)
"""Why a figure differs: a case entered or dated back later, rated anew, left out by an approved exclusion, or
set right otherwise; or nothing that can be told by cases."""

Document = Mapping[str, Any]
"""A record, read again (`record.read`)."""


@dataclass(frozen=True)
class Named:
    """A case that makes a difference: it came in, went out, or changed where it was; and why."""

    case_id: str
    turn: str  # in | out | changed
    why: str


def cases_of(whole: Document, figure: str) -> list[str]:
    """The cases behind a figure."""
    return runs.unpacked(whole["members"].get(figure, ""), whole["cases"])


def ratings_of(whole: Document) -> dict[str, str]:
    """The rating that counts of each case."""
    kept = whole["ratings"].items()
    return {number: rating for rating, text in kept for number in runs.unpacked(text, whole["cases"])}


class Judge:
    """Names the cases of a figure that came in, went out or changed, each with its reason."""

    def __init__(self, then: Document, now: Document, known: pd.DataFrame) -> None:
        self.then, self.now, self.known = then, now, known
        self.rated, self.rated_now = ratings_of(then), ratings_of(now)
        self.all_then = set(then["cases"])

    def named(self, figure: str) -> list[Named]:
        """Those that came in first, then those that went out, then those that changed."""
        came, went = turned(cases_of(self.then, figure), cases_of(self.now, figure))
        moved = {*came, *went}
        changed = self._re_rated() - moved if figure == "satisfied_k" else set()
        return [
            *(Named(number, "in", self._why_in(figure, number)) for number in came),
            *(Named(number, "out", self._why_out(figure, number)) for number in went),
            *(Named(number, "changed", RE_RATED) for number in sorted(changed)),
        ]

    def _re_rated(self) -> set[str]:
        """Cases rated then and now, but otherwise in what counts."""
        both = self.rated.keys() & self.rated_now.keys()
        return {number for number in both if self.rated[number] != self.rated_now[number]}

    def _why_in(self, figure: str, number: str) -> str:
        if self._is_late(number):
            return LATE
        if figure in RATED:
            return RE_RATED if number in self.rated else LATE
        return CORRECTED

    def _is_late(self, number: str) -> bool:
        """Received in the window and not known then, or entered since."""
        if number in self.all_then or number not in self.known.index:
            return False
        case, (start, end) = self.known.loc[number], self.then["window"]
        within = pd.Timestamp(start) <= case["received_at"] < pd.Timestamp(end)
        since = self.then["frozen_at"] or self.then["as_of"]
        return bool(within or case["recorded_at"] > pd.Timestamp(since))

    def _why_out(self, figure: str, number: str) -> str:
        if figure not in RATED or number not in self.known.index:
            return CORRECTED
        case = self.known.loc[number]
        if number not in self.rated_now and not pd.isna(case["excluded_at"]):
            return EXCLUDED
        rating = self.rated_now.get(number, case["rating"])
        return CORRECTED if pd.isna(rating) or rating == self.rated.get(number) else RE_RATED


def turned(before: list[str], after: list[str]) -> tuple[list[str], list[str]]:
    """What came in and what went out; a case may be counted twice."""
    then, now = Counter(before), Counter(after)
    return sorted((now - then).elements()), sorted((then - now).elements())
