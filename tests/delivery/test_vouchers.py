"""凭单: issued to whom the conditions were checked, paid with once, at a provider the client chooses."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connections, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from gongyue.delivery.models import Redemption, Voucher, VoucherScheme
from gongyue.delivery.models.vouchers import LETTERS, client_key, new_number, read_number
from gongyue.kernel.models import Document, Obligation
from gongyue.kernel.offers import find
from gongyue.kernel.perform import perform
from gongyue.ledger.models import Entry, Opening
from tests.chengdu import Chengdu, build, chengdu
from tests.vouchers import framed

__all__ = ["chengdu"]
pytestmark = [pytest.mark.django_db, pytest.mark.clause("CD-19b")]
ON, USED = "2018-05-02", "2018-05-10"
SCHEME = {
    "service": "居家探访一次", "value": "150", "per_client": "2", "stock": "3", "expires_on": "2018-12-31",
    "conditions": [{"condition": "年满六十岁", "proof": "身份证"}, {"condition": "独居", "proof": "社区证明"}],
}  # fmt: skip
CLIENT = {"name": "陈秀英", "identity": "510104195001011224", "evidence": "身份证、社区证明", "met": ["1", "2"]}


def begun(town: Chengdu) -> Chengdu:
    """Two providers are contracted with, the scheme is out."""
    framed(town)
    town.act("voucherscheme.set", None, ON, **SCHEME)
    return town


def issue(town: Chengdu, **data: Any) -> Voucher:
    found: Voucher = town.act("voucher.issue", None, ON, **CLIENT | data)
    return found


def pay(voucher: Voucher, **data: Any) -> dict[str, Any]:
    return {"number": voucher.number, "served_on": USED, "amount": "120"} | data


def test_only_to_whom_meets_the_conditions_and_no_more_than_the_scheme_has(chengdu: Chengdu) -> None:
    begun(chengdu)
    assert chengdu.refused("voucher.issue", None, ON, **CLIENT | {"met": ["1"]}) == ["voucher-eligible"]
    first = issue(chengdu)
    issue(chengdu, identity=" 510104 19500101 1224")  # the same person, typed otherwise
    assert chengdu.refused("voucher.issue", None, ON, **CLIENT) == ["voucher-per-client"]
    issue(chengdu, identity="510104194812120021")
    other = CLIENT | {"identity": "510104194711110011"}
    assert chengdu.refused("voucher.issue", None, ON, **other) == ["voucher-stock"]
    chengdu.act("voucher.void", first, ON, cause="lost")
    again = issue(chengdu)
    assert chengdu.refused("voucher.issue", None, "2019-01-01", **other) == ["voucher-stock", "voucher-issued-in-time"]
    assert (again.value_fen, str(again.expires_on), len(again.number)) == (15_000, "2018-12-31", 14)


def test_the_purchaser_issues_and_a_provider_redeems(chengdu: Chengdu) -> None:
    framed(chengdu)
    provider = chengdu.social[0]
    assert chengdu.refused("voucherscheme.set", None, ON, actor=provider, **SCHEME) == ["kernel.capacity"]
    chengdu.act("voucherscheme.set", None, ON, **SCHEME)
    assert chengdu.refused("voucher.issue", None, ON, actor=provider, **CLIENT) == ["kernel.capacity"]
    voucher = issue(chengdu)
    assert chengdu.purchase is not None
    chengdu.purchase.refresh_from_db()
    its = find("redemption.record", actor=provider, at=chengdu.at(USED), purchase=chengdu.purchase)
    assert chengdu.refused("redemption.record", its, USED, **pay(voucher)) == ["kernel.capacity"]


def test_the_client_chooses_whom_it_pays_and_pays_once(chengdu: Chengdu) -> None:
    begun(chengdu)
    voucher, lost = issue(chengdu), issue(chengdu)
    one, two, outside = chengdu.social
    assert find("redemption.record", actor=outside, at=chengdu.at(USED), purchase=chengdu.purchase) is None
    unknown = chengdu.attempt("redemption.record", None, USED, actor=two, **pay(voucher, number="2222-2222-2222"))
    assert unknown.form.errors == {"number": ["本项目没有这张凭单，请核对号码"]}
    dear = chengdu.refused("redemption.record", None, USED, actor=two, **pay(voucher, amount="150.01"))
    assert dear == ["voucher-worth"]
    paid = chengdu.act("redemption.record", None, USED, actor=two, **pay(voucher, number=voucher.number.lower()))
    assert (paid.provider, paid.contract.provider, paid.amount_fen) == (two.organisation, two.organisation, 12_000)
    for post in (one, two):
        assert chengdu.refused("redemption.record", None, USED, actor=post, **pay(voucher)) == ["voucher-once"]
    assert chengdu.refused("voucher.void", voucher, USED, cause="lost") == ["voucher-not-used"]
    chengdu.act("voucher.void", lost, USED, cause="lost")
    assert chengdu.refused("redemption.record", None, USED, actor=one, **pay(lost)) == ["voucher-valid"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Redemption.objects.create(
            purchase=paid.purchase, voucher=voucher, contract=paid.contract, provider=paid.provider, amount_fen=1
        )


def test_it_pays_until_its_last_day(chengdu: Chengdu) -> None:
    begun(chengdu)
    first, second = issue(chengdu), issue(chengdu)
    late = pay(first, served_on="2019-01-01")
    who = chengdu.social[0]
    assert chengdu.refused("redemption.record", None, "2019-01-02", actor=who, **late) == ["voucher-not-expired"]
    chengdu.act("redemption.record", None, "2019-01-02", actor=who, **pay(second, served_on="2018-12-31"))


def test_nobody_reads_who_holds_it_and_it_can_be_forgotten(chengdu: Chengdu) -> None:
    begun(chengdu)
    voucher = issue(chengdu)
    chengdu.act("redemption.record", None, USED, actor=chengdu.social[0], **pay(voucher))
    written = "".join(entry.body for entry in Entry.objects.filter(purchase=voucher.purchase_id))
    assert not any(told in written for told in (CLIENT["name"], CLIENT["identity"], voucher.number, voucher.client_key))
    seen = [voucher.visible_to(post) for post in (chengdu.writer, *chengdu.social)]
    assert seen == [True, False, False, False]
    paid = Redemption.objects.select_related("voucher").get()
    assert [paid.visible_to(post) for post in (chengdu.writer, *chengdu.social)] == [True, True, False, False]
    entry = Entry.objects.get(subject=voucher.key, action="voucher.issue")
    assert {row.path for row in Opening.objects.filter(entry=entry)} == {
        "input.name", "input.identity", "input.evidence",
    }  # fmt: skip
    forgotten = chengdu.act("voucher.erase", voucher, "2018-05-11", asked="client")
    assert (forgotten.client_key, Opening.objects.filter(entry=entry).count(), Document.objects.count()) == (
        voucher.client_key, 0, 0,
    )  # fmt: skip
    chengdu.act("voucher.issue", None, "2018-05-12", **CLIENT)
    assert chengdu.refused("voucher.issue", None, "2018-05-12", **CLIENT) == ["voucher-per-client"]
    assert chengdu.act("voucher.erase", forgotten, "2019-01-02", asked="client").client_key == ""


def test_a_voucher_made_void_keeps_nothing_of_a_holder_who_was_forgotten(chengdu: Chengdu) -> None:
    begun(chengdu)
    first, second = issue(chengdu), issue(chengdu)
    chengdu.act("voucher.erase", first, "2018-05-11", asked="client")
    voided = [chengdu.act("voucher.void", one, "2018-05-12", cause="lost").client_key for one in (first, second)]
    assert voided == ["", second.client_key]
    assert chengdu.act("voucher.erase", second, "2018-05-13", asked="client").client_key == ""


def duties() -> list[tuple[str, str, int | None, Any, bool]]:
    rows = Obligation.objects.filter(rule="erase-holder-key").order_by("pk")
    return [(row.action, row.subject, row.organisation_id, row.due_on, row.is_open) for row in rows]


def test_the_key_of_a_holder_who_was_forgotten_is_owed_after_the_last_day(chengdu: Chengdu) -> None:
    """From the law's first day on: until Thursday 30 December 2021 the vouchers hold."""
    begun(chengdu)
    early, kept, lost = issue(chengdu), issue(chengdu), issue(chengdu, identity="510104194812120021")
    VoucherScheme.objects.update(expires_on=date(2021, 12, 30))
    chengdu.act("voucher.erase", early, "2021-10-31", asked="client")
    assert duties() == []
    for one in (kept, lost):
        assert chengdu.act("voucher.erase", one, "2021-11-01", asked="client").client_key != ""
    office, due = chengdu.writer.organisation_id, date(2021, 12, 31)
    owed = [("voucher.erase", one.key, office, due) for one in (kept, lost)]
    assert duties() == [(*row, True) for row in owed]
    chengdu.act("voucher.void", lost, "2021-11-02", cause="lost")
    assert [row[-1] for row in duties()] == [True, False]
    assert chengdu.act("voucher.erase", kept, "2021-12-31", asked="closed").client_key == ""
    assert duties() == [(*row, False) for row in owed]
    assert Obligation.objects.get(subject=kept.key, rule="erase-holder-key").late_days == 0


