"""Questions are answered once: memoised by what they were asked with, one computation a key at a time."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from datetime import datetime, time
from functools import wraps
from threading import Lock
from typing import Any, TypeVar

from flask_caching import Cache
from flask_caching.backends import SimpleCache

from queries import database
from queries.arguments import Scope

CLOSED_SECONDS = 6 * 3600
"""A period that ended before today's first second hardly changes any more."""

CURRENT_SECONDS = 60
"""A question about now: its key holds the moment, so a few steps suffice for every screen to meet it."""

THRESHOLD = 1500
"""Answers kept at most: the memory of a worker stays flat."""

cache = Cache()

Answer = TypeVar("Answer")
_guard = Lock()
_in_flight: dict[str, tuple[Lock, int]] = {}
_alone: dict[str, SimpleCache] = {}


def settings(url: str | None) -> dict[str, Any]:
    """What ``cache.init_app(server, config=…)`` wants: in the process, or Redis where an address is given."""
    kind = {"CACHE_TYPE": "RedisCache", "CACHE_REDIS_URL": url} if url else {"CACHE_TYPE": "SimpleCache"}
    return {**kind, "CACHE_THRESHOLD": THRESHOLD, "CACHE_DEFAULT_TIMEOUT": CURRENT_SECONDS}


def cached(question: Callable[..., Answer]) -> Callable[..., Answer]:
    """Memoise a question by its arguments and the database; before `init_app` it is simply computed."""

    @wraps(question)
    def answered(*asked: Hashable) -> Answer:
        key = f"{question.__module__}.{question.__qualname__}|{asked!r}|{database.source()}"
        return once(key, lambda: question(*asked), seconds_kept(asked))

    return answered


def once(key: str, make: Callable[[], Answer], seconds: int) -> Answer:
    """What is kept under the key, or else made now: by one caller, while the others wait for it.

    None is never kept. Before `init_app` everything is simply made.
    """
    store = _store()
    if store is None:
        return make()
    known = store.get(key)
    if known is not None:
        return known
    with _single_flight(key):
        known = store.get(key)
        if known is None:
            known = make()
            store.set(key, known, timeout=seconds)
    return known


def seconds_kept(asked: tuple[Hashable, ...]) -> int:
    """How long an answer is kept: long for a period that ended before the moment's day began."""
    scope = next((one for one in asked if isinstance(one, Scope)), None)
    if scope is None or scope.end is None:
        return CURRENT_SECONDS
    return CLOSED_SECONDS if scope.end <= datetime.combine(scope.as_of, time.min) else CURRENT_SECONDS


@contextmanager
def remembering() -> Iterator[None]:
    """Keep answers in this process for the length of a command that has no server."""
    _alone["store"] = SimpleCache(threshold=THRESHOLD)
    try:
        yield
    finally:
        _alone.clear()


def _store() -> Any:
    """The cache behind flask_caching, or None while no application has it."""
    if _alone:
        return _alone["store"]
    try:
        return cache.cache
    except (AttributeError, RuntimeError, KeyError):
        return None


@contextmanager
def _single_flight(key: str) -> Iterator[None]:
    """Hold the lock of one key; locks live only while somebody waits for them."""
    with _guard:
        lock, holders = _in_flight.get(key, (Lock(), 0))
        _in_flight[key] = (lock, holders + 1)
    try:
        with lock:
            yield
    finally:
        with _guard:
            holders = _in_flight[key][1] - 1
            if holders:
                _in_flight[key] = (lock, holders)
            else:
                del _in_flight[key]
