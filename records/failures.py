"""What a driver says when it cannot write, as one sentence without SQL, address or password."""

import re

from sqlalchemy.exc import DBAPIError

from records.refusals import Unwritable

SENTENCES = {
    "full": (
        "记录库所在的磁盘已满，本次没有保存；请腾出空间后再试。",
        "The disk of the board's own database is full: nothing was saved. Make room and try again.",
    ),
    "readonly": (
        "记录库只能读、不能写，本次没有保存；请检查文件与文件夹权限或数据库账号。",
        "The board's own database may only be read: nothing was saved. "
        "Check the file, its folder, or the account.",
    ),
    "locked": (
        "记录库正被占用，本次没有保存；请稍后再试。",
        "The board's own database is busy: nothing was saved. Try again in a moment.",
    ),
    "gone": (
        "记录库连不上，暂时不能保存；请检查文件所在的文件夹或数据库服务、账号与网络。",
        "The board's own database cannot be reached: nothing can be saved. "
        "Check its folder, or its service, account and network.",
    ),
    "large": (
        "要保存的内容超过数据库服务允许的大小，本次没有保存（max_allowed_packet）。",
        "This is larger than the database server lets in: nothing was saved (max_allowed_packet).",
    ),
    "case": (
        "BOARD_DATABASE_URL 指向的是案件库；请给记录库单独一个库，案件库从不写入。",
        "BOARD_DATABASE_URL points to the case database, which is never written; "
        "give the board a database of its own.",
    ),
    "newer": (
        "记录库由更新版本的程序建立；请先升级本程序。",
        "The board's own database was made by a newer version of the board; update the board first.",
    ),
    "broken": (
        "记录库出错，本次没有保存；详情见日志。",
        "The board's own database failed: nothing was saved. The log says why.",
    ),
}

_SIGNS = {
    "full": r"SQLITE_FULL|SQLITE_IOERR_SHMSIZE|\[53100\]|\[1021\]|\[1114\]|No space left|rr(?:no|or):? 28\b",
    "readonly": r"SQLITE_READONLY|SQLITE_PERM|\[25006\]|\[42501\]|\[(?:1290|1792|1836|1142|1143|1044|1227)\]",
    "locked": r"SQLITE_BUSY|SQLITE_LOCKED|\[55P03\]|\[40001\]|\[40P01\]|\[1205\]|\[1213\]",
    "large": r"\[1153\]",
    "gone": r"SQLITE_CANTOPEN|SQLITE_IOERR|SQLITE_NOTADB|\[(?:08|28|3D|57P)\w+\]|\[\](?!$)"
    r"|\[(?:0|1040|1045|1049|1053|1927|2\d{3})\]",
}
"""By what a failure is known: the name of SQLite, the state of PostgreSQL, the number of MariaDB."""

AGAIN = r"\[40001\]|\[40P01\]|\[1213\]|\[23505\]|\[1062\]|SQLITE_CONSTRAINT_(?:PRIMARYKEY|UNIQUE)|\[1020\]"
"""Two wrote at once and this one lost: to be tried again on what the other left."""


def said(error: DBAPIError) -> str:
    """The failure in one line, its code in front: for the log, and to be recognised."""
    cause = error.orig
    first = cause.args[0] if cause is not None and cause.args else None
    named = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None)
    return f"[{first if isinstance(first, int) else named or ''}] {' '.join(str(cause).split())}"


def lost_a_race(error: DBAPIError) -> bool:
    """Whether another writer was faster, so that the same work should be done anew."""
    return re.search(AGAIN, said(error)) is not None


def plain(error: DBAPIError) -> Unwritable:
    """The failure as a refusal."""
    words = said(error)
    return unwritable(next((kind for kind, sign in _SIGNS.items() if re.search(sign, words)), "broken"))


def unwritable(kind: str) -> Unwritable:
    """The refusal of this kind, with its sentence."""
    return Unwritable(kind, *SENTENCES[kind])
