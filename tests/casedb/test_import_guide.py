"""docs/import.md against the importer: its example works, and it names every key."""

import re
from pathlib import Path

from casedb import mapping
from casedb.cleaning import KINDS
from casedb.tables import areas, assignments, cases, channels, units
from tests.casedb.filing import imported

GUIDE = (Path(__file__).parents[2] / "docs" / "import.md").read_text("utf-8")


def test_the_example_of_the_guide_does_what_the_guide_says(tmp_path: Path) -> None:
    indented = re.search(r"`orders.csv`:\n\n((?:    .*\n)+)", GUIDE)
    made = re.search(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
    assert indented and made

    rows = "".join(line[4:] for line in indented[1].splitlines(keepends=True))
    account = imported(tmp_path, rows, made[1])

    assert (account.read, account.imported, dict(account.repairs)) == (2, 2, {})
    added = {table.name: account.of(table).added for table in (cases, assignments, channels, areas, units)}
    assert added == {"cases": 2, "assignments": 2, "channels": 2, "areas": 2, "units": 1}


def test_the_guide_names_every_key_and_nothing_else() -> None:
    tables = GUIDE.split("## Keys of a map")[1]

    named = set(re.findall(r"^\| `\[*([a-z_]+)(?:\.table)?\]*` \|", tables, re.MULTILINE))

    assert named == (mapping.RULE_KEYS | mapping.PLAIN_KEYS | {"table"})
    assert all(f'`"{kind}"`' in GUIDE for kind in KINDS)
