"""What must never be committed: bulk, the paths of one machine, secrets."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LARGEST = 1_000_000
FONTS = {".woff", ".woff2", ".ttf", ".otf"}
PICTURES = {".png", ".ico", ".xlsx", ".gz", *FONTS}
# Written apart, so that this file does not trip over itself.
MACHINE = re.compile("|".join(f"/{place}/" for place in ("work", "root", "Users", "farm")) + r"|/home/\w+/")
SECRET = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_\w{36}|\bsk-[A-Za-z0-9]{32}|"
    r"(?i:(?:secret|token|passwd|api_key)\s*=\s*[\"'][^\"'\s]{12,}[\"'])"
)


@pytest.fixture(scope="module")
def tracked() -> list[Path]:
    """Every file git knows; skipped, with this sentence, where the board was unpacked without git."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def _lines_with(pattern: re.Pattern[str], files: list[Path]) -> list[str]:
    return [
        f"{file.relative_to(ROOT)}:{number}"
        for file in files
        if file.suffix not in PICTURES
        for number, line in enumerate(file.read_text(encoding="utf8").splitlines(), 1)
        if pattern.search(line)
    ]


def test_nothing_but_fonts_is_over_one_megabyte(tracked: list[Path]) -> None:
    large = [file.name for file in tracked if file.stat().st_size > LARGEST and file.suffix not in FONTS]

    assert large == []


def test_no_file_knows_the_paths_of_one_machine(tracked: list[Path]) -> None:
    assert _lines_with(MACHINE, tracked) == []


def test_no_file_holds_a_secret(tracked: list[Path]) -> None:
    assert _lines_with(SECRET, tracked) == []


def test_nothing_made_by_running_is_tracked(tracked: list[Path]) -> None:
    made = {"build", ".venv", ".tools", "__pycache__", ".env"}

    assert [file.name for file in tracked if made & set(file.relative_to(ROOT).parts)] == []
