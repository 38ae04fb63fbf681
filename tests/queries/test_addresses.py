"""What an address says goes to whom it is for, and along where it is needed again."""

from queries import addresses

SEARCH = "?group=town&view=slope&columns=n%2Crate&lang=en"


def test_what_only_a_page_reads_goes_along_to_another():
    assert (
        addresses.carrying("/league?group=town", SEARCH) == "/league?group=town&view=slope&columns=n%2Crate"
    )


def test_an_address_without_such_choices_stays_as_it_is():
    assert addresses.carrying("/league?group=town", "?as_of=2026-11-25") == "/league?group=town"
    assert addresses.carrying("/league?group=town", None) == "/league?group=town"
