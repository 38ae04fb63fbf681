"""Which legal route a case takes (法定途径), where that decides how it is counted: named in the rulebook."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import and_, not_, or_

from queries.holding import CASE, Condition
from rules.rulebook import load


def is_petition() -> Condition:
    """It goes the way of a petition (信访事项)."""
    return _takes(load().petition.routes)


def is_apart() -> Condition:
    """Mediation or enforcement: its satisfaction is shown and not ranked (广东 2021)."""
    return _takes(load().ranking.apart)


def by_repeat(condition: Callable[[timedelta], Condition]) -> Condition:
    """The condition with the time in which a repeat counts (M18): longer after a petition."""
    petition, book = is_petition(), load().repeat
    longer, usual = condition(timedelta(days=book.petition)), condition(timedelta(days=book.hotline))
    return or_(and_(petition, longer), and_(not_(petition), usual))


def _takes(routes: tuple[str, ...]) -> Condition:
    """Its route is one of these; a case of which no route is known takes none of them."""
    return and_(CASE.c.legal_route.is_not(None), CASE.c.legal_route.in_(routes))
