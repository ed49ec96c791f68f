"""What reading refuses: each mistake with its file, line and reason."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gongyue.policy import PackError, PackErrors, read_packs

Spoil = Callable[..., list[str]]
Put = Callable[..., None]
LEAD = "city/rules/tender.yaml"
BOTH = "{zh: 甲, en: A}"
LISTED = '- {id: x, cite: "law#1"}'
PREVAILS = '- {rule: bid-period, prevails: nation, from: 2011-01-01, cite: "law#1"}'
NORM = '  - {id: rules, name: {zh: 甲, en: A}, cite: "scheme#1"}'


def test_the_example_packs_are_read(packs: Path) -> None:
    read = read_packs([packs])
    assert list(read) == ["city", "nation"]
    assert [read[name].jurisdiction for name in read] == ["440100", ""]
    assert [rule["id"] for rule in read["city"].entries("rules")] == [
        "contract-in-order",
        "briefing-lead",
        "sign-in-time",
    ]


def test_only_a_pack_and_what_it_extends_can_be_read(packs: Path, put: Put) -> None:
    put("broken/pack.yaml", "id: [")
    assert list(read_packs([packs], code="nation")) == ["nation"]
    with pytest.raises(PackErrors):
        read_packs([packs])


def test_an_unknown_pack_is_named(packs: Path) -> None:
    with pytest.raises(PackErrors) as error:
        read_packs([packs], code="citi")
    assert str(error.value) == "citi:1: there is no pack citi (did you mean city?)"


def test_errors_are_sorted_and_each_is_told_once() -> None:
    errors = [
        PackError("b.yaml", 2, "x"),
        PackError("a.yaml", 10, "y"),
        PackError("b.yaml", 2, "x"),
        PackError("a.yaml", 9, "z"),
    ]
    assert str(PackErrors(errors)) == "a.yaml:9: z\na.yaml:10: y\nb.yaml:2: x"


def test_all_mistakes_of_a_load_are_collected(spoil: Spoil, put: Put) -> None:
    put("nation/rules/tender.yaml", 'cite: "law#46"', "cite: law")
    put("city/obligations.yaml", "unit: month}\n  when", "unit: moon}\n  when")
    assert spoil(LEAD, "  reading:", "  reeding:") == [
        "city/obligations.yaml:6: moon is not one of day, workday, month, year (did you mean month?)",
        "city/rules/tender.yaml:7: briefing-lead: unknown key reeding (did you mean reading?)",
        "nation/rules/tender.yaml:29: law is not a citation: write instrument#article in quotes",
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("city/pack.yaml", "id: city", "id: town", "city/pack.yaml:1: id is town, but the folder is city"),
        ("city/pack.yaml", 'jurisdiction: "440100"', "jurisdiction: 440100",
         "city/pack.yaml:3: 440100 is not a division code of six digits in quotes"),
        ("city/pack.yaml", "name: {zh: 示例市, en: Example city}", "name: {zh: 示例市}",
         "city/pack.yaml:2: en is missing"),
        ("city/pack.yaml", "{pack: nation}", "{pack: natoin}",
         "city/pack.yaml:4: there is no pack natoin (did you mean nation?)"),
        ("nation/pack.yaml", "id: nation", "id: nation\nextends: [{pack: city}]",
         "nation/pack.yaml:2: nation extends itself through city"),
        ("city/pack.yaml", "effective: 2010-07-01", "effective: soon",
         "city/pack.yaml:21: soon is not a date: write year-month-day as 2010-08-31"),
        ("city/pack.yaml", "effective: 2010-07-01", "effective: 2010-07-01T10:00:00Z",
         "city/pack.yaml:21: 2010-07-01 10:00:00+00:00 is not a date: write year-month-day as 2010-08-31"),
        ("city/pack.yaml", "    effective: 2010-07-01\n", "",
         "city/pack.yaml:18: effective is missing; write assumed_from with the reason, or loaded: false"),
        ("city/pack.yaml", "    trial: true", "    trial: true\n    effective: 2010-09-01",
         "city/pack.yaml:6: either effective or assumed_from, not both"),
        ("city/pack.yaml", "    trial: true", "    trial: very", "city/pack.yaml:16: expected true or false, not very"),
        ("city/pack.yaml", "number: 示民〔2010〕2号", "number: 2010",
         "city/pack.yaml:20: expected text, not 2010: put it in quotes"),
        ("city/pack.yaml", "    expires: {value: 2, unit: year}\n    trial",
         "    expires: {value: 2, unit: workday}\n    trial",
         "city/pack.yaml:15: workday is not one of day, month, year (did you mean day?)"),
        ("city/pack.yaml", '"procedure#三(二)3"', '"procedur#三(二)3"',
         "city/pack.yaml:24: unknown instrument procedur (did you mean procedure?)"),
        (LEAD, "  on: tender.publish\n", "", "city/rules/tender.yaml:1: briefing-lead: on is missing"),
        (LEAD, "  require: days_between(tender.briefing_on, action.at) >= param.tender.briefing_lead_days\n", "",
         "city/rules/tender.yaml:1: briefing-lead: require is missing"),
        (LEAD, '  cite: "procedure#三(二)2"\n', "", "city/rules/tender.yaml:1: briefing-lead: cite is missing"),
        (LEAD, '    en: "The briefing is under {param.tender.briefing_lead_days} days before issue"\n', "",
         "city/rules/tender.yaml:4: en is missing"),
        (LEAD, "  on: tender.publish", "  on: [tender.publish, 3]", "city/rules/tender.yaml:2: 3 is not a dotted name"),
        (LEAD, "  on: tender.publish", "  on: []", "city/rules/tender.yaml:2: expected at least 1 entries, not 0"),
        (LEAD, "  clause: EX-3.2.2a", "  clause: EX-3.2.2a\n  severity: stop",
         "city/rules/tender.yaml:10: stop is not one of block, warn"),
        (LEAD, "  clause: EX-3.2.2a", "  until: 2010-02-30",
         "city/rules/tender.yaml:9: 2010-02-30 is not a date: write year-month-day as 2010-08-31"),
        (LEAD, "- id: briefing-lead", "- id: Briefing Lead",
         "city/rules/tender.yaml:1: Briefing Lead is not an id (small letters, digits, - and _)"),
        (LEAD, "  drop: true", "  drop: true\n  severity: warn",
         "city/rules/tender.yaml:12: sign-in-time: unknown key severity"),
        (LEAD, 'cite: "procedure#三(三)2"', "when: x", "city/rules/tender.yaml:10: sign-in-time: cite is missing"),
        ("city/parameters/tender.yaml", '{value: 15, cite: "procedure#三(二)2", checked_on: 2012-01-05}', "{value: 15}",
         "city/parameters/tender.yaml:5: cite is missing"),
        ("city/parameters/tender.yaml", "value: 15", "value: 1.5",
         "city/parameters/tender.yaml:5: 1.5 is a float, which is not exact: write it in quotes"),
        ("city/parameters/tender.yaml", "value: 15", 'value: "1.5"',
         "city/parameters/tender.yaml:5: 1.5 day is not a whole number of day"),
        ("city/parameters/tender.yaml", "value: 15", "value: fifteen",
         "city/parameters/tender.yaml:5: 'fifteen' is not a number of day"),
        ("city/parameters/tender.yaml", 'value: "50"', 'value: "33.333"',
         "city/parameters/tender.yaml:10: 33.333 percent is not a whole number of bp"),
        ("city/parameters/tender.yaml", "unit: wan_yuan", "unit: percent",
         "city/parameters/tender.yaml:15: a value in percent under a parameter in fen"),
        ("city/parameters/tender.yaml", "  unit: percent", "  unit: per_cent",
         "city/parameters/tender.yaml:7: per_cent is not one of day, workday, month, year, fen, bp, count, flag, "
         "text, date, wan_yuan, yuan, percent (did you mean percent?)"),
        ("city/parameters/tender.yaml", "  2010-07-01:", "  July 2010:",
         "city/parameters/tender.yaml:15: July 2010 is not a date: write year-month-day as 2010-08-31"),
        ("city/roles.yaml", '{who: [purchaser], cite: "procedure#三(二)2"}', "{who: [purchaser]}",
         "city/roles.yaml:6: cite is missing"),
        ("city/roles.yaml", ", by: award", "",
         "city/roles.yaml:4: a capacity without by has organisation and level"),
        ("city/roles.yaml", ", by: award", ", by: registration",
         "city/roles.yaml:4: a capacity by registration has organisation"),
        ("city/roles.yaml", ", by: award", ", by: same_level",
         "city/roles.yaml:4: a capacity by same_level has organisation"),
        ("city/roles.yaml", ", by: award", ", by: opening, level: city",
         "city/roles.yaml:4: a capacity by opening has organisation"),
        ("city/roles.yaml", ", by: award", ", by: award, level: city",
         "city/roles.yaml:4: a capacity by award has nothing else"),
        ("city/roles.yaml", ", by: award", ", by: reward",
         "city/roles.yaml:4: reward is not one of award, appointment, registration, opening, same_level "
         "(did you mean award?)"),
        ("city/roles.yaml", "organisation: civil_affairs, level: city", "organisation: civil_affairs, level: town",
         "city/roles.yaml:3: town is not one of nation, province, city, district, street"),
        ("city/roles.yaml", "[contract.draft, contract.approve]", "[contract.draft]",
         "city/roles.yaml:13: expected two actions, not 1"),
        ("city/procedure.yaml", "order: [checked, awarded]", "order: checked",
         "city/procedure.yaml:2: expected a list, not checked"),
        ("city/obligations.yaml", "  from: action.at\n", "",
         "city/obligations.yaml:1: finish-tender: from is missing: a period runs from a date"),
        ("city/obligations.yaml", "  from: contract.starts_on\n", "",
         "city/obligations.yaml:16: half-year-plan: from is missing: a period runs from a date"),
        ("city/obligations.yaml", "  within: {on: 2010-08-31}", "  from: action.at\n  within: {on: 2010-08-31}",
         "city/obligations.yaml:33: sites-ready: a fixed date does not run from anything: leave out from"),
        ("city/obligations.yaml", "{value: 1, unit: month}", "{value: 0, unit: month}",
         "city/obligations.yaml:6: expected a number above 0, not 0"),
        ("city/obligations.yaml", "{value: 1, unit: month}", "{value: one, unit: month}",
         "city/obligations.yaml:6: expected a whole number, not one"),
        ("city/obligations.yaml", '  cite: "scheme#四(四)"\n', "",
         "city/obligations.yaml:1: finish-tender: cite is missing"),
        ("nation/calendar.yaml", '"2010-10-01..2010-10-07"', '"2010-10-01..2010-10-32"',
         "nation/calendar.yaml:2: 2010-10-01..2010-10-32 is not a date or a range such as 2010-02-13..2010-02-19"),
        ("nation/calendar.yaml", '"2010-10-01..2010-10-07"', '"2010-10-07..2010-10-01"',
         "nation/calendar.yaml:2: 2010-10-07..2010-10-01 ends before it begins"),
        ("nation/calendar.yaml", "work: [2010-09-26,", "work: [2010-10-01,",
         "nation/calendar.yaml:2: 2010-10-01 is both off and worked"),
        ("nation/calendar.yaml", "off: [2011-01-03,", "off: [2010-12-31,",
         "nation/calendar.yaml:3: 2010-12-31 is not in 2011"),
        ("nation/calendar.yaml", "  2011:", "  next:", "nation/calendar.yaml:3: next is not a year"),
        ("city/divisions.yaml", 'code: "440104"', "code: 440104",
         "city/divisions.yaml:2: 440104 is not a division code of six digits in quotes"),
        ("city/disclosure.yaml", "  fields: [contract.amount_fen, contract.starts_on]", "  fields: []",
         "city/disclosure.yaml:5: expected at least 1 entries, not 0"),
        ("city/tests/tender.yaml", "  at: 2011-03-15", "  at: then",
         "city/tests/tender.yaml:3: then is not a date or a moment"),
        ("city/conflicts.yaml", '- {prevails: nation, from: 2011-01-01, cite: "law#1"}', "",
         "city/conflicts.yaml:1: a conflict names a rule, a parameter or an action"),
        ("city/catalogue.yaml", "- {name: x}", "", "city/catalogue.yaml:1: cite is missing"),
        ("city/catalogue.yaml", "- x", "", "city/catalogue.yaml:1: expected a mapping with id, cite, not x"),
        ("city/tests/more.yaml", "- {name: x, on: tender.publish, at: 2011-03-01, given: 3}", "",
         "city/tests/more.yaml:1: expected a mapping, not 3"),
        ("city/disclosure.yaml", "kind: contract", "kind: null", "city/disclosure.yaml:3: nothing is not a name "
         "(small letters, digits and _)"),
        ("city/rules/more.yaml", "rules: []", "", "city/rules/more.yaml:1: expected a list, not a mapping"),
        ("city/rules/more.yaml", "- x", "",
         "city/rules/more.yaml:1: expected a mapping with id, on, require, refuse, cite, not x"),
        ("city/rules/more.yaml", "# nothing", "", "city/rules/more.yaml:1: the file is empty"),
        ("city/role.yaml", "{}", "", "city/role.yaml:1: a pack has no such file (did you mean roles.yaml?)"),
        ("city/rules/deep/more.yaml", "[]", "", "city/rules/deep/more.yaml:1: a pack has no such file"),
    ],
)  # fmt: skip
def test_every_mistake_is_refused_at_its_line(spoil: Spoil, file: str, old: str, new: str, said: str) -> None:
    assert said in spoil(file, old, new)


def test_nothing_rests_on_an_instrument_that_is_not_loaded(spoil: Spoil) -> None:
    assert spoil(LEAD, 'cite: "procedure#三(二)2"', 'cite: "order-lost#3"') == [
        "city/rules/tender.yaml:8: order-lost is not loaded, so nothing may rest on it"
    ]


@pytest.mark.parametrize(
    ("file", "old"),
    [
        ("city/parameters/tender.yaml", '"procedure#三(二)2", checked_on'),
        ("city/obligations.yaml", '"scheme#四(四)"'),
        ("city/roles.yaml", '"procedure#三(二)2"'),
    ],
)
def test_neither_do_figures_duties_and_roles(spoil: Spoil, file: str, old: str) -> None:
    said = spoil(file, old, old.replace("procedure#", "order-lost#").replace("scheme#", "order-lost#"))
    assert [line.partition(": ")[2] for line in said] == ["order-lost is not loaded, so nothing may rest on it"]


def test_a_slot_may_name_what_is_not_loaded(spoil: Spoil) -> None:
    assert spoil("city/pack.yaml", '"procedure#三(二)3"', '"order-lost#三(二)3"') == []


def test_a_parameter_is_given_once(spoil: Spoil) -> None:
    text = 'tender.cap: {unit: fen, name: {zh: 甲, en: A}, values: {2010-07-01: {value: 1, cite: "scheme#1"}}}'
    assert spoil("city/parameters/more.yaml", text) == [
        "city/parameters/tender.yaml:11: tender.cap is also given at city/parameters/more.yaml:1"
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("city/pack.yaml", "[{pack: nation}]", "[{pack: nation}, {pack: nation, from: 2011-01-01}]",
         "city/pack.yaml:4: nation is also given at city/pack.yaml:4"),
        ("city/pack.yaml", "slots:\n", 'slots:\n  - {id: annex-1, what: {zh: 甲, en: A}, cite: "scheme#1"}\n',
         "city/pack.yaml:25: annex-1 is also given at city/pack.yaml:24"),
        ("city/roles.yaml", "incompatible:\n",
         'incompatible:\n  - {duties: [contract.approve, contract.draft], cite: "procedure#三(三)2"}\n',
         "city/roles.yaml:14: contract.approve, contract.draft procedure#三(三)2 is also given at city/roles.yaml:13"),
        ("city/roles.yaml", "actions:\n", 'actions:\n  tender.award: {who: [provider], cite: "scheme#1"}\n',
         "city/roles.yaml:8: duplicate key tender.award, which is also given in line 6"),
        ("city/procedure.yaml", "contract: {", "tender: {",
         "city/procedure.yaml:3: duplicate key tender, which is also given in line 1"),
        ("city/parameters/tender.yaml", "tender.cap:", "tender.briefing_lead_days:",
         "city/parameters/tender.yaml:11: duplicate key tender.briefing_lead_days, which is also given in line 1"),
        ("city/conflicts.yaml", f"{PREVAILS}\n{PREVAILS}", "",
         "city/conflicts.yaml:2: bid-period 2011-01-01 is also given at city/conflicts.yaml:1"),
        ("city/catalogue.yaml", f"{LISTED}\n{LISTED}", "",
         "city/catalogue.yaml:2: x is also given at city/catalogue.yaml:1"),
        ("city/frameworks/form.yaml", f"{LISTED}\n{LISTED}", "",
         "city/frameworks/form.yaml:2: x is also given at city/frameworks/form.yaml:1"),
        ("city/frameworks/form.yaml", '- id: x\n  cite: "law#1"\n  items:\n  - {id: a}\n  - {id: b}\n  - {id: a}', "",
         "city/frameworks/form.yaml:6: a is also given at city/frameworks/form.yaml:4"),
        ("city/divisions.yaml", 'code: "440115"', 'code: "440104"',
         "city/divisions.yaml:3: 440104 is also given at city/divisions.yaml:2"),
        ("city/programmes/pilot.yaml", "lines:\n", 'lines:\n  - {id: evaluation, name: {zh: 甲, en: A}, percent: "2", '
         'of: total, amount: "8", cite: "scheme#1"}\n',
         "city/programmes/pilot.yaml:21: evaluation is also given at city/programmes/pilot.yaml:20"),
        ("city/programmes/pilot.yaml", "lines:\n", f"norms:\n{NORM}\n{NORM}\nlines:\n",
         "city/programmes/pilot.yaml:21: rules is also given at city/programmes/pilot.yaml:20"),
    ],
)  # fmt: skip
def test_nothing_is_given_twice(spoil: Spoil, file: str, old: str, new: str, said: str) -> None:
    assert spoil(file, old, new) == [said]


def test_a_framework_is_given_once_in_all_its_files(put: Put, spoil: Spoil) -> None:
    put("city/frameworks/form.yaml", LISTED)
    assert spoil("city/frameworks/more.yaml", LISTED) == [
        "city/frameworks/more.yaml:1: x is also given at city/frameworks/form.yaml:1"
    ]


def test_a_division_may_follow_another_of_its_code(spoil: Spoil) -> None:
    after = '- {code: "440115", name: {zh: 丙区, en: District C}, level: district, parent: "440100", from: 2014-02-12}'
    assert spoil("city/divisions.yaml", "until: 2014-02-11}\n", f"until: 2014-02-11}}\n{after}\n") == []
    assert spoil("city/divisions.yaml", "from: 2014-02-12", "from: 2014-02-11") == [
        "city/divisions.yaml:4: 440115 is also given at city/divisions.yaml:3"
    ]


def test_a_pack_is_found_once(packs: Path) -> None:
    with pytest.raises(PackErrors) as error:
        read_packs([packs, packs], code="nation")
    assert str(error.value) == (
        "city/pack.yaml:1: two folders of packs have a pack of this id\n"
        "nation/pack.yaml:1: two folders of packs have a pack of this id"
    )
