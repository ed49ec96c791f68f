from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongyue.policy import PackErrors, Regime, merge, read_packs

from .conftest import complaints
from .speech import VOCABULARY

Put = Callable[..., None]
RULE = """
- id: bid-period
  on: tender.publish
  require: days_between(action.at, input.closes_on) >= 30
  refuse: {zh: 不足三十日, en: Under thirty days}
  cite: "%s"
"""
PROVINCE = """
id: province
name: {zh: 示例省, en: Example province}
jurisdiction: "440000"
extends: [{pack: nation}]
instruments:
  measures: {title: {zh: 示例省办法, en: Example Measures}, effective: 2009-01-01}
"""


def load(packs: Path, code: str = "city") -> Regime:
    return Regime.load([packs], code, VOCABULARY)


def said(packs: Path, code: str = "city") -> list[str]:
    with pytest.raises(PackErrors) as error:
        merge(read_packs([packs]), code)
    return str(error.value).splitlines()


def asked(regime: Regime, on: date) -> list[tuple[str, str]]:
    return [(rule.id, rule.cite) for rule in regime.rules("tender.publish", on)]


@pytest.fixture
def province(put: Put) -> None:
    """A province between nation and city, which applies to the city from May 2011."""
    put("province/pack.yaml", PROVINCE)
    put("city/pack.yaml", "extends: [{pack: nation}]", "extends: [{pack: nation}, {pack: province, from: 2011-05-24}]")


def test_the_body_is_plain_and_always_the_same(packs: Path) -> None:
    body = merge(read_packs([packs]), "city")
    assert body == merge(read_packs([packs], code="city"), "city")
    assert _plain(body)
    assert body["packs"] == [
        {"id": "city", "name": {"zh": "示例市", "en": "Example city"}, "from": None},
        {"id": "nation", "name": {"zh": "示例国家", "en": "Example nation"}, "from": None},
    ]


def _plain(value: Any) -> bool:
    if isinstance(value, dict):
        return all(isinstance(key, str) and _plain(each) for key, each in value.items())
    if isinstance(value, list):
        return all(_plain(each) for each in value)
    return value is None or type(value) in (str, int, bool)


def test_every_entry_keeps_its_pack_and_interval(packs: Path) -> None:
    rules = merge(read_packs([packs]), "city")["rules"]
    assert [(r["id"], r["pack"], r["since"], r["until"]) for r in rules] == [
        ("briefing-lead", "city", "2010-08-31", None),
        ("sign-in-time", "city", "2010-08-31", None),
        ("contract-in-order", "city", "2010-07-01", "2012-07-01"),
        ("bid-period", "nation", "2011-07-01", None),
        ("award-in-panel", "nation", "2011-07-01", None),
        ("bid-period", "nation", "2004-09-11", "2011-06-30"),
        ("sign-in-time", "nation", "2003-01-01", None),
    ]


def test_a_nearer_pack_replaces_the_whole_entry(packs: Path, put: Put) -> None:
    put("city/rules/more.yaml", RULE % "scheme#5")
    regime = load(packs)
    assert asked(regime, date(2010, 6, 30)) == [("bid-period", "order-old#16")]
    assert asked(regime, date(2010, 7, 1)) == [("bid-period", "scheme#5")]
    assert asked(regime, date(2012, 7, 1)) == [("briefing-lead", "procedure#三(二)2"), ("bid-period", "scheme#5")]
    assert asked(regime, date(2012, 7, 2)) == [("briefing-lead", "procedure#三(二)2"), ("bid-period", "order-new#18")]


@pytest.mark.usefixtures("province")
def test_a_province_stands_between_and_from_its_day(packs: Path, put: Put) -> None:
    put("province/rules/tender.yaml", RULE % "measures#9")
    regime = load(packs)
    assert [pack["id"] for pack in regime.body["packs"]] == ["city", "province", "nation"]
    assert ("bid-period", "order-old#16") in asked(regime, date(2011, 5, 23))
    assert ("bid-period", "measures#9") in asked(regime, date(2011, 5, 24))
    assert regime.rules("tender.publish", date(2011, 5, 24))[-1].from_ == date(2011, 5, 24)


@pytest.mark.usefixtures("province")
def test_a_pack_reached_twice_applies_from_the_earlier_day(packs: Path, put: Put) -> None:
    assert [(p["id"], p["from"]) for p in merge(read_packs([packs]), "city")["packs"]] == [
        ("city", None), ("province", "2011-05-24"), ("nation", None),
    ]  # fmt: skip
    put("city/pack.yaml", "{pack: nation}, {pack: province", "{pack: province")
    assert [(p["id"], p["from"]) for p in merge(read_packs([packs]), "city")["packs"]] == [
        ("city", None), ("province", "2011-05-24"), ("nation", "2011-05-24"),
    ]  # fmt: skip


