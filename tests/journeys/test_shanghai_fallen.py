"""Jing'an's award falls upon a challenge: whoever comes next gets a contract, whatever had become of the first."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongyue.contracts.models import Contract
from gongyue.kernel.models import Obligation
from gongyue.tendering.models import Challenge, Tender
from tests.journeys.test_methods import FACTORS, at, consulted, offers, score
from tests.tendering.disputing import ANSWER, LETTER
from tests.tendering.shanghai import Town, rules

pytestmark = [pytest.mark.django_db, pytest.mark.once]
FIRST, NEXT = 1, 0  # of the organisations: who wins at first, and who comes next
DRAFTED, LODGED, ANSWERED = date(2018, 3, 19), date(2018, 3, 20), date(2018, 3, 22)
FELL, AGAIN = date(2018, 3, 23), date(2018, 3, 26)


@pytest.fixture
def town() -> Town:
    """A consultation is won by the first of three on 17 March 2018."""
    town = consulted(date(2018, 3, 1), FACTORS, {0: "290000", 1: "280000", 3: "295000"})
    end = {"offers_due_at": "2018-03-15T10:00", "representatives": "0"}
    town.act("tender.conclude", town.latest(Tender), date(2018, 3, 14), town.purchaser, **end)
    offers(town, date(2018, 3, 14), {0: "200000", 1: "100000", 3: "290000"})
    town.act("tender.unseal", town.latest(Tender), at("2018-03-15T10:00"), town.purchaser, attendance="小组三人")
    score(town, date(2018, 3, 16), {0: "75", 1: "70", 3: "60"})
    town.act("tender.recommend", town.latest(Tender), date(2018, 3, 16), town.purchaser, report="按评审因素打分")
    town.act("tender.award", town.latest(Tender), date(2018, 3, 17), town.purchaser)
    assert town.latest(Tender).winner.organisation == town.social[FIRST].organisation
    return town


def drafted(town: Town, on: date, contract: Contract | None = None, number: str = "1号") -> Contract:
    yuan = f"{town.latest(Tender).winner.price_fen // 100}"
    terms = {
        "number": f"静民购〔2018〕{number}", "starts_on": "2018-06-01", "ends_on": "2019-05-31", "amount": yuan,
        "service_requirements": "每月探访两次", "quality_standard": "服务记录完整", "payment_method": "一次支付",
        "rights_duties": "按约定", "instalments": [{"number": "1", "due_on": "2018-12-01", "amount": yuan}],
    }  # fmt: skip
    found: Contract = town.act("contract.draft", contract, on, town.purchaser, **terms)
    return found


def fallen(town: Town, then: str = "next") -> None:
    """The second of the ranking challenges the result and is right."""
    lodged = town.unborn("challenge.lodge", LODGED, town.social[NEXT], seed="result")
    town.act("challenge.lodge", lodged, LODGED, town.social[NEXT], **LETTER)
    said: dict[str, Any] = {"effect": "may", "effect_reason": "涉及得分。"}
    town.act("challenge.accept", town.latest(Challenge), LODGED, town.purchaser, **said)
    upheld = ANSWER | {"outcome": "upheld", "then": then}
    town.act("challenge.answer", town.latest(Challenge), ANSWERED, town.purchaser, **upheld)
    act = "tender.next" if then == "next" else "tender.annul"
    town.act(act, town.latest(Tender), FELL, town.purchaser, reason="得分误记")


def owed(town: Town, *names: str) -> list[tuple[str, str]]:
    """Of these actions what is owed, and by whom."""
    rows = Obligation.objects.filter(purchase=town.purchase, is_open=True, action__in=names).order_by("rule")
    return [(row.action, row.organisation.name if row.organisation else "") for row in rows]


def test_what_was_drafted_is_returned_and_drafted_again_with_the_next(town: Town) -> None:
    bureau, first, following = town.purchaser.organisation, town.social[FIRST], town.social[NEXT]
    contract = drafted(town, DRAFTED)
    assert owed(town, "contract.accept", "contract.sign") == [
        ("contract.accept", first.organisation.name), ("contract.sign", bureau.name),
    ]  # fmt: skip
    fallen(town)
    assert owed(town, "contract.accept", "contract.sign", "contract.draft") == []
    town.act("tender.award", town.latest(Tender), AGAIN, town.purchaser)
    assert rules(town.attempt("contract.accept", contract, AGAIN, first, confirmed="on")) == ["kernel.capacity"]
    assert rules(town.attempt("contract.accept", contract, AGAIN, following, confirmed="on")) == [
        "contract-with-winner"
    ]
    returned = town.act("contract.return", contract, AGAIN, town.purchaser, reason="中标结果已取消。")
    assert returned.state == "returned"
    again = drafted(town, AGAIN, returned)
    assert (again.pk, again.provider, again.amount_fen) == (contract.pk, following.organisation, 20_000_000)
    assert owed(town, "contract.accept", "contract.draft") == [("contract.accept", following.organisation.name)]
    assert town.act("contract.accept", again, AGAIN, following, confirmed="on").state == "accepted"


def test_what_was_accepted_is_returned_too(town: Town) -> None:
    contract = drafted(town, DRAFTED)
    town.act("contract.accept", contract, DRAFTED, town.social[FIRST], confirmed="on")
    fallen(town)
    returned = town.act("contract.return", contract, FELL, town.purchaser, reason="中标结果已取消。")
    assert (returned.state, returned.accepted_on) == ("returned", None)
