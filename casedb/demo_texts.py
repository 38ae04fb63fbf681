"""The words of the demo's requests: short titles, and bodies with invented names and numbers to mask."""

import numpy as np

from casedb.bulk import Columns
from casedb.city import City
from casedb.demo_time import either

LONGEST = 12
"""Characters of a title that a wall has room for."""

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张"
CALLED = ("先生", "女士", "大爷", "阿姨")
REPLY = "已联系您并处理，感谢您的反映。"


def write(city: City, rng: np.random.Generator, rows: Columns) -> None:
    """Adds title, place, body and reply to the cases."""
    n = len(rows["case_id"])
    places = city.names["places"]
    phrases = [row[4] for row in city.names["matters"]]
    numbers = rng.integers(0, 10**8, n).tolist()
    titles, spots, bodies = [], [], []
    drawn = zip(*(rows[name].tolist() for name in ("_place", "_leaf", "_phrase")), numbers, strict=True)
    for place, leaf, phrase, number in drawn:
        spot, what = places[place], phrases[leaf][phrase]
        titles.append((spot + what)[:LONGEST])
        spots.append(_address(spot, number))
        bodies.append(_body(spots[-1], what, number))
    rows["title"], rows["place"] = np.array(titles, dtype=object), np.array(spots, dtype=object)
    rows["body"] = np.array(bodies, dtype=object)
    rows["reply"] = either(np.isnat(rows["closed_at"]), None, REPLY)


def _address(spot: str, number: int) -> str:
    """Some give the door as well."""
    if number % 5 < 3:
        return spot
    return f"{spot}{number % 23 + 1}栋{number % 4 + 1}单元{number % 17 + 1}0{number % 4 + 1}室"


def name(rows: Columns, row: int, title: str, place: str | None = None) -> None:
    """Give one case a matter of its own, in its title and in the citizen's words, and a place where told."""
    rows["title"][row] = title
    rows["place"][row] = place or rows["place"][row]
    rows["body"][row] = _body("", title, row)


def _body(place: str, what: str, number: int) -> str:
    """A person with an invented surname and number; now and then a plate or an identity number."""
    name = SURNAMES[number % len(SURNAMES)] + CALLED[number // 7 % 4]
    text = f"{name}（电话138{number:08d}）反映：{place}{what}，希望尽快核实处理。"
    if number % 40 == 0:
        text += f"涉事车辆车牌湘A{number % 90_000 + 10_000}。"
    if number % 90 == 1:
        text += f"身份证号4301811980{number % 12 + 1:02d}{number % 28 + 1:02d}{number % 9_000 + 1_000}。"
    return text
