"""Which matters a wall may not name: confidential ones, and every report."""

from collections.abc import Iterable

import pandas as pd
from sqlalchemy import select

from queries.cache import cached
from queries.database import read
from queries.holding import CASE
from queries.picked import picked
from rules import masking
from rules.words import Nature


def unnamed(codes: Iterable[str]) -> frozenset[str]:
    """Those of the cases of which a wall says only the kind and the numbers."""
    return _unnamed(tuple(sorted({*codes} - {""})))


@cached
def _unnamed(codes: tuple[str, ...]) -> frozenset[str]:
    wanted = select(CASE.c.case_id, CASE.c.confidentiality, CASE.c.nature)
    rows = read(wanted.where(picked(CASE.c.case_id, codes)))
    return frozenset(rows.loc[is_unnamed(rows["confidentiality"], rows["nature"]), "case_id"])


def is_unnamed(confidentiality: pd.Series, nature: pd.Series) -> pd.Series:
    """Of each case whether it is confidential, or a report."""
    hidden = confidentiality.map(masking.hidden).astype("bool")
    return hidden | (nature == Nature.REPORT.value)
