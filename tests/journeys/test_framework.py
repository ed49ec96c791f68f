"""凭单制, 框架协议: several are admitted by the order of the review; the law's own order asks more from 2022."""

from __future__ import annotations

from datetime import date

import pytest

from gongyue.contracts.models import Contract
from gongyue.disclosure.queries import notices_of
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Obligation, Role
from gongyue.kernel.regimes import current
from gongyue.ledger.sequence import sequence
from gongyue.tendering.models import AwardNotice, Bid, Challenge, Tender
from tests.chengdu import CODE, Chengdu, chengdu
from tests.tendering.disputing import ANSWER, LETTER
from tests.vouchers import PRICES, TERMS, agree, scored

__all__ = ["chengdu"]
pytestmark = pytest.mark.django_db


def refused(town: Chengdu, places: int, on: str) -> list[str]:
    return town.refused("tender.award", town.latest(Tender), on, places=str(places))


@pytest.mark.clause("CD-19a")
def test_under_chengdu_alone_several_are_admitted_and_the_list_is_published(chengdu: Chengdu) -> None:
    on = "2018-04-12"
    scored(chengdu, on)
    assert refused(chengdu, 1, on) == ["framework-several"]
    chengdu.act("tender.award", chengdu.latest(Tender), on, places="3")  # nobody has to fall out yet
    assert chengdu.purchase is not None
    sequence()
    names = [post.organisation.name for post in chengdu.social]
    notice = next(one for one in notices_of(chengdu.purchase) if one.kind == "award")
    assert notice.values["input.chosen"] == "；".join(
        f"{place}. {name}（{price // 100}.00 元）"
        for place, (name, price) in enumerate(zip(names, PRICES, strict=True), 1)
    )
    roles = Role.objects.filter(purchase=chengdu.purchase, capacity="provider").order_by("pk")
    assert [role.organisation.name for role in roles] == names
    for index, post in enumerate(chengdu.social):
        seed = str(post.organisation_id)
        chengdu.act("awardnotice.send", None, on, seed=seed, number=f"锦采中〔2018〕{index}号", sent_on=on)
    assert AwardNotice.objects.count() == 3
    first = agree(chengdu, 0, on, "2019-04-11")
    assert (first.provider, first.amount_fen, first.schedule) == (chengdu.social[0].organisation, PRICES[0], [])
    waiting = Obligation.objects.filter(purchase=chengdu.purchase, action="contract.draft", is_open=True)
    assert waiting.count() == 1
    agree(chengdu, 2, on, "2019-04-11")
    assert [one.amount_fen for one in Contract.objects.order_by("pk")] == [PRICES[0], PRICES[2]]


def test_from_2022_on_one_at_least_falls_out_and_two_years_are_the_rule(chengdu: Chengdu) -> None:
    on = "2022-04-12"
    scored(chengdu, on)
    assert refused(chengdu, 3, on) == ["framework-one-out"]
    chengdu.act("tender.award", chengdu.latest(Tender), on, places="2")
    seed = str(chengdu.social[1].organisation_id)
    terms = {"number": "锦民框〔2022〕2号", "starts_on": on, "ends_on": "2024-04-12", "amount": "130"}
    assert chengdu.refused("contract.draft", None, on, seed=seed, **terms) == ["framework-term"]


def test_where_several_were_admitted_a_founded_challenge_makes_it_begin_anew(chengdu: Chengdu) -> None:
    scored(chengdu, "2018-04-12")
    chengdu.act("tender.award", chengdu.latest(Tender), "2018-04-12", places="2")
    third = chengdu.social[2]
    chengdu.act("challenge.lodge", None, "2018-04-16", actor=third, seed="result", **LETTER)
    effect = {"effect": "may", "effect_reason": "涉及得分。"}
    chengdu.act("challenge.accept", chengdu.latest(Challenge), "2018-04-17", **effect)
    upheld = ANSWER | {"outcome": "upheld", "then": "next"}
    challenge = chengdu.latest(Challenge)
    assert chengdu.refused("challenge.answer", challenge, "2018-04-18", **upheld) == ["answer-where-several-won"]
    chengdu.act("challenge.answer", challenge, "2018-04-18", **upheld | {"then": "anew"})
    owed = Obligation.objects.filter(purchase=chengdu.purchase, is_open=True, action__startswith="tender.")
    assert list(owed.values_list("rule", "action")) == [("start-again", "tender.annul")]
    chengdu.act("tender.annul", chengdu.latest(Tender), "2018-04-19", reason="按质疑答复重新开展")
    assert list(owed.values_list("action", flat=True)) == ["tender.draft"]
    assert not Role.objects.filter(purchase=chengdu.purchase, capacity="provider", until=None).exists()


REFUSED = {"refusal": "四月十三日来函，称人员不足，不再签订。", "reason": "入围供应商拒绝签订合同"}


def owed(town: Chengdu, action: str) -> list[tuple[str, str]]:
    rows = Obligation.objects.filter(purchase=town.purchase, is_open=True, action=action).order_by("pk")
    return list(rows.values_list("rule", "subject"))


def serving(town: Chengdu) -> list[str]:
    rows = Role.objects.filter(purchase=town.purchase, capacity="provider", until=None).order_by("pk")
    return [role.organisation.name for role in rows]


