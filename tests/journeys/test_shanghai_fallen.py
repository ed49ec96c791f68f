"""Jing'an's award falls upon a challenge: whoever comes next gets a contract, whatever had become of the first."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gongyue.contracts.models import Contract
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Obligation
from gongyue.kernel.offers import find
from gongyue.kernel.regimes import current
from gongyue.payments.models import Claim, Payment
from gongyue.tendering.models import Challenge, Tender
from gongyue.tendering.verifying import verify
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


def fallen(town: Town, then: str = "next", **answer: Any) -> None:
    """The second of the ranking challenges the result and is right."""
    lodged = town.unborn("challenge.lodge", LODGED, town.social[NEXT], seed="result")
    town.act("challenge.lodge", lodged, LODGED, town.social[NEXT], **LETTER)
    said: dict[str, Any] = {"effect": "may", "effect_reason": "涉及得分。"}
    town.act("challenge.accept", town.latest(Challenge), LODGED, town.purchaser, **said)
    upheld = ANSWER | {"outcome": "upheld", "then": then} | answer
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


# --- what was signed already ------------------------------------------------------------------------------------------


def signed(town: Town) -> Contract:
    """Signed with the first on the day it was drafted."""
    contract = drafted(town, DRAFTED)
    town.act("contract.accept", contract, DRAFTED, town.social[FIRST], confirmed="on")
    town.look(DRAFTED, "before")
    sealed = {"signed_on": DRAFTED.isoformat(), "originals": "4"}
    found: Contract = town.act("contract.sign", contract, DRAFTED, town.purchaser, **sealed)
    return found


def revocation(on: date, **data: Any) -> dict[str, Any]:
    paper = SimpleUploadedFile("撤销通知.pdf", b"%PDF-1.4\n%%EOF")
    return {"revoked_on": on.isoformat(), "reason": "中标结果已取消。", "unperformed": "on", "decision": paper} | data


def claim(on: date) -> dict[str, Any]:
    return {
        "invoice_number": "11111111",
        "invoice_on": on.isoformat(),
        "invoice_amount": "100000",
        "progress": "已开展",
    }


def test_what_was_signed_is_revoked_and_the_next_gets_a_contract_of_its_own(town: Town) -> None:
    contract, bureau, following = signed(town), town.purchaser, town.social[NEXT]
    assert rules(town.attempt("contract.revoke", contract, DRAFTED, bureau, **revocation(DRAFTED))) == [
        "revoke-after-fallen-award"
    ]
    fallen(town)
    assert owed(town, "contract.revoke", "contract.draft") == [("contract.revoke", bureau.organisation.name)]
    town.act("tender.award", town.latest(Tender), AGAIN, bureau)
    told = Obligation.objects.get(purchase=town.purchase, action="contract.revoke", is_open=True)
    assert (told.rule, told.due_on) == ("revoke-contract-as-answered", None)
    assert owed(town, "contract.revoke", "contract.draft") == [("contract.revoke", bureau.organisation.name)]
    assert find("contract.draft", actor=bureau, at=town.at(AGAIN), purchase=town.purchase) is None
    unsure = town.attempt("contract.revoke", contract, AGAIN, bureau, **revocation(AGAIN, unperformed=""))
    assert rules(unsure) == ["revoke-unperformed"]
    assert [finding.cite for finding in unsure.findings] == ["procurement-regulation#第七十一条"]
    early = town.attempt("contract.revoke", contract, AGAIN, bureau, **revocation(date(2018, 3, 18)))
    assert early.form.errors.as_data()["revoked_on"][0].code == "early"
    revoked = town.act("contract.revoke", contract, AGAIN, bureau, **revocation(AGAIN))
    assert (revoked.state, revoked.revoked_on, revoked.signed_on) == ("revoked", AGAIN, DRAFTED)
    assert owed(town, "contract.revoke", "contract.draft") == [("contract.draft", bureau.organisation.name)]
    again = drafted(town, AGAIN, number="2号")
    assert (again.pk != contract.pk, again.provider, again.amount_fen) == (True, following.organisation, 20_000_000)
    assert owed(town, "contract.accept", "contract.draft") == [("contract.accept", following.organisation.name)]
    town.act("contract.accept", again, AGAIN, following, confirmed="on")
    town.look(AGAIN, "before")
    sealed = {"signed_on": AGAIN.isoformat(), "originals": "4"}
    assert town.act("contract.sign", again, AGAIN, bureau, **sealed).state == "signed"
    assert [row.contract for row in claims(town)] == [again]
    assert owed(town, "publication.log", "contract.copy_finance", "projectfacts.publish") == [
        ("contract.copy_finance", bureau.organisation.name), ("publication.log", bureau.organisation.name),
        ("projectfacts.publish", following.organisation.name),
    ]  # fmt: skip
    assert list(verify()) == []


def claims(town: Town) -> list[Any]:
    """The instalments that could be claimed now."""
    assert town.purchase is not None
    town.purchase.refresh_from_db()
    dossier = Dossier(town.purchase, at=town.at(AGAIN), regime=current("cn-sh"))
    return [one.instalment for one in Claim.unborn(dossier, town.social[NEXT])]


def test_what_was_owed_under_it_lapses_and_nothing_more_is_claimed(town: Town) -> None:
    contract = signed(town)
    under = ("acceptance.record", "audit.record", "projectfacts.publish", "publication.log", "contract.copy_finance")
    assert {name for name, _whose in owed(town, *under)} == set(under)
    assert [row.contract for row in claims(town)] == [contract]
    fallen(town, "anew")
    town.act("contract.revoke", contract, FELL, town.purchaser, **revocation(FELL))
    assert owed(town, *under) == []
    assert claims(town) == []
    assert find("claim.submit", actor=town.social[FIRST], at=town.at(FELL), purchase=town.purchase) is None


def test_what_was_revoked_before_the_next_is_chosen_keeps_no_contract_back(town: Town) -> None:
    contract = signed(town)
    fallen(town)
    town.act("contract.revoke", contract, FELL, town.purchaser, **revocation(FELL))
    assert owed(town, "contract.revoke", "contract.draft") == []
    town.act("tender.award", town.latest(Tender), AGAIN, town.purchaser)
    rows = Obligation.objects.filter(purchase=town.purchase, action="contract.draft", is_open=True)
    assert [row.rule for row in rows] == ["draft-contract"]


def test_nobody_is_told_to_revoke_what_was_never_signed(town: Town) -> None:
    drafted(town, DRAFTED)
    fallen(town)
    assert owed(town, "contract.revoke") == []


def test_what_was_performed_is_not_to_be_revoked(town: Town) -> None:
    signed(town)
    fallen(town, performed="on")
    assert owed(town, "contract.revoke") == []


def test_a_claim_that_was_handed_in_goes_no_further(town: Town) -> None:
    contract = signed(town)
    asked = town.act("claim.submit", None, LODGED, town.social[FIRST], **claim(LODGED))
    fallen(town)
    assert owed(town, "claim.check") == [("claim.check", town.purchaser.organisation.name)]
    town.act("contract.revoke", contract, FELL, town.purchaser, **revocation(FELL))
    assert owed(town, "claim.check") == []
    assert "nothing-under-revoked" in rules(town.attempt("claim.check", asked, AGAIN, town.purchaser))


def test_what_was_paid_is_for_the_court(town: Town) -> None:
    contract = signed(town)
    asked = town.act("claim.submit", None, LODGED, town.social[FIRST], **claim(LODGED))
    town.act("claim.check", asked, LODGED, town.purchaser)
    fallen(town)
    Payment.objects.filter(claim=asked).update(state="paid", paid_on=LODGED)
    refused = town.attempt("contract.revoke", contract, FELL, town.purchaser, **revocation(FELL))
    assert rules(refused) == ["revoke-unperformed"]
    assert refused.findings[0].figures["revocation.paid_fen"] == 10_000_000


def test_it_is_revoked_from_the_page_of_disputes(town: Town, client: Client) -> None:
    contract = signed(town)
    fallen(town)
    assert town.purchase is not None
    client.force_login(town.purchaser.person)
    page = reverse("desk:purchase-tab", args=[town.purchase.pk, "disputes"])
    link = f"/do/contract.revoke/{contract.pk}/"
    assert f'href="{link}">撤销合同' in client.get(page).content.decode()
    assert "撤销合同的决定或者通知书" in client.get(link).content.decode()