def test_a_scheme_stays_within_the_budget_and_the_contracts(chengdu: Chengdu) -> None:
    framed(chengdu)
    for changed, rule in (({"stock": "2401"}, "voucher-money"), ({"expires_on": "2019-04-12"}, "voucher-until")):
        assert chengdu.refused("voucherscheme.set", None, ON, **SCHEME | changed) == [rule]
    assert chengdu.act("voucherscheme.set", None, ON, **SCHEME | {"stock": "2400"}).value_fen == 15_000


@given(st.text(alphabet=LETTERS, min_size=12, max_size=12), st.sampled_from(["", " ", "-", "—"]))
@settings(max_examples=50)
def test_a_number_is_the_same_however_it_is_typed(letters: str, between: str) -> None:
    assert read_number(between.join(letters).lower()) == "-".join((letters[:4], letters[4:8], letters[8:]))
    assert read_number(new_number()).count("-") == 2
    assert client_key(1, letters) != client_key(2, letters)


def test_whatever_is_tried_no_voucher_pays_twice(chengdu: Chengdu) -> None:
    """Any order of tries by both providers: of each voucher the first is done, every other one refused."""
    begun(chengdu)
    vouchers = [issue(chengdu), issue(chengdu)]

    @given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1)), max_size=5))
    @settings(max_examples=12)
    def tried(tries: list[tuple[int, int]]) -> None:
        with transaction.atomic():
            paid: dict[int, int] = {}
            for which, who in tries:
                actor = chengdu.social[who]
                outcome = chengdu.attempt("redemption.record", None, USED, actor=actor, **pay(vouchers[which]))
                assert (outcome.entry is not None) == (which not in paid)
                paid.setdefault(which, actor.organisation_id)
            found = Redemption.objects.values_list("voucher", "provider")
            assert dict(found) == {vouchers[which].pk: office for which, office in paid.items()}
            transaction.set_rollback(True)

    tried()


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_each_voucher_pays_once() -> None:
    """Three vouchers, two providers, four tries each: three are paid, whoever comes first."""
    town = begun(build())
    vouchers = [issue(town), issue(town), issue(town, identity="510104194812120021")]
    assert town.purchase is not None
    town.purchase.refresh_from_db()
    tries = [(post, voucher) for voucher in vouchers for post in (*town.social[:2], *town.social[:2])]

    def attempt(pair: Any) -> str:
        post, voucher = pair
        try:
            subject = find("redemption.record", actor=post, at=town.at(USED), purchase=town.purchase)
            assert subject is not None
            given = {"data": pay(voucher), "seen": 0, "request_id": uuid4()}
            outcome = perform("redemption.record", subject, actor=post, at=town.at(USED), **given)
            return "done" if outcome.entry is not None else ",".join(one.rule for one in outcome.findings)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=6) as pool:
        came = Counter(pool.map(attempt, tries))
    assert came == {"done": 3, "voucher-once": 9}
    assert sorted(Redemption.objects.values_list("voucher", flat=True)) == sorted(one.pk for one in vouchers)
    assert VoucherScheme.objects.get().stock == 3
