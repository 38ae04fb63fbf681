from pathlib import Path

from casedb.contract import contract


def test_the_contract_document_is_what_the_tables_say() -> None:
    written = (Path(__file__).parents[2] / "docs" / "contract.md").read_text("utf-8")

    assert written == contract(), "run: python -m casedb contract > docs/contract.md"
