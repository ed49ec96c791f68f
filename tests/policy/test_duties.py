"""What `packs check` and `load` refuse of the duties of a place: what nothing opens, what nobody owing it may do."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from gongyue.policy import PackErrors, Regime, wrong_duties

from .speech import VOCABULARY

Put = Callable[..., None]
ROLES = "city/roles.yaml"
AWARD = '  tender.award: {who: [purchaser], cite: "procedure#三(三)1"}\n'


def said(packs: Path, code: str = "city", **changed: object) -> list[str]:
    vocabulary = replace(VOCABULARY, **changed)  # type: ignore[arg-type]
    return [str(one) for one in sorted(wrong_duties(Regime.load([packs], code, vocabulary)))]


def test_the_example_packs_owe_what_can_be_done(packs: Path) -> None:
    assert said(packs) == said(packs, "nation") == []


def test_a_duty_that_nobody_may_do_is_refused(packs: Path, put: Put) -> None:
    put("city/procedure.yaml", "announced, awarded]", "announced]")
    put("city/procedure.yaml", "[checked, awarded]", "[checked]")
    put(ROLES, AWARD, "")
    never = "in city tender.publish opens it on {}, but nobody may do tender.award"
    assert said(packs) == [
        f"city/obligations.yaml:1: finish-tender: {never.format('2010-07-01')}",
        f"city/obligations.yaml:25: briefing-answer: {never.format('2010-08-31')}",
        f"city/obligations.yaml:33: sites-ready: {never.format('2010-07-01')}",
    ]


def test_an_action_whose_milestone_is_in_no_order_is_done_by_nobody(packs: Path, put: Put) -> None:
    put("city/procedure.yaml", "approved, signed, filed]", "approved, signed]")
    assert said(packs) == [
        "city/obligations.yaml:10: file-contract: in city contract.sign opens it on 2010-08-31, "
        "but nobody may do contract.file",
        "city/obligations.yaml:16: half-year-plan: nothing opens it: in city nobody may do contract.file",
    ]


UNPAID = (
    "nation/obligations.yaml:1: pay-instalment: in city contract.file opens it on 2003-01-01, "
    "but nobody may do payment.pay"
)
IDLE = "idle:\n  - {duty: %s, because: {zh: 甲, en: A}}\nslots:"


def unpaid(put: Put) -> None:
    put("city/procedure.yaml", "tender: {", 'payment: {drop: true, cite: "scheme#1"}\ntender: {')
    put(ROLES, AWARD, AWARD + '  payment.pay: {drop: true, cite: "scheme#1"}\n')


def test_a_parents_duty_is_asked_of_the_place_in_which_it_comes_up(packs: Path, put: Put) -> None:
    """That it never comes up, because nobody files, is no mistake; that nobody pays is one."""
    unpaid(put)
    assert said(packs) == [UNPAID]
    put("city/procedure.yaml", "signed, filed]", "signed]")
    assert [line.split(": ")[1] for line in said(packs)] == ["file-contract", "half-year-plan"]


def test_who_owes_a_duty_may_do_it(packs: Path, put: Put) -> None:
    put(
        "city/obligations.yaml",
        "do: contract.file\n  who: [city_bureau]",
        "do: contract.file\n  who: [city_bureau, provider]",
    )
    assert said(packs) == [
        "city/obligations.yaml:10: file-contract: in city provider owes contract.file on 2010-08-31, "
        "but only city_bureau may do it"
    ]


def test_what_is_dated_is_asked_by_the_law_of_each_day(packs: Path, put: Put) -> None:
    """Who files is known from the procedure's day on, which is later than the scheme's."""
    put(
        "city/obligations.yaml",
        'en: File the contract}\n  cite: "procedure#三(三)2"',
        'en: File it}\n  cite: "scheme#1"',
    )
    assert said(packs) == said(packs, dated=frozenset({"tender", "contract"})) == []
    put(
        ROLES,
        'contract.sign: {who: [purchaser], cite: "procedure#三(三)2"}',
        'contract.sign: {who: [purchaser], cite: "law#1"}',
    )
    assert said(packs) == []
    assert said(packs, dated=frozenset({"contract"})) == [
        "city/obligations.yaml:10: file-contract: in city contract.sign opens it on 2010-07-01, "
        "but nobody may do contract.file"
    ]


def test_why_a_duty_is_idle_is_declared_and_only_where_it_is(packs: Path, put: Put) -> None:
    unpaid(put)
    put("city/pack.yaml", "slots:", IDLE % "pay-instalment")
    assert said(packs) == []
    put("city/pack.yaml", "duty: pay-instalment", "duty: file-contract")
    assert said(packs) == ["city/pack.yaml:24: file-contract: nothing stands against such a duty in city", UNPAID]


def test_a_reason_is_given_in_both_languages_and_once(packs: Path, put: Put) -> None:
    twice = IDLE.replace("slots:", "  - {duty: x, because: {zh: 甲}}\nslots:") % "x"
    put("city/pack.yaml", "slots:", twice)
    with pytest.raises(PackErrors) as found:
        said(packs)
    assert str(found.value).splitlines() == [
        "city/pack.yaml:25: en is missing",
        "city/pack.yaml:25: x is also given at city/pack.yaml:24",
    ]
