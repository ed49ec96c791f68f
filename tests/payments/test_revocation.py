"""A filed contract whose award fell is revoked, as long as nothing was done under it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongyue.contracts.models import Contract, current, filed, standing
from gongyue.delivery.models import ServiceRecord
from gongyue.demonstration.line import Line
from gongyue.kernel.models import Obligation
from gongyue.tendering.models import Challenge, Tender
from tests.contracts import stages
from tests.tendering.disputing import ANSWER, LETTER, accept, contested, loser, tried

pytestmark = pytest.mark.django_db
ON = date(2018, 9, 28)


@pytest.fixture
def fallen(line: Line) -> Line:
    """Filed on 19 September 2018; the award falls on the 26th and goes to the next on the 27th."""
    contested(line)
    terms = stages.TERMS | {"starts_on": "2018-10-15", "ends_on": "2019-10-14"}
    line.act("contract.draft", None, date(2018, 9, 18), **terms)
    line.act("contract.approve", line.contract(), date(2018, 9, 18), approval_number="1号")
    line.act("contract.accept", line.contract(), date(2018, 9, 18))
    line.act("contract.sign", line.contract(), date(2018, 9, 18), signed_on="2018-09-18", originals="4")
    line.act("contract.file", line.contract(), date(2018, 9, 19), filing_number="2号")
    line.act("challenge.lodge", None, date(2018, 9, 20), actor=loser(line), seed="result", **LETTER)
    accept(line, "2018-09-21", effect="halt")
    upheld = ANSWER | {"outcome": "upheld", "then": "next"}
    line.act("challenge.answer", line.latest(Challenge), date(2018, 9, 25), **upheld)
    line.act("tender.next", line.latest(Tender), date(2018, 9, 26), reason="第一名得分误记")
    line.act("tender.award", line.latest(Tender), date(2018, 9, 27))
    return line


def revocation(line: Line) -> dict[str, Any]:
    paper = SimpleUploadedFile("撤销通知.pdf", b"%PDF-1.4\n%%EOF")
    return {
        "actor": line.cast.bureaus[line.district][0], "revoked_on": "2018-09-28", "reason": "中标结果已取消。",
        "unperformed": "on", "decision": paper,
    }  # fmt: skip


def test_what_was_filed_is_revoked_with_all_that_was_owed_under_it(fallen: Line) -> None:
    line, contract = fallen, fallen.contract()
    told = Obligation.objects.get(purchase=line.purchase, rule="revoke-contract-as-answered")
    assert (told.is_open, told.organisation) == (True, line.cast.bureaus[line.district][0].organisation)
    assert not Obligation.objects.filter(purchase=line.purchase, action="contract.draft", is_open=True).exists()
    under = Obligation.objects.filter(purchase=line.purchase, is_open=True)
    of_contract = {"submit-claim", "half-year-plan", "midterm-assessment", "submit-use-plan", "copy-to-finance"}
    assert set(under.filter(rule__in=of_contract).values_list("rule", flat=True)) == of_contract
    assert filed(line.dossier(ON)) == [contract]
    assert tried(line, "contract.revoke", contract, "2018-09-28", **revocation(line)) == []
    assert list(under.filter(rule__in=of_contract)) == []
    told.refresh_from_db()
    assert (told.is_open, told.met_at is not None) == (False, True)
    assert set(under.values_list("action", flat=True)) >= {"contract.draft", "contract.sign"}
    dossier = line.dossier(ON)
    assert (filed(dossier), standing(dossier), current(dossier)) == ([], [], None)
    terms = stages.TERMS | {"number": "购2号", "amount": "1960000"}
    terms["instalments"] = [{"due_on": "2018-12-01", "amount": "1960000", "requires": ""}]
    line.act("contract.draft", None, ON, **terms | {"starts_on": "2018-10-15", "ends_on": "2019-10-14"})
    again = Contract.objects.filter(purchase=line.purchase).latest("pk")
    assert (again.pk != contract.pk, again.provider) == (True, loser(line).organisation)
    assert standing(line.dossier(ON)) == [again]
    assert set(Contract.objects.filter(purchase=line.purchase)) == {contract, again}
    assert list(Contract.objects.standing().filter(purchase=line.purchase)) == [again]


def test_what_was_served_is_for_the_court(fallen: Line) -> None:
    record = {"state": "entered", "version": 1, "served_on": ON, "service_kind": "case", "item": "探访"}
    ServiceRecord.objects.create(purchase=fallen.purchase, **record)
    type(fallen.purchase).objects.filter(pk=fallen.purchase.pk).update(kinds=None)
    assert tried(fallen, "contract.revoke", fallen.contract(), "2018-09-28", **revocation(fallen)) == [
        "revoke-unperformed"
    ]
