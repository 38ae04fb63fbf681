"""The one way to the case database: connect once, then read. It never writes and never blocks a writer."""

import logging
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import CursorResult, Dialect, Engine, Select, create_engine, event
from sqlalchemy import types as sql
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

CONNECT_SECONDS = 3
"""A server that does not answer within this time counts as unreachable: a wall must say so, not hang."""

PAGES_KIB = 32 * 1024
"""Pages of an SQLite file a connection keeps: its own default of 2 MiB reads everything twice."""

MAPPED_BYTES = 8 * 1024**3
"""Bytes of an SQLite file read without copying; address space, not memory."""

Answered = tuple[str, Any, list[Any]]
"""Name, kind and values of a column."""

_log = logging.getLogger(__name__)

FIRST = {
    "sqlite": (
        "PRAGMA query_only = ON",
        f"PRAGMA cache_size = -{PAGES_KIB}",
        f"PRAGMA mmap_size = {MAPPED_BYTES}",
    ),
    "postgresql": ("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",),
    "mysql": ("SET SESSION TRANSACTION READ ONLY",),
    "mariadb": ("SET SESSION TRANSACTION READ ONLY",),
}
"""What every connection says first: that it only reads, and how much it may remember."""

_MISSING = (
    r"no such (?:column|table): (?P<what>\S+)",
    r"(?:column|relation) (?P<what>\S+) does not exist",
    r"Unknown column '(?P<what>[^']+)'",
    r"Table '(?P<what>[^']+)' doesn't exist",
)


class DatabaseDown(Exception):
    """The case database cannot be read: a sentence in Chinese (`zh`) and English (`en`), no cause, no SQL."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


class ContractBroken(DatabaseDown):
    """The database answers but lacks something of the contract; ``missing`` names it."""

    def __init__(self, missing: str) -> None:
        self.missing = missing
        super().__init__(
            f"案件库与约定不符：{missing}。请运行 python -m casedb check 查看缺什么。",
            f"The case database does not keep the contract: {missing}. See python -m casedb check.",
        )


class _Connection:
    """Where `connect` keeps the engine: one database for the whole process."""

    engine: Engine | None = None


def connect(url: str | URL) -> None:
    """Use this case database from now on; raises `DatabaseDown` for an address that makes no sense."""
    dispose()
    try:
        target = make_url(url)
        _Connection.engine = _open(target)
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError):
        raise DatabaseDown(
            "案件库地址（CASE_DATABASE_URL）无法识别。",
            "The address of the case database (CASE_DATABASE_URL) cannot be understood.",
        ) from None


def dispose() -> None:
    """Close every connection."""
    if _Connection.engine is not None:
        _Connection.engine.dispose()
    _Connection.engine = None


def source() -> str:
    """Address of the database in use, without its password; empty before `connect`."""
    engine = _Connection.engine
    return engine.url.render_as_string(hide_password=True) if engine is not None else ""


def read(question: Select[Any]) -> pd.DataFrame:
    """Run one select; moments as datetime64, whole numbers as int64 (Int64 where some are missing)."""
    return pd.DataFrame({name: _column(kind, values) for name, kind, values in _answer(question)})


def arrays(question: Select[Any]) -> dict[str, np.ndarray]:
    """As `read`, for reckoning: each column by itself, as an array; an empty text is None."""
    return {name: _array(kind, values) for name, kind, values in _answer(question)}


def records(question: Select[Any]) -> list[dict[str, Any]]:
    """Run one select for a handful of rows: plain values by the names of their columns, empty ones None."""
    names, _kinds, columns = zip(*_answer(question), strict=True)
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _answer(question: Select[Any]) -> list[Answered]:
    """Run one select.

    The rows are taken as the driver gives them and each column is turned as its kind says: rows of
    SQLAlchemy's own would cost a third of all the time of a question with many.
    """
    engine = _engine()
    try:
        with engine.connect() as connection:
            answer = connection.execute(question)
            return _columns(question, answer, engine.dialect)
    except (SQLAlchemyError, engine.dialect.loaded_dbapi.Error) as error:
        _log.warning("the case database refused a question: %s", getattr(error, "orig", error))
        raise _plain(error) from None
    except (ValueError, TypeError) as error:
        raise ContractBroken(f"a value of the wrong kind ({error})") from None


def _columns(question: Select[Any], answer: CursorResult[Any], dialect: Dialect) -> list[Answered]:
    kinds = [column.type for column in question.selected_columns]
    codes = [told[1] for told in answer.cursor.description]
    turns = [
        kind.dialect_impl(dialect).result_processor(dialect, code)
        for kind, code in zip(kinds, codes, strict=True)
    ]
    rows = answer.cursor.fetchall()
    values = zip(*rows, strict=True) if rows else ((),) * len(kinds)
    turned = [list(map(turn, some) if turn else some) for turn, some in zip(turns, values, strict=True)]
    return list(zip(map(str, answer.keys()), kinds, turned, strict=True))


def _engine() -> Engine:
    engine = _Connection.engine
    if engine is None:
        raise DatabaseDown("尚未连接案件库。", "No case database is connected yet.")
    path = engine.url.database if engine.dialect.name == "sqlite" else None
    if path and not path.startswith("file:") and path != ":memory:" and not Path(path).exists():
        # SQLite would make an empty file of that name, and the board would show an empty city.
        raise DatabaseDown(f"案件库文件不存在：{path}。", f"The case database file does not exist: {path}.")
    return engine


def _open(target: URL) -> Engine:
    seconds = {"timeout": CONNECT_SECONDS} if target.get_backend_name() == "sqlite" else {}
    arguments = seconds or {"connect_timeout": CONNECT_SECONDS}
    engine = create_engine(
        target, isolation_level="AUTOCOMMIT", pool_pre_ping=True, pool_recycle=600, connect_args=arguments
    )
    event.listen(engine, "connect", lambda raw, _: _prepare(raw, target.get_backend_name()))
    return engine


def _prepare(raw: Any, backend: str) -> None:
    cursor = raw.cursor()
    for statement in FIRST.get(backend, ()):
        cursor.execute(statement)
    cursor.close()
    raw.commit()


def _plain(error: Exception) -> DatabaseDown:
    """The error as one sentence: what the contract misses, or that the database cannot be reached."""
    first = str(getattr(error, "orig", error)).split("\n")[0]
    for pattern in _MISSING:
        found = re.search(pattern, first)
        if found:
            return ContractBroken(f"{found['what'].strip(chr(34))} is missing")
    return DatabaseDown(
        "案件库暂时无法读取，请检查数据库服务、账号与网络。",
        "The case database cannot be read at the moment; check its service, account and network.",
    )


def _array(kind: Any, values: list[Any]) -> np.ndarray:
    if isinstance(kind, sql.String):
        return np.array(values, object)
    return _column(kind, values).to_numpy()


def _column(kind: Any, values: list[Any]) -> pd.Series:
    if isinstance(kind, sql.DateTime):
        return pd.Series(values, dtype="datetime64[us]")
    if isinstance(kind, sql.Boolean):
        return pd.Series(values, dtype="boolean" if None in values else "bool")
    if isinstance(kind, sql.Integer):
        whole = [None if value is None else int(value) for value in values]
        return pd.Series(whole, dtype="Int64" if None in whole else "int64")
    if isinstance(kind, sql.Float | sql.Numeric):
        return pd.Series([float(v) if isinstance(v, Decimal) else v for v in values], dtype="float64")
    if isinstance(kind, sql.String):
        return pd.Series(values, dtype="str")
    return pd.Series(values)