@pytest.mark.usefixtures("province")
def test_of_two_entries_of_one_parent_the_later_one_holds_however_late_the_parent_applies(
    packs: Path, put: Put
) -> None:
    later = (RULE % "measures#10").replace("- id: bid-period", "- id: bid-period\n  from: 2010-01-01")
    put("province/rules/tender.yaml", (RULE % "measures#9").rstrip() + "\n  until: 2009-12-31\n" + later)
    assert ("bid-period", "measures#10") in asked(load(packs), date(2011, 5, 24))


def test_a_drop_takes_a_parents_entry_out_while_its_instrument_is_in_force(packs: Path) -> None:
    regime = load(packs)
    assert [rule.id for rule in regime.rules("contract.sign", date(2010, 8, 30))] == [
        "sign-in-time",
        "contract-in-order",
    ]
    assert [rule.id for rule in regime.rules("contract.sign", date(2010, 8, 31))] == ["contract-in-order"]
    assert "sign-in-time" in [rule.id for rule in load(packs, "nation").rules("contract.sign", date(2010, 8, 31))]


@pytest.mark.parametrize(
    ("file", "text", "reason"),
    [
        ("city/rules/more.yaml", '- {id: bid-time, drop: true, cite: "scheme#1"}',
         "city/rules/more.yaml:1: bid-time: no parent has it, so there is nothing to drop"),
        ("nation/rules/more.yaml", '- {id: briefing-lead, drop: true, cite: "law#1"}',
         "nation/rules/more.yaml:1: briefing-lead: no parent has it, so there is nothing to drop"),
        ("city/rules/more.yaml", (RULE % "scheme#5").strip() + (RULE % "scheme#6"),
         "city/rules/more.yaml:6: bid-period is also given at city/rules/more.yaml:1, and both hold from 2010-07-01"),
        ("city/conflicts.yaml", '- {rule: bid-period, prevails: province, from: 2010-01-01, cite: "scheme#1"}',
         "city/conflicts.yaml:1: bid-period: province is no part of this regime"),
        ("city/conflicts.yaml", '- {rule: briefing-lead, prevails: nation, from: 2010-01-01, cite: "scheme#1"}',
         "city/conflicts.yaml:1: briefing-lead: nation does not have it"),
        ("city/conflicts.yaml", '- {parameter: tender.cap, prevails: nation, from: 2010-01-01, cite: "scheme#1"}',
         "city/conflicts.yaml:1: tender.cap: nation does not have it"),
        ("city/parameters/more.yaml",
         'tender.bid_days: {unit: month, name: {zh: 甲, en: A}, values: {2010-07-01: {value: 1, cite: "scheme#1"}}}',
         "city/parameters/more.yaml:1: tender.bid_days is in month, but in day at nation/parameters/tender.yaml:1"),
        ("city/parameters/more.yaml",
         'tender.more: {unit: day, name: {zh: 甲, en: A}, values: {2010-06-30: {value: 1, cite: "scheme#1"}}}',
         "city/parameters/more.yaml:1: tender.more: 2010-06-30 is before scheme, which starts 2010-07-01"),
        ("city/calendar.yaml", 'years: {2013: {off: [], work: [], cite: "law#1"}}',
         "city/calendar.yaml:1: the years of a calendar must follow each other"),
    ],
)  # fmt: skip
def test_what_fits_nothing_is_refused(packs: Path, put: Put, file: str, text: str, reason: str) -> None:
    put(file, text)
    assert said(packs) == [reason]


DUTY = """
- {id: tell, after: tender.publish, do: tender.award, who: [purchaser], name: {zh: 甲, en: A}, cite: "%s"%s}
"""
NOTICE = """
- {id: tell, on: tender.publish, kind: tender, name: {zh: 甲, en: A}, fields: [tender.method], cite: "%s"%s}
"""


@pytest.mark.parametrize(("file", "entry"), [("obligations", DUTY), ("disclosure", NOTICE)])
@pytest.mark.parametrize(
    ("ends", "lost"),
    [("", True), (", until: 2010-08-31", True), (", until: 2010-08-30", False)],
)
def test_entries_of_one_id_in_one_file_follow_each_other(
    packs: Path, put: Put, file: str, entry: str, ends: str, lost: bool
) -> None:
    """The scheme starts in July 2010 and the procedure on 31 August: until then, or not at all beside each other."""
    (packs / f"city/{file}.yaml").unlink()
    put(f"city/{file}.yaml", entry % ("scheme#1", ends) + entry % ("procedure#2", ""))
    told = [f"city/{file}.yaml:4: tell is also given at city/{file}.yaml:2, and both hold from 2010-08-31"]
    assert (complaints(packs) == told, complaints(packs) == []) == (lost, not lost)


def test_a_drop_that_ends_makes_room_for_an_entry_of_ones_own(packs: Path, put: Put) -> None:
    drop = '- {id: bid-period, drop: true, cite: "scheme#1"%s}'
    put("city/rules/more.yaml", drop % "" + RULE % "procedure#1")
    assert complaints(packs) == [
        "city/rules/more.yaml:2: bid-period is also given at city/rules/more.yaml:1, and both hold from 2010-08-31"
    ]
    put("city/rules/more.yaml", 'cite: "scheme#1"', 'cite: "scheme#1", until: 2010-08-30')
    assert asked(load(packs), date(2010, 8, 30)) == []
    assert ("bid-period", "procedure#1") in asked(load(packs), date(2010, 8, 31))


