"""Where the wall is: the screen it shows and its timer; the clerk stays in step, and nothing is lost."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import Connection, insert, select, update

from records.database import read, write
from records.tables import places
from records.values import checked


@dataclass(frozen=True)
class Place:
    """The screen on the wall; ``spent`` are seconds by screen before ``started_at``. Version 0: none yet."""

    day: date
    item: str = ""
    started_at: datetime | None = None
    spent: dict[str, float] = field(default_factory=dict)
    version: int = 0

    @property
    def elapsed(self) -> float:
        """Seconds this screen has had, without those running now."""
        return self.spent.get(self.item, 0.0)

    @property
    def is_running(self) -> bool:
        """Whether the timer counts."""
        return self.started_at is not None

    def seconds(self, at: datetime) -> float:
        """What the timer shows at a moment; a clock put back takes nothing away."""
        running = (at - self.started_at).total_seconds() if self.started_at else 0.0
        return self.elapsed + max(0.0, running)


def place(day: date) -> Place:
    """Where the wall is. Raises `Unwritable`."""
    return read(lambda connection: _place(connection, day))


def go(day: date, item: str, at: datetime) -> Place:
    """Show this screen; a running timer goes on with its own time. Raises `BadValue`, `Unwritable`."""
    checked(places, {"day": day, "item": item, "started_at": at})
    return write(lambda connection: _go(connection, day, item, at))


def timer(day: date, is_running: bool, at: datetime) -> Place:
    """Set the timer going or stop it. Raises `BadValue`, `Unwritable`."""
    checked(places, {"day": day, "started_at": at})
    return write(lambda connection: _timer(connection, day, is_running, at))


def reset(day: date, at: datetime) -> Place:
    """Set this screen's timer to nought; it goes on if it ran. Raises `BadValue`, `Unwritable`."""
    checked(places, {"day": day, "started_at": at})
    return write(lambda connection: _reset(connection, day, at))


def _place(connection: Connection, day: date) -> Place:
    row = connection.execute(select(places).where(places.c.day == day)).mappings().first()
    return Place(**row) if row else Place(day)


def _go(connection: Connection, day: date, item: str, at: datetime) -> Place:
    now = _place(connection, day)
    if now.version and now.item == item:
        return now
    stopped = _stopped(now, at)
    return _keep(connection, replace(stopped, item=item, started_at=at if now.is_running else None))


def _timer(connection: Connection, day: date, is_running: bool, at: datetime) -> Place:
    now = _place(connection, day)
    if now.is_running == is_running:
        return now
    return _keep(connection, replace(now, started_at=at) if is_running else _stopped(now, at))


def _reset(connection: Connection, day: date, at: datetime) -> Place:
    now = _place(connection, day)
    return _keep(
        connection,
        replace(now, spent={**now.spent, now.item: 0.0}, started_at=at if now.is_running else None),
    )


def _stopped(now: Place, at: datetime) -> Place:
    if not now.is_running:
        return now
    return replace(now, started_at=None, spent={**now.spent, now.item: now.seconds(at)})


def _keep(connection: Connection, moved: Place) -> Place:
    after = replace(moved, version=moved.version + 1)
    where = places.c.day == after.day
    write_it = update(places).where(where) if moved.version else insert(places)
    connection.execute(write_it.values(vars(after)))
    return after
