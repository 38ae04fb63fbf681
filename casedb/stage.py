"""The demonstration's stage: the invented city in a file for this run, and its simulator beside it."""

import logging
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rules.clock import Clock

log = logging.getLogger("board")

CITY = Path("build/demo.db")
"""Built once; each run plays on a copy, so that every run begins on the same morning."""

CENTRE = "宁溪市民声调度中心"

CLOCK = "2026-11-25T09:30x6"
"""09:30 on the working day before a dispatch meeting, at six times the real speed."""


@contextmanager
def playing(clock_text: str) -> Iterator[tuple[str, Clock]]:
    """URL of this run's case database and the clock it plays by; the simulator stops at the end."""
    clock = Clock.parse(clock_text or CLOCK)
    url = f"sqlite:///{_tonight()}"
    simulate = _casedb("simulate", "--database", url, "--clock", clock.text)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # so that the simulator is stopped then, too
    simulator = subprocess.Popen(simulate, stdin=subprocess.DEVNULL)
    try:
        yield url, clock
    finally:
        simulator.terminate()
        simulator.wait(timeout=10)


def _casedb(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "casedb", *arguments]


def _tonight() -> Path:
    """A fresh copy of the city, which is built first where there is none."""
    if not CITY.exists():
        log.info("building the demonstration city (once)")
        subprocess.run(_casedb("demo", "--database", f"sqlite:///{CITY}"), check=True)
    live = CITY.with_name("demo-live.db")
    for old in live.parent.glob(live.stem + ".*"):
        old.unlink()
    shutil.copyfile(CITY, live)
    return live
