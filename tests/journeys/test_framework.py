"""凭单制, 框架协议: several are admitted by the order of the review; the law's own order asks more from 2022."""

from __future__ import annotations

import pytest

from gongyue.contracts.models import Contract
from gongyue.disclosure.queries import notices_of
from gongyue.kernel.models import Obligation, Role
from gongyue.ledger.sequence import sequence
from gongyue.tendering.models import AwardNotice, Challenge, Tender
from tests.chengdu import Chengdu, chengdu
from tests.tendering.disputing import ANSWER, LETTER
from tests.vouchers import PRICES, agree, scored

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
