"""The names that cases refer to by code: channels, categories, areas, units; and counts put under them."""

import pandas as pd
from sqlalchemy import Table, func, select

from casedb import tables
from queries.arguments import MISSING
from queries.cache import cached
from queries.database import read


@cached
def names(table_name: str) -> pd.DataFrame:
    """Codes and names of units, channels, categories or areas: code, name; and of the trees their ancestors.

    For trees also: level, parent, level1_id, level2_id, level3_id (empty text where there is none).
    """
    table: Table = tables.metadata.tables[table_name]
    key = next(iter(table.primary_key.columns))
    columns = [key.label("code"), table.c.name]
    if "parent_id" in table.c:
        above = {name: table.c[f"{name}_id"] for name in ("parent", "level1", "level2", "level3")}
        filled = [func.coalesce(column, "").label(_said(name)) for name, column in above.items()]
        columns += [table.c.level, *filled]
    return read(select(*columns).order_by(key))


def _said(name: str) -> str:
    return name if name == "parent" else f"{name}_id"


def channels() -> pd.DataFrame:
    return names("channels")


def units() -> pd.DataFrame:
    return names("units")


def categories() -> pd.DataFrame:
    return names("categories")


def areas() -> pd.DataFrame:
    return names("areas")


def at_level(codes: pd.Series, tree: pd.DataFrame, level: int) -> pd.Series:
    """Each code's ancestor on the level (or itself); empty text for a code that has none, or is not known."""
    ancestors = tree.set_index("code")[f"level{level}_id"]
    return codes.map(ancestors).astype("str").fillna("")


def placed(counted: pd.DataFrame, named: pd.DataFrame) -> pd.DataFrame:
    """Counts by ``code`` beside every name, zeros included, most received first; what has no name comes last.

    Columns: code, name, then as ``named`` and ``counted`` have them.
    """
    everyone = named.merge(counted, how="outer", on="code")
    figures = [name for name in counted.columns if name != "code"]
    everyone[figures] = everyone[figures].fillna(0).astype("int64")
    texts: list[str] = list(everyone.select_dtypes("str").columns)
    everyone[texts] = everyone[texts].fillna("")
    everyone = everyone.assign(unnamed=everyone["code"] == "")
    ranked = everyone.sort_values(["unnamed", "received", "code"], ascending=[True, False, True])
    return ranked.drop(columns="unnamed").reset_index(drop=True)


def named(codes: pd.Series, table: pd.DataFrame) -> pd.Series:
    """The name behind each code; empty text where there is none."""
    return codes.map(table.set_index("code")["name"]).astype("str").fillna("")


def unit_names(codes: pd.Series) -> pd.Series:
    return named(codes, units())


def about(codes: pd.Series, asked: str | None, tree: pd.DataFrame | None = None) -> pd.Series:
    """Which codes a filter of the same kind is about: the code itself; in a tree also those above and below.

    A table by channel, asked for one channel, has that row with the figure it always has: a row's own filter
    takes the place of the question's, so that its list is what was counted.
    """
    wanted = "" if asked == MISSING else asked
    if wanted is None:
        return pd.Series(True, index=codes.index)
    if tree is None or not wanted:
        return codes == wanted
    ancestors = tree.set_index("code")[["level1_id", "level2_id", "level3_id"]]
    above = set(ancestors.loc[wanted]) if wanted in ancestors.index else set()
    below = set(ancestors.index[(ancestors == wanted).any(axis=1)])
    return codes.isin((above | below | {wanted}) - {""})
