"""Files and maps for the importer's tests."""

from pathlib import Path

from casedb import vetting
from casedb.importer import Account, import_file

MAP = """
name = "test"
missing = ["-"]
clean = ["html", "spaces"]

[cases]
case_id = "id"
received_at = "received"
channel_id = "channel"
title = "title"

[assignments]
assignment_id = "id"
case_id = "id"
unit_id = "unit"
"""

HEAD = "id,received,channel,title,unit\n"
TWO = HEAD + "1,2026-11-25 12:00:00,12345,路灯不亮,市城管局\n2,2026-11-25 12:00:01,@宁溪,-,-\n"


def write_map(folder: Path, text: str = MAP) -> Path:
    path = folder / "map.toml"
    path.write_text(text, "utf-8")
    return path


def write_file(folder: Path, text: str = TWO, encoding: str = "utf-8", name: str = "rows.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def url_of(folder: Path) -> str:
    return f"sqlite:///{folder / 'case.db'}"


def imported(folder: Path, text: str = TWO, map_text: str = MAP) -> Account:
    """The account of importing a CSV text into the database of the folder."""
    made = vetting.load(write_map(folder, map_text))
    return import_file(write_file(folder, text), made, url_of(folder))
