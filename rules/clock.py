"""The only place that asks what time it is; only app.py and the simulator call it."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

FASTEST = 3600
"""Highest speed of a demonstration: an hour in a second."""

_MOVING = re.compile(r"(?P<moment>[^x@]+)x(?P<speed>\d+(?:\.\d+)?)(?:@(?P<started>\d+(?:\.\d+)?))?")


class BadClock(ValueError):
    """The setting of the clock cannot be read."""


@dataclass(frozen=True)
class Clock:
    """The centre's clock: real, standing still at a moment, or running from a moment at a speed."""

    zone: ZoneInfo
    begin: datetime | None = None
    speed: float = 0.0
    started: float = 0.0
    real: Callable[[], float] = time.time

    @classmethod
    def parse(
        cls, text: str | None, zone: str = "Asia/Shanghai", real: Callable[[], float] = time.time
    ) -> "Clock":
        """Read the setting: empty, ``2018-12-01T20:00``, ``2026-11-25T09:30x6`` or ``…x6@<unix seconds>``.

        ``real`` gives the seconds since 1970 and is the machine's own clock. Raises BadClock.
        """
        place, text = _zone(zone), (text or "").strip()
        if not text:
            return cls(place, real=real)
        moving = _MOVING.fullmatch(text)
        if not moving:
            return cls(place, _moment(text, text), real=real)
        # Three decimals: what ``text`` writes down, another process reads back exactly.
        started = float(moving["started"]) if moving["started"] else round(real(), 3)
        return cls(place, _moment(moving["moment"], text), _speed(moving["speed"], text), started, real)

    def now(self) -> datetime:
        """The centre's local civil time, without an offset."""
        if self.begin is None:
            return datetime.fromtimestamp(self.real(), self.zone).replace(tzinfo=None)
        elapsed = max(0.0, self.real() - self.started) if self.speed else 0.0
        return self.begin + timedelta(seconds=elapsed * self.speed)

    def moment(self, step_seconds: int) -> datetime:
        """Now, rounded down to a whole multiple of the step since midnight: one moment for every screen."""
        now = self.now()
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        step = timedelta(seconds=step_seconds)
        return midnight + (now - midnight) // step * step

    @property
    def is_demo(self) -> bool:
        """Whether the clock runs at a speed of its own, as in the demonstration."""
        return self.speed > 0

    @property
    def text(self) -> str:
        """The setting that makes another process show the same time; empty for the real time."""
        if self.begin is None:
            return ""
        moment = self.begin.isoformat()
        return f"{moment}x{self.speed:g}@{self.started:.3f}" if self.is_demo else moment


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadClock(f'There is no time zone "{name}": write one such as Asia/Shanghai.') from error


def _moment(text: str, whole: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise BadClock(
            f'The clock "{whole}" cannot be read: leave it empty for the real time, or write a moment '
            "(2018-12-01T20:00), or a moment and a speed (2026-11-25T09:30x6)."
        ) from error
    if moment.tzinfo is not None:
        raise BadClock(
            f'The clock "{whole}" carries an offset: write the local time of the centre without one.'
        )
    return moment


def _speed(text: str, whole: str) -> float:
    speed = float(text)
    if not 0 < speed <= FASTEST:
        raise BadClock(f'The clock "{whole}" has speed {text}: it must be more than 0 and at most {FASTEST}.')
    return speed
