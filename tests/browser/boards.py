"""Real boards for the browser: a demonstration city in a file, and a server in a process of its own."""

import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
MOMENT = "2026-11-25T10:30"
STARTING_SECONDS = 60
POLL_SECONDS = 0.1


@dataclass(frozen=True)
class Board:
    """A board that is being served: where, and by which process."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path


def build_demo(file: Path, days: int, until: str = MOMENT) -> str:
    """A demonstration city of so many days in ``file``; returns its database URL."""
    url = f"sqlite:///{file}"
    command = [sys.executable, "-m", "casedb", "demo", "--database", url]
    options = ["--days", str(days), "--until", until, "--seed", "6"]
    made = subprocess.run([*command, *options], cwd=ROOT, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout + made.stderr
    return url


def day(hour: int, minute: int) -> datetime:
    """A time on the day of the demonstration."""
    return datetime.fromisoformat(MOMENT).replace(hour=hour, minute=minute)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serve(
    url: str, log: Path, clock: str = MOMENT, refresh_seconds: int = 10, port: int = 0
) -> Iterator[Board]:
    """``python -m app`` on a free port (or this one), until the block ends; its output goes to ``log``."""
    port = port or free_port()
    chosen = {
        "CASE_DATABASE_URL": url,
        "BOARD_CLOCK": clock,
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "REFRESH_SECONDS": str(refresh_seconds),
    }
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "app"],
            cwd=ROOT,
            env={**os.environ, **chosen},
            stdout=output,
            stderr=output,
        )
        board = Board(f"http://127.0.0.1:{port}", process, log)
        try:
            _wait_until_it_answers(board)
            yield board
        finally:
            process.kill()
            process.wait()


def _wait_until_it_answers(board: Board) -> None:
    for _ in range(round(STARTING_SECONDS / POLL_SECONDS)):
        try:
            with urllib.request.urlopen(f"{board.address}/", timeout=STARTING_SECONDS):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            _wait_a_little(board)
    raise AssertionError(f"the board did not answer:\n{board.log.read_text()}")


def _wait_a_little(board: Board) -> None:
    """One step of polling, cut short when the process has died."""
    try:
        board.process.wait(POLL_SECONDS)
    except subprocess.TimeoutExpired:
        return
    raise AssertionError(f"the board has stopped ({board.process.returncode}):\n{board.log.read_text()}")
