"""A moment so many minutes after another, in the words of each database."""

from typing import Any

from sqlalchemy import ColumnElement, DateTime
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class later(FunctionElement):  # noqa: N801 — used as a function of SQL
    """``later(moment, minutes)``: the moment and so many minutes; the one piece of dialect in the queries."""

    type = DateTime()
    inherit_cache = True
    name = "later"

    def __init__(self, moment: ColumnElement[Any], minutes: float) -> None:
        super().__init__(moment, int(minutes))


@compiles(later)
def _standard(element: later, compiler: Any, **given: Any) -> str:
    moment, minutes = element.clauses
    return (
        f"({compiler.process(moment, **given)} + {compiler.process(minutes, **given)} * interval '1 minute')"
    )


@compiles(later, "sqlite")
def _sqlite(element: later, compiler: Any, **given: Any) -> str:
    """As text with the microseconds that SQLAlchemy writes, so that text compares like time."""
    moment, minutes = element.clauses
    shift = f"{compiler.process(minutes, **given)} || ' minutes'"
    return f"strftime('%Y-%m-%d %H:%M:%f000', {compiler.process(moment, **given)}, {shift})"


@compiles(later, "mysql")
@compiles(later, "mariadb")
def _mysql(element: later, compiler: Any, **given: Any) -> str:
    moment, minutes = element.clauses
    return f"({compiler.process(moment, **given)} + interval {compiler.process(minutes, **given)} minute)"