def drafted(town: Chengdu, index: int, on: str) -> Contract:
    """Not accepted yet."""
    terms = TERMS | {"starts_on": on, "ends_on": "2019-04-11", "amount": str(PRICES[index] // 100)}
    seed = str(town.social[index].organisation_id)
    contract: Contract = town.act("contract.draft", None, on, seed=seed, number=f"锦民框{index}号", **terms)
    return contract


def refuser(town: Chengdu, index: int) -> dict[str, str]:
    return {"refuser": str(Bid.objects.get(organisation=town.social[index].organisation).pk)} | REFUSED


def test_where_one_of_several_refuses_to_sign_the_next_takes_its_place_and_the_others_stay(chengdu: Chengdu) -> None:
    scored(chengdu, "2018-04-12")
    chengdu.act("tender.award", chengdu.latest(Tender), "2018-04-12", places="2")
    first, second, third = (post.organisation for post in chengdu.social)
    signed = agree(chengdu, 1, "2018-04-12", "2019-04-11")
    given_up = drafted(chengdu, 0, "2018-04-12")
    assert owed(chengdu, "contract.sign") == [("sign-each-contract", given_up.key)]
    tender = chengdu.latest(Tender)
    had = chengdu.refused("tender.give_up", tender, "2018-04-16", place="next", **refuser(chengdu, 1))
    assert had == ["one-refused-before-signing"]
    chengdu.act("tender.give_up", tender, "2018-04-16", place="next", **refuser(chengdu, 0))
    assert [bid.organisation for bid in chengdu.latest(Tender).winners] == [second, third]
    assert (chengdu.latest(Tender).winner.organisation, chengdu.latest(Tender).state) == (second, "awarded")
    assert serving(chengdu) == [second.name, third.name]
    assert Contract.objects.get(pk=signed.pk).state == "signed"
    assert (owed(chengdu, "contract.sign"), owed(chengdu, "contract.accept")) == ([], [])
    assert owed(chengdu, "contract.draft") == [("draft-with-who-takes-the-place", f"contract#{third.pk}")]
    assert ("notify-who-takes-the-procured-place", f"awardnotice#{third.pk}") in owed(chengdu, "awardnotice.send")
    notice = Obligation.objects.get(purchase=chengdu.purchase, rule="notify-who-takes-the-procured-place")
    assert notice.due_on == date(2018, 4, 18)
    on = "2018-04-17"
    assert chengdu.refused("contract.accept", given_up, on, actor=chengdu.social[0], confirmed="on") == [
        "kernel.capacity"
    ]
    third_contract = drafted(chengdu, 2, on)
    assert (owed(chengdu, "contract.draft"), third_contract.provider) == ([], third)
    due = Obligation.objects.get(purchase=chengdu.purchase, is_open=True, rule="sign-each-contract")
    assert (due.subject, due.counted_from, due.due_on) == (third_contract.key, date(2018, 4, 16), date(2018, 5, 16))
    assert chengdu.purchase is not None
    sequence()
    told = [one for one in notices_of(chengdu.purchase) if one.kind == "award"]
    assert sorted(one.values["input.chosen"] for one in told) == sorted(
        [
            f"1. {first.name}（120.00 元）；2. {second.name}（130.00 元）",
            f"2. {second.name}（130.00 元）；3. {third.name}（140.00 元）",
        ]
    )


def test_the_place_of_whoever_refuses_may_stay_empty(chengdu: Chengdu) -> None:
    scored(chengdu, "2018-04-12")
    chengdu.act("tender.award", chengdu.latest(Tender), "2018-04-12", places="2")
    first, second, _third = (post.organisation for post in chengdu.social)
    chengdu.act("tender.give_up", chengdu.latest(Tender), "2018-04-16", place="empty", **refuser(chengdu, 1))
    assert ([bid.organisation for bid in chengdu.latest(Tender).winners], serving(chengdu)) == ([first], [first.name])
    assert owed(chengdu, "contract.draft") == [("draft-contract", "")]
    alone = chengdu.attempt(
        "tender.give_up", chengdu.latest(Tender), "2018-04-16", place="empty", **refuser(chengdu, 0)
    )
    assert (alone.entry, list(alone.form.errors)) == (None, ["place"])
    assert drafted(chengdu, 0, "2018-04-17").provider == first
    assert owed(chengdu, "contract.draft") == []


def test_what_waited_for_the_refuser_alone_ends_with_its_place(chengdu: Chengdu) -> None:
    scored(chengdu, "2018-04-12")
    chengdu.act("tender.award", chengdu.latest(Tender), "2018-04-12", places="2")
    agree(chengdu, 0, "2018-04-12", "2019-04-11")
    assert owed(chengdu, "contract.draft") == [("draft-next-contract", "")]
    chengdu.act("tender.give_up", chengdu.latest(Tender), "2018-04-16", place="empty", **refuser(chengdu, 1))
    assert owed(chengdu, "contract.draft") == []
    assert chengdu.purchase is not None
    assert (
        Contract.unborn(Dossier(chengdu.purchase, at=chengdu.at("2018-04-17"), regime=current(CODE)), chengdu.writer)
        == []
    )


def test_once_a_framework_is_concluded_nobody_is_added(chengdu: Chengdu) -> None:
    on = "2022-04-12"
    scored(chengdu, on)
    chengdu.act("tender.award", chengdu.latest(Tender), on, places="2")
    terms = {"acknowledge-framework-term": "x"}
    agree(chengdu, 0, on, "2023-04-11", **terms)
    tender = chengdu.latest(Tender)
    assert chengdu.refused("tender.give_up", tender, "2022-04-13", place="next", **refuser(chengdu, 1)) == [
        "framework-not-added-to"
    ]
    chengdu.act("tender.give_up", tender, "2022-04-13", place="empty", **refuser(chengdu, 1))
    assert serving(chengdu) == [chengdu.social[0].organisation.name]
