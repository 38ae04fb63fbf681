"""The same tools on PostgreSQL and MariaDB, each test in a database of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url, select, text

from casedb import store, vetting
from casedb.check import check
from casedb.importer import import_file
from casedb.source import BadFile
from casedb.tables import cases, metadata, units
from tests.builders import DAY, NOON
from tests.casedb.filing import HEAD, TWO, write_file, write_map
from tests.servers import SERVERS, empty_on, silent

pytestmark = pytest.mark.servers


@pytest.fixture(params=SERVERS)
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of an empty database on a server of this machine, dropped afterwards."""
    with empty_on(request.param) as address:
        yield address or pytest.skip(silent(request.param))


def test_create_import_and_check_work_on_a_server(url: str, tmp_path: Path) -> None:
    made = vetting.load(write_map(tmp_path))
    line = "2026-11-25 12:00:00,12345,路灯不亮,Call Center\n3,2026-11-25 12:00:00,12345,😀,CALL CENTER\n"
    file = write_file(tmp_path, f"{HEAD}1,{line}")

    first, second = (import_file(file, made, url) for _ in range(2))
    engine = store.open_reader(url)
    with engine.connect() as connection:
        names = set(connection.scalars(select(units.c.name)))
        titles = connection.scalars(select(cases.c.title).order_by(cases.c.case_id)).all()
    report = check(engine, NOON + DAY)
    engine.dispose()

    assert (first.of(cases).added, second.of(cases).unchanged) == (2, 2)
    assert names == {"Call Center", "CALL CENTER"}
    assert titles == ["路灯不亮", "😀"]
    assert report.findings == []
    assert report.newest["cases"] == NOON


def test_a_view_that_lacks_a_column_is_said_on_a_server(url: str) -> None:
    engine = store.open_engine(url)
    with engine.begin() as connection:
        connection.execute(text("create table t_order (no varchar(20), at timestamp)"))
        connection.execute(text("create view cases as select no as case_id, at as received_at from t_order"))

    report = check(engine, NOON)
    engine.dispose()

    lacking = next(one for one in report.findings if one.id == "cases.missing_columns")
    assert lacking.count == len(metadata.tables["cases"].columns) - 2
    assert not any("unreadable" in one.id for one in report.findings)


def test_a_view_whose_moments_are_texts_is_said_on_a_server(url: str) -> None:
    engine = store.open_engine(url)
    with engine.begin() as connection:
        connection.execute(text("create table t_order (no varchar(20), at varchar(20))"))
        connection.execute(text("insert into t_order values ('1', '2018/1/1 9:00')"))
        connection.execute(text("create view cases as select no as case_id, at as received_at from t_order"))

    report = check(engine, NOON)
    engine.dispose()

    assert any(one.id.startswith("cases.received_at") for one in report.findings)


def test_a_failed_import_leaves_no_row_on_a_server(url: str, tmp_path: Path) -> None:
    made = vetting.load(write_map(tmp_path))

    with pytest.raises(BadFile):
        import_file(write_file(tmp_path, TWO + '3,"cut'), made, url)

    engine = store.open_engine(url)
    store.create(engine)
    with engine.connect() as connection:
        assert connection.scalars(select(cases.c.case_id)).all() == []
    engine.dispose()


def test_a_wrong_password_is_one_sentence(url: str) -> None:
    wrong = make_url(url).set(username="nobody", password="wrong").render_as_string(hide_password=False)

    with pytest.raises(store.Unusable) as caught:
        store.open_engine(wrong)

    assert "wrong" not in str(caught.value).replace("user or password", "")
    assert "\n" not in str(caught.value)