def test_a_dropped_role_or_procedure_is_gone(packs: Path, put: Put) -> None:
    put("city/procedure.yaml", "tender: {", 'payment: {drop: true, cite: "scheme#1"}\ntender: {')
    put("city/roles.yaml", "  tender.publish: {", '  payment.pay: {drop: true, cite: "scheme#1"}\n  tender.publish: {')
    regime = load(packs)
    assert (regime.order("payment"), regime.who("payment.pay")) == (None, None)
    assert regime.order("payment", on=date(2010, 6, 30)) == load(packs, "nation").order("payment")


def test_an_instrument_is_declared_once(packs: Path, put: Put) -> None:
    put("city/pack.yaml", "  scheme:\n", "  law: {title: {zh: 甲, en: A}, effective: 2010-07-01}\n  scheme:\n")
    assert said(packs) == ["city/pack.yaml:18: instrument law is already declared at nation/pack.yaml:4"]


def test_higher_law_prevails_from_a_day_where_a_conflict_is_written(packs: Path, put: Put) -> None:
    put("city/rules/more.yaml", RULE % "scheme#5")
    put("city/conflicts.yaml", '- {rule: bid-period, prevails: nation, from: 2011-07-01, cite: "order-new#18"}')
    regime = load(packs)
    assert ("bid-period", "scheme#5") in asked(regime, date(2011, 6, 30))
    assert ("bid-period", "order-new#18") in asked(regime, date(2011, 7, 1))


def test_higher_law_says_who_acts_where_a_conflict_names_the_action(packs: Path, put: Put) -> None:
    put("nation/roles.yaml", "actions:\n", 'actions:\n  tender.publish: {who: [purchaser], cite: "law#1"}\n')
    put(
        "city/conflicts.yaml",
        '- {action: tender.publish, prevails: nation, from: 2011-07-01, cite: "law#2", '
        "reading: {zh: 从法律, en: The law}}",
    )
    regime = load(packs)
    before, after = date(2011, 6, 30), date(2011, 7, 1)
    assert [getattr(regime.who("tender.publish", on), "pack", "") for on in (before, after, None)] == [
        "city", "nation", "nation",
    ]  # fmt: skip
    assert regime.overruled("tender.publish", before) is None
    found = regime.overruled("tender.publish", after)
    assert found is not None and found[1].reading == {"zh": "从法律", "en": "The law"}
    assert [(kind, name) for kind, name, _over in regime.conflicts] == [("action", "tender.publish")]


def test_a_figure_of_higher_law_prevails_likewise(packs: Path, put: Put) -> None:
    put("city/parameters/more.yaml",
        "tender.bid_days: {unit: day, name: {zh: 甲, en: A}, "
        'values: {2010-07-01: {value: 10, cite: "scheme#1"}}}')  # fmt: skip
    put(
        "city/conflicts.yaml",
        '- {parameter: tender.bid_days, prevails: nation, from: 2012-01-01, cite: "order-new#18"}',
    )
    regime = load(packs)
    values = [
        regime.parameter("tender.bid_days", on) for on in (date(2010, 6, 30), date(2011, 12, 31), date(2012, 1, 1))
    ]
    assert [value and value.value for value in values] == [20, 10, 25]


def test_a_repealed_or_expired_figure_lets_the_parents_stand_again(packs: Path, put: Put) -> None:
    name = "tender.bid_days: {unit: day, name: {zh: 甲, en: A}, values: "
    put("city/parameters/more.yaml",
        name + '{2010-07-01: {value: 10, cite: "scheme#1"}, 2011-01-01: {value: null, cite: "scheme#1"}, '
        '2011-03-01: {value: 12, cite: "scheme#1"}}}')  # fmt: skip
    regime = load(packs)
    days = [
        date(2010, 7, 1),
        date(2010, 12, 31),
        date(2011, 1, 1),
        date(2011, 3, 1),
        date(2012, 7, 1),
        date(2012, 7, 2),
    ]
    assert [value.value for day in days if (value := regime.parameter("tender.bid_days", day))] == [
        10,
        10,
        20,
        12,
        12,
        25,
    ]


def test_calendar_years_come_from_the_nearest_pack(packs: Path, put: Put) -> None:
    put("city/calendar.yaml", 'years: {2011: {off: [2011-06-01], work: [], cite: "scheme#1"}}')
    regime = load(packs)
    assert [regime.calendar.is_workday(day) for day in (date(2011, 6, 1), date(2011, 10, 3), date(2010, 10, 1))] == [
        False, True, False,
    ]  # fmt: skip


def test_parents_that_extend_each_other_are_refused(packs: Path, put: Put) -> None:
    read = read_packs([packs])
    read["nation"].head["extends"] = [{"pack": "city", "where": "nation/pack.yaml:1"}]
    with pytest.raises(PackErrors, match=r"^city/pack.yaml:1: city extends itself through nation$"):
        merge(read, "city")
