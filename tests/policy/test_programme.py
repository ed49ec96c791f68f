from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from gongyue.policy import Line, Mode, Programme, Regime, Unit

Spoil = Callable[..., list[str]]
FILE = "city/programmes/pilot.yaml"
WAN = 1_000_000


def test_a_programme_is_read_in_fen_and_basis_points(city: Regime) -> None:
    annex = "scheme#附件2"
    assert city.programmes == {
        "pilot": Programme(
            id="pilot",
            pack="city",
            name={"zh": "示例试点", "en": "Example pilot"},
            year=2010,
            starts=date(2010, 9, 1),
            ends=date(2012, 8, 31),
            modes={
                "one": Mode({"zh": "模式一", "en": "Mode one"}, True, "scheme#三"),
                "two": Mode({"zh": "模式二", "en": "Mode two"}, False, "scheme#三"),
            },
            payers=("city", "district"),
            units=(
                Unit("440104", "一街", "one", 200 * WAN, {"city": 80 * WAN, "district": 120 * WAN},
                     {"city": 4000, "district": 6000}, annex, ("EX-A2.01",)),
                Unit("440115", "二街", "two", 200 * WAN, {"city": 0, "district": 200 * WAN},
                     {"city": 0, "district": 10_000}, annex),
            ),
            lines=(Line("evaluation", {"zh": "评估费", "en": "Evaluation"}, 200, "total", 8 * WAN, "scheme#四(三)"),),
            cite=annex,
        )
    }  # fmt: skip


def test_a_street_is_found_in_its_district(city: Regime) -> None:
    programme = city.programmes["pilot"]
    assert programme.unit("440115", "二街") == programme.units[1]
    assert programme.unit("440104", "二街") is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('city: "80", district_share: "120"', 'city: "80", district_share: "130"',
         ["16: 一街: district bears 130000000 fen, which is not 6000 basis points of 200000000 fen",
          "16: 一街: the shares sum to 210000000 fen, not to the total of 200000000 fen",
          "18: district: the units sum to 330000000 fen, 320000000 fen are stated"]),
        ('city: "80", district_share: "120"', 'city: "90", district_share: "110"',
         ["16: 一街: city bears 90000000 fen, which is not 4000 basis points of 200000000 fen",
          "16: 一街: district bears 110000000 fen, which is not 6000 basis points of 200000000 fen",
          "18: city: the units sum to 90000000 fen, 80000000 fen are stated",
          "18: district: the units sum to 310000000 fen, 320000000 fen are stated"]),
        ('city: "40", district: "60"', 'city: "40", district: "50"',
         ["13: the ratio sums to 9000, not 10000 basis points",
          "16: 一街: district bears 120000000 fen, which is not 5000 basis points of 200000000 fen"]),
        ('districts: ["440115"]', 'districts: ["440104"]',
         ["14: district 440104 has more than one ratio",
          "16: 一街: city bears 80000000 fen, which is not 0 basis points of 200000000 fen",
          "16: 一街: district bears 120000000 fen, which is not 10000 basis points of 200000000 fen",
          "17: 二街: district 440115 has no ratio"]),
        ("street: 二街, mode: two", "street: 二街, mode: three",
         ["17: 二街: mode three is not declared", "18: mode three: 1 units are listed, 0 are stated",
          "18: mode two: 0 units are listed, 1 are stated"]),
        ("{units: 2,", "{units: 3,", ["18: 2 units are listed, 3 are stated"]),
        ('total: "400"', 'total: "4000"',
         ["18: total: the units sum to 400000000 fen, 4000000000 fen are stated",
          "20: evaluation: 200 basis points of 4000000000 fen is not 8000000 fen"]),
        ("modes: {one: 1, two: 1}", "modes: {one: 2}",
         ["18: mode one: 1 units are listed, 2 are stated", "18: mode two: 1 units are listed, 0 are stated"]),
        ('amount: "8"', 'amount: "9"', ["20: evaluation: 200 basis points of 400000000 fen is not 9000000 fen"]),
        ("of: total", "of: city", ["20: evaluation: 200 basis points of 80000000 fen is not 8000000 fen"]),
        ("ends: 2012-08-31", "ends: 2010-08-31", ["1: the programme ends before it starts"]),
        ('city: "80", district_share', 'city: "0.0000001", district_share',
         ["16: 0.0000001 wan_yuan is not a whole number of fen"]),
        ('city: "40"', 'city: "33.333"', ["13: 33.333 percent is not a whole number of bp"]),
        ('city: "80", district_share: "120"', 'city: "80"', ["16: district_share is missing"]),
        ("payers: [city, district]", "payers: [city, state]",
         ["13: state is missing", "13: unknown key district (did you mean districts?)", "14: state is missing",
          "14: unknown key district (did you mean districts?)", "16: state is missing",
          "16: unknown key district_share (did you mean district?)", "17: state is missing",
          "17: unknown key district_share (did you mean district?)",
          "18: state is missing", "18: unknown key district"]),
        ("modes: {one: 1, two: 1}", "modes: {one: -1, two: 1}", ["18: expected a count, not -1"]),
    ],
)  # fmt: skip
def test_sums_ratios_and_counts_must_agree(spoil: Spoil, old: str, new: str, said: list[str]) -> None:
    assert spoil(FILE, old, new) == [f"{FILE}:{line}" for line in said]


def test_a_street_is_listed_once(packs: Path, spoil: Spoil) -> None:
    row = next(line for line in (packs / FILE).read_text().splitlines() if "二街" in line)
    totals = '{units: 2, total: "400", city: "80", district: "320", modes: {one: 1, two: 1}'
    path = packs / FILE
    path.write_text(
        path.read_text().replace('percent: "2", of: total, amount: "8"', 'percent: "2", of: total, amount: "12"')
    )
    path.write_text(
        path.read_text().replace(
            totals, '{units: 3, total: "600", city: "80", district: "520", modes: {one: 1, two: 2}'
        )
    )
    assert spoil(FILE, row, f"{row}\n{row}") == [f"{FILE}:18: 二街 is listed twice"]


def test_programmes_of_one_id_are_refused(packs: Path, spoil: Spoil) -> None:
    text = (packs / FILE).read_text()
    assert spoil("city/programmes/again.yaml", text) == [
        f"{FILE}:1: pilot is also given at city/programmes/again.yaml:1"
    ]
