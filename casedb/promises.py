"""What a table of ours promises by itself and a view in somebody else's schema does not."""

from collections.abc import Iterator

from sqlalchemy import func, select

from casedb.problem import Problem, key_of, problem
from casedb.tables import cases, metadata, whistles
from casedb.vetting import allowed_words


def repeated_keys() -> Iterator[Problem]:
    """Keys that occur twice."""
    for table in metadata.sorted_tables:
        key = key_of(table)
        found = select(key.label("key")).group_by(key).having(func.count() > 1).order_by(key)
        uses = frozenset({(table.name, key.name)})
        yield Problem(f"{table.name}.key_twice", "编号重复", "the key occurs twice", table.name, found, uses)


def empty_fields() -> Iterator[Problem]:
    """Required fields that are empty."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            if not column.nullable:
                zh, en = f"{column.name} 不应为空", f"{column.name} must not be empty"
                yield problem(f"{table.name}.{column.name}_empty", zh, en, table, column.is_(None), column)


PLACES = {
    cases.c.area_kind: ("案件所在地既非城区也非农村", "the place of the case is neither urban nor rural"),
    whistles.c.area_kind: (
        "吹哨地点既非城区也非农村，到场时限不明",
        "the place of the whistle is neither urban nor rural: no limit to arrive is known",
    ),
}
"""Words a limit hangs on: asked of every database, and empty ones are allowed."""


def strange_places() -> Iterator[Problem]:
    """Kinds of area nobody agreed on."""
    for column, (zh, en) in PLACES.items():
        where = column.not_in([*allowed_words(column), ""])
        yield problem(f"{column.table.name}.{column.name}_strange", zh, en, column.table, where, column)


def strange_words() -> Iterator[Problem]:
    """Coded fields that hold none of the contract's words; places apart."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            if (words := allowed_words(column)) and column not in PLACES:
                zh, en = f"{column.name} 的取值不在约定之列", f"{column.name} holds none of the agreed words"
                where = column.not_in(words)
                yield problem(f"{table.name}.{column.name}_strange", zh, en, table, where, column)
