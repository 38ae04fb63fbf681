"""Which matters a wall may not name: confidential ones, and every report."""

from collections.abc import Iterable

from sqlalchemy import select

from queries.cache import cached
from queries.database import records
from queries.holding import CASE
from queries.picked import picked
from rules import masking
from rules.words import Nature


def unnamed(codes: Iterable[str]) -> frozenset[str]:
    """Those of the cases of which a wall says only the kind and the numbers."""
    return _unnamed(tuple(sorted({*codes} - {""})))


@cached
def _unnamed(codes: tuple[str, ...]) -> frozenset[str]:
    rows = records(
        select(CASE.c.case_id, CASE.c.confidentiality, CASE.c.nature).where(picked(CASE.c.case_id, codes))
    )
    hidden = (
        row for row in rows if masking.hidden(row["confidentiality"]) or row["nature"] == Nature.REPORT.value
    )
    return frozenset(row["case_id"] for row in hidden)
