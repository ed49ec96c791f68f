"""Chengdu's contract: ten contents before it is accepted; its check at the end, by another, decides on renewal."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from gongyue.contracts.models import Acceptance, Contract
from gongyue.contracts.paper import words
from gongyue.kernel.models import Obligation
from gongyue.kernel.regimes import current
from gongyue.tendering.models import Bid, Tender
from tests.chengdu import REQUIREMENT, Chengdu, chengdu
from tests.parties.acts import errors

__all__ = ["chengdu"]
pytestmark = pytest.mark.django_db
FURTHER = {
    "service_range": "锦江区", "subject_matter": "居家探访", "quantity_terms": "2400 次",
    "check_terms": "按季度考核付款", "breach_terms": "逾期每日万分之五", "dispute_terms": "向人民法院起诉",
}  # fmt: skip
TERMS = {
    "service_requirements": "居家探访", "quality_standard": "见需求", "payment_method": "按季度",
    "rights_duties": "见附件", **FURTHER,
}  # fmt: skip


@pytest.fixture
def awarded(chengdu: Chengdu) -> Chengdu:
    """An item of 2018, its requirement, and an award whose rows are written here."""
    chengdu.open()
    chengdu.research()
    chengdu.estimate()
    chengdu.propose()
    chengdu.approve_item()
    chengdu.commit("360000")
    chengdu.act("requirement.draft", None, "2018-02-09", **REQUIREMENT)
    assert chengdu.purchase is not None
    moment = chengdu.at("2018-04-02")
    tender = Tender.objects.create(
        purchase=chengdu.purchase, title="独居长者关怀", ceiling_fen=36_000_000, requirement="见需求",
        quality_standard="见需求", renewal_announced=True, state="scored", version=5, announced_at=moment,
    )  # fmt: skip
    bid = Bid.objects.create(
        purchase=chengdu.purchase, tender=tender, organisation=chengdu.social[0].organisation, price_fen=35_000_000,
        submitted_at=moment - timedelta(days=1), state="qualified", version=2,
    )  # fmt: skip
    Tender.objects.filter(pk=tender.pk).update(state="awarded", winner=bid, awarded_at=moment)
    chengdu.purchase.refresh_from_db()
    chengdu.purchase.kinds = sorted({*(chengdu.purchase.kinds or ()), "tender", "bid"})
    chengdu.purchase.save(update_fields=["kinds"])
    chengdu.purchase.roles.create(
        organisation=chengdu.social[0].organisation, capacity="provider", since=moment.date()
    )  # fmt: skip
    return chengdu


def draft(town: Chengdu, **changed: Any) -> Contract:
    rows = [{"due_on": "2018-07-31", "amount": "350000", "requires": ""}]
    given = {"number": "CD-1", "amount": "350000", "starts_on": "2018-05-01", "ends_on": "2019-04-30", **TERMS}
    row: Contract = town.act("contract.draft", None, "2018-04-09", **given | {"instalments": rows} | changed)
    return row


def concluded(town: Chengdu) -> Contract:
    row = draft(town)
    town.act("contract.accept", row, "2018-04-10", actor=town.social[0], confirmed="on")
    done: Contract = town.act("contract.sign", row, "2018-04-11", signed_on="2018-04-11", originals="4")
    return done


@pytest.mark.clause("CD-22")
@pytest.mark.parametrize("lacking", [*FURTHER, "quality_standard", "payment_method", "rights_duties"])
def test_a_contract_that_lacks_a_content_is_not_accepted(awarded: Chengdu, lacking: str) -> None:
    row = draft(awarded, **{lacking: ""})
    tried = awarded.refused("contract.accept", row, "2018-04-10", actor=awarded.social[0], confirmed="on")
    assert tried == ["contract-complete"]


@pytest.mark.clause("CD-22")
def test_ten_contents_are_kept_and_printed(awarded: Chengdu) -> None:
    row = concluded(awarded)
    assert (row.state, row.missing, row.unstated) == ("signed", [], [])
    assert {name: getattr(row, name) for name in TERMS} == TERMS
    assert awarded.purchase is not None
    paper = words(row, awarded.purchase, current("cn-sc-chengdu"), awarded.at("2018-04-12").date())
    assert paper["further"] == [
        "服务范围：锦江区", "服务标的：居家探访", "服务数量：2400 次",
        "与付款挂钩的验收标准或者考核办法：按季度考核付款",
        "违约责任：逾期每日万分之五", "解决争议的方法：向人民法院起诉",
    ]  # fmt: skip


def check(**changed: Any) -> dict[str, Any]:
    items = [{"item": "探访", "found": "完成 2410 次", "result": "passed"}]
    given = {"by": "purchaser", "checked_on": "2019-04-30", "items": items, "result": "passed", "opinion": "按期完成。"}
    return given | changed


@pytest.mark.clause("CD-17")
def test_whoever_signed_it_does_not_check_it(awarded: Chengdu) -> None:
    concluded(awarded)
    owed = Obligation.objects.get(purchase=awarded.purchase, rule="check-contract", is_open=True)
    assert str(owed.due_on) == "2019-04-30"
    assert awarded.refused("acceptance.record", None, "2019-04-30", **check()) == ["kernel.incompatible"]
    row: Acceptance = awarded.act("acceptance.record", None, "2019-04-30", actor=awarded.reviewer, **check())
    assert (row.state, row.nature, row.result, row.items[0]["found"]) == (
        "recorded", "continuing", "passed", "完成 2410 次",
    )  # fmt: skip


def test_a_third_party_has_a_name_and_a_day_is_within_the_contract(awarded: Chengdu) -> None:
    concluded(awarded)
    given = check(by="third_party", checked_on="2018-04-10")
    tried = awarded.attempt("acceptance.record", None, "2019-04-30", actor=awarded.reviewer, **given)
    assert errors(tried) == {"third_party": ["请填写受委托的第三方机构"], "checked_on": ["不能早于合同签订日期"]}


RENEWED = {
    "number": "CD-2", "amount": "350000", "starts_on": "2019-05-01", "ends_on": "2020-04-30", **TERMS,
    "instalments": [{"due_on": "2019-07-31", "amount": "350000", "requires": ""}],
}  # fmt: skip


@pytest.mark.clause("CD-23a", "CD-23b")
def test_the_check_at_the_end_of_the_year_decides_on_the_next(awarded: Chengdu) -> None:
    row = concluded(awarded)
    tried = awarded.refused("contract.renew", row, "2019-05-06", actor=awarded.reviewer, **RENEWED)
    assert tried == ["renewal-verdict", "renewal-money"]
    awarded.act("acceptance.record", None, "2019-05-06", actor=awarded.reviewer, **check())
    awarded.act(
        "fund.open", None, "2019-05-06", actor=awarded.finance, name="购买服务", year="2019", purpose="programme",
        programme="", indicator_number="锦财〔2019〕7号", amount="350000",
    )  # fmt: skip
    awarded.act("contract.renew", row, "2019-05-07", **RENEWED)
    second: Contract = awarded.latest(Contract)
    assert (second.state, second.year_number, second.renews, second.breach_terms) == (
        "drafted", 2, row, TERMS["breach_terms"],
    )  # fmt: skip


@pytest.mark.clause("CD-23a")
def test_with_its_renewals_a_service_lasts_three_years_at_most(awarded: Chengdu) -> None:
    row = concluded(awarded)
    awarded.act("acceptance.record", None, "2019-05-06", actor=awarded.reviewer, **check())
    awarded.act(
        "fund.open", None, "2019-05-06", actor=awarded.finance, name="购买服务", year="2019", purpose="programme",
        programme="", indicator_number="锦财〔2019〕7号", amount="350000",
    )  # fmt: skip
    longer = RENEWED | {"ends_on": "2021-05-01"}
    assert awarded.refused("contract.renew", row, "2019-05-07", **longer) == ["renewals-at-most-three-years"]
    assert awarded.refused("contract.renew", row, "2019-05-07", **RENEWED | {"ends_on": "2029-04-30"}) == [
        "renewals-at-most-three-years"
    ]
    awarded.act("contract.renew", row, "2019-05-07", **RENEWED | {"ends_on": "2021-04-30"})
    second: Contract = awarded.latest(Contract)
    assert str(second.ends_on) == "2021-04-30"


@pytest.mark.clause("CD-23b")
def test_a_check_that_failed_ends_it(awarded: Chengdu) -> None:
    row = concluded(awarded)
    awarded.act("acceptance.record", None, "2019-05-06", actor=awarded.reviewer, **check(result="failed"))
    tried = awarded.refused("contract.renew", row, "2019-05-06", **RENEWED)
    assert "renewal-verdict" in tried
