"""Guangzhou's annex of streets and their money, to the fen."""

from __future__ import annotations

from datetime import date

import pytest

from gongyue.policy import Programme, Regime

from .conftest import IN_FORCE

WAN = 1_000_000  # ten thousand yuan, in fen
DISTRICTS = {
    "440103": "荔湾区", "440104": "越秀区", "440105": "海珠区", "440106": "天河区",
    "440111": "白云区", "440112": "黄埔区", "440113": "番禺区", "440114": "花都区",
    "440115": "南沙区", "440116": "萝岗区", "440183": "增城市", "440184": "从化市",
}  # fmt: skip


@pytest.fixture
def pilot(guangzhou: Regime) -> Programme:
    return guangzhou.programmes["gz-pilot-2010"]


@pytest.mark.parametrize(
    ("district", "street", "mode", "total", "city", "share"),
    [
        pytest.param("440104", "广卫街", "one", 200, 100, 100, marks=pytest.mark.clause("GZ-S-A2.01")),
        pytest.param("440104", "建设街", "one", 200, 100, 100, marks=pytest.mark.clause("GZ-S-A2.02")),
        pytest.param("440104", "矿泉街", "one", 200, 100, 100, marks=pytest.mark.clause("GZ-S-A2.03")),
        pytest.param("440104", "北京街", "one", 200, 100, 100, marks=pytest.mark.clause("GZ-S-A2.04")),
        pytest.param("440105", "沙园街", "one", 200, 100, 100, marks=pytest.mark.clause("GZ-S-A2.05")),
        pytest.param("440105", "江南中街", "two", 200, 100, 100, marks=pytest.mark.clause("GZ-S-A2.06")),
        pytest.param("440103", "逢源街", "two", 200, 100, 100, marks=pytest.mark.clause("GZ-S-A2.07")),
        pytest.param("440103", "海龙街", "one", 200, 100, 100, marks=pytest.mark.clause("GZ-S-A2.08")),
        pytest.param("440103", "金花街", "two", 200, 100, 100, marks=pytest.mark.clause("GZ-S-A2.09")),
        pytest.param("440106", "天园街", "one", 200, 80, 120, marks=pytest.mark.clause("GZ-S-A2.10")),
        pytest.param("440112", "黄埔街", "two", 200, 80, 120, marks=pytest.mark.clause("GZ-S-A2.11")),
        pytest.param("440111", "三元里街", "two", 200, 100, 100, marks=pytest.mark.clause("GZ-S-A2.12")),
        pytest.param("440111", "金沙街", "one", 200, 100, 100, marks=pytest.mark.clause("GZ-S-A2.13")),
        pytest.param("440114", "新华街", "one", 200, 80, 120, marks=pytest.mark.clause("GZ-S-A2.14")),
        pytest.param("440113", "桥南街", "two", 200, 80, 120, marks=pytest.mark.clause("GZ-S-A2.15")),
        pytest.param("440115", "珠江街", "two", 200, 0, 200, marks=pytest.mark.clause("GZ-S-A2.16")),
        pytest.param("440115", "南沙街", "two", 200, 0, 200, marks=pytest.mark.clause("GZ-S-A2.17")),
        pytest.param("440116", "夏港街", "two", 200, 0, 200, marks=pytest.mark.clause("GZ-S-A2.18")),
        pytest.param("440184", "街口街", "two", 200, 160, 40, marks=pytest.mark.clause("GZ-S-A2.19")),
        pytest.param("440183", "荔城街", "two", 200, 120, 80, marks=pytest.mark.clause("GZ-S-A2.20")),
    ],
)
def test_each_street_has_its_row(
    pilot: Programme, district: str, street: str, mode: str, total: int, city: int, share: int
) -> None:
    unit = pilot.unit(district, street)
    assert unit is not None
    assert (unit.mode, unit.total_fen) == (mode, total * WAN)
    assert unit.shares == {"city": city * WAN, "district": share * WAN}


def test_each_row_carries_its_own_clause_in_the_annexs_order(pilot: Programme) -> None:
    assert [unit.clauses for unit in pilot.units] == [(f"GZ-S-A2.{n:02}",) for n in range(1, 21)]


@pytest.mark.clause("GZ-S-A2.0", "GZ-S-4.1a")
def test_the_annex_adds_up(pilot: Programme) -> None:
    modes = [unit.mode for unit in pilot.units]
    assert (len(modes), modes.count("one"), modes.count("two")) == (20, 9, 11)
    assert sum(unit.total_fen for unit in pilot.units) == 4000 * WAN


@pytest.mark.clause("GZ-S-4.3b")
def test_the_forty_million_are_those_of_2010(pilot: Programme, guangzhou: Regime) -> None:
    year = guangzhou.parameter("grant.year", IN_FORCE)
    assert year is not None
    assert (pilot.year, year.value, sum(unit.total_fen for unit in pilot.units)) == (2010, 2010, 40_000_000_00)


@pytest.mark.clause("GZ-S-4.3c")
def test_each_district_bears_its_ratio(pilot: Programme) -> None:
    ratios = {unit.district: (unit.ratio_bp["city"], unit.ratio_bp["district"]) for unit in pilot.units}
    assert ratios == {
        "440103": (5000, 5000), "440104": (5000, 5000), "440105": (5000, 5000), "440111": (5000, 5000),
        "440106": (4000, 6000), "440112": (4000, 6000), "440113": (4000, 6000), "440114": (4000, 6000),
        "440115": (0, 10000), "440116": (0, 10000), "440184": (8000, 2000), "440183": (6000, 4000),
    }  # fmt: skip


@pytest.mark.clause("GZ-S-4.3d")
def test_the_city_bears_seventeen_million_and_the_districts_twenty_three(pilot: Programme) -> None:
    assert sum(unit.shares["city"] for unit in pilot.units) == 17_000_000_00
    assert sum(unit.shares["district"] for unit in pilot.units) == 23_000_000_00


@pytest.mark.clause("GZ-S-4.3e")
def test_the_evaluation_fee_stands_beside_the_grants(pilot: Programme) -> None:
    assert [(line.id, line.share_bp, line.of, line.amount_fen) for line in pilot.lines] == [
        ("evaluation", 200, "total", 800_000_00)
    ]
    assert sum(unit.total_fen for unit in pilot.units) == 40_000_000_00


@pytest.mark.clause("GZ-S-2.3b")
def test_the_pilot_stage_has_its_days(pilot: Programme) -> None:
    assert (pilot.starts, pilot.ends) == (date(2010, 9, 1), date(2012, 9, 30))


def test_the_districts_are_those_of_2010(guangzhou: Regime, pilot: Programme) -> None:
    named = {d.code: d.name["zh"] for d in guangzhou.divisions if d.level == "district"}
    assert named == DISTRICTS
    assert {unit.district for unit in pilot.units} == set(DISTRICTS)
    assert {d.code: (d.level, d.parent) for d in guangzhou.divisions if d.code not in DISTRICTS} == {
        "440000": ("province", ""), "440100": ("city", "440000"),
    }  # fmt: skip
