"""Names that must exist: a set, unit, channel, category or area that nobody knows is an error, not zero."""

import difflib
from collections.abc import Iterable

from queries.arguments import MISSING, BadArgument, Scope, refuse
from queries.definitions import ALL
from queries.measures import MEASURES
from queries.names import names

SHOWN = 8
"""Allowed values an error names, nearest first: the sentence stays a sentence."""

_NAMED = {"unit": "units", "other": "units", "channel": "channels", "category": "categories", "area": "areas"}


def check(scope: Scope, subject: str = "") -> Scope:
    """The scope itself; raises `BadArgument` where it names a set or a code that does not exist.

    Sets are of cases, but under whistles of whistles and under meetings of items; a measure is a league's,
    but under alerts a kind of alert, and under meetings a way of summing their items.
    """
    # these ask the door in turn
    from queries import alerts, meetings_items, meetings_rates, whistles_list
    from queries.cases_one import is_known

    lists = {
        "whistles": (whistles_list.is_set, whistles_list.NAMES),
        "meetings": (meetings_items.is_set, meetings_items.SETS),
    }
    is_set, allowed = lists.get(subject, (ALL.__contains__, ALL))
    if scope.set is not None and not is_set(scope.set):
        raise _refused("set", scope.set, allowed)
    named = {"alerts": alerts.KINDS, "meetings": meetings_rates.WAYS}
    measures: Iterable[str] = named.get(subject, MEASURES)
    if scope.measure is not None and scope.measure not in measures:
        raise _refused("measure", scope.measure, measures)
    for argument, table_name in _NAMED.items():
        value = getattr(scope, argument)
        if value is not None and value != MISSING:
            _check_code(argument, value, list(names(table_name)["code"]))
    if subject == "cases" and scope.case is not None and not is_known(scope):
        zh, en = "此刻没有这个编号的案件", "there is no case of that number at this moment"
        raise refuse("case", scope.case, zh, en)
    return scope


def _refused(argument: str, value: str, allowed: Iterable[str]) -> BadArgument:
    listed = ", ".join(allowed)
    return refuse(argument, value, f"可用的有：{listed}", f"use one of: {listed}")


def _check_code(argument: str, value: str, codes: list[str]) -> None:
    if value in codes:
        return
    near = difflib.get_close_matches(value, codes, n=SHOWN, cutoff=0.3) or codes[:SHOWN]
    listed = ", ".join(near) + (f" … ({len(codes)})" if len(near) < len(codes) else "")
    raise refuse(argument, value, f"可用的有：{listed}", f"use one of: {listed}")
