"""Names that must exist: a set, unit, channel, category or area that nobody knows is an error, not zero."""

import difflib

from queries.arguments import MISSING, Scope, refuse
from queries.definitions import ALL
from queries.measures import MEASURES
from queries.names import names

SHOWN = 8
"""Allowed values an error names, nearest first: the sentence stays a sentence."""

_NAMED = {"unit": "units", "other": "units", "channel": "channels", "category": "categories", "area": "areas"}


def check(scope: Scope) -> Scope:
    """The scope itself; raises `BadArgument` where it names a set or a code that does not exist."""
    if scope.set is not None and scope.set not in ALL:
        raise refuse("set", scope.set, f"可用的有：{', '.join(ALL)}", f"use one of: {', '.join(ALL)}")
    if scope.measure is not None and scope.measure not in MEASURES:
        known = ", ".join(MEASURES)
        raise refuse("measure", scope.measure, f"可用的有：{known}", f"use one of: {known}")
    for argument, table_name in _NAMED.items():
        value = getattr(scope, argument)
        if value is not None and value != MISSING:
            _check_code(argument, value, list(names(table_name)["code"]))
    return scope


def _check_code(argument: str, value: str, codes: list[str]) -> None:
    if value in codes:
        return
    near = difflib.get_close_matches(value, codes, n=SHOWN, cutoff=0.3) or codes[:SHOWN]
    listed = ", ".join(near) + (f" … ({len(codes)})" if len(near) < len(codes) else "")
    raise refuse(argument, value, f"可用的有：{listed}", f"use one of: {listed}")
