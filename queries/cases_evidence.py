"""The pieces of evidence of one case, and where the same fingerprint is found again."""

import pandas as pd
from sqlalchemy import select

from casedb import tables
from queries.arguments import Scope
from queries.cache import cached
from queries.cases_one import only
from queries.database import read
from queries.door import question
from queries.names import unit_names

PIECE = tables.evidence.c
COLUMNS = ["evidence_id", "at", "kind", "unit_id", "unit", "copies", "other_case"]


@question
@cached
def evidence(scope: Scope) -> pd.DataFrame:
    """The evidence of ``scope.case`` known at the moment, oldest first.

    Columns: evidence_id, at (made), kind, unit_id, unit (who handed it in), copies (how many other pieces, of
    any case, have the same fingerprint), other_case (the last other case by number that has one; empty:
    none).
    """
    begun = tables.cases.c.case_id == only(scope).case, tables.cases.c.received_at <= scope.as_of
    mine = PIECE.case_id.in_(select(tables.cases.c.case_id).where(*begun))
    wanted = PIECE.evidence_id, PIECE.at, PIECE.kind, PIECE.unit_id, PIECE.sha256
    found = read(select(*wanted).where(mine, PIECE.at <= scope.as_of).order_by(PIECE.at, PIECE.evidence_id))
    alike = _alike(scope, sorted(found["sha256"].dropna().unique()))
    others = alike[alike["case_id"] != scope.case].groupby("sha256")["case_id"].max()
    found["copies"] = found["sha256"].map(alike.groupby("sha256").size() - 1).fillna(0).astype("int64")
    found["other_case"] = found["sha256"].map(others).astype("str").fillna("")
    found["unit_id"] = found["unit_id"].astype("str").fillna("")
    found["unit"] = unit_names(found["unit_id"])
    return found[COLUMNS]


def _alike(scope: Scope, prints: list[str]) -> pd.DataFrame:
    """Every piece known at the moment with one of these fingerprints: sha256, case_id."""
    same = PIECE.sha256.in_(prints), PIECE.at <= scope.as_of
    return read(select(PIECE.sha256, PIECE.case_id).where(*same))
