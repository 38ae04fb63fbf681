"""The stretch of time one step of the simulator covers, and the luck and the city it works with."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp
from zlib import crc32

import numpy as np

from casedb.city import City
from rules.workdays import WorkCalendar


@dataclass(frozen=True)
class Span:
    """From just after ``last`` to ``moment``, both whole seconds."""

    last: datetime
    moment: datetime
    rng: np.random.Generator
    city: City
    calendar: WorkCalendar

    @property
    def seconds(self) -> int:
        return int((self.moment - self.last).total_seconds())

    @property
    def midnight(self) -> datetime:
        """00:00 of the running day."""
        return self.moment.replace(hour=0, minute=0, second=0, microsecond=0)

    @property
    def hour(self) -> float:
        """Hours since midnight."""
        return (self.moment - self.midnight).total_seconds() / 3600

    @property
    def is_workday(self) -> bool:
        return self.calendar.is_workday(self.moment.date())

    def at(self) -> datetime:
        """A moment of this stretch."""
        return self.last + timedelta(seconds=1 + int(self.rng.integers(max(1, self.seconds))))

    def happens(self, per_hour: float) -> int:
        """How often something happens in this stretch that happens so often in an hour."""
        return int(self.rng.poisson(per_hour * self.seconds / 3600))

    def comes(self, minutes: float) -> bool:
        """Whether something comes in this stretch that takes so many minutes on average."""
        return bool(self.rng.random() < 1 - exp(-self.seconds / 60 / minutes))

    def chance(self, share: float) -> bool:
        return bool(self.rng.random() < share)

    def lot(self, code: str) -> float:
        """A share from 0 to 1 that is always the same for one code: what it is destined to."""
        return crc32(code.encode()) % 100 / 100

    def code(self) -> str:
        """A code that nothing else has."""
        return f"{int(self.rng.integers(2**62)):016x}"
