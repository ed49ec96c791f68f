"""For whom a purchase is made and who acts for that government: recorded apart, with the paper, before any tender."""

from __future__ import annotations

from datetime import date

import pytest

from gongyue.budget.models import PlanItem
from gongyue.demonstration.line import Line
from gongyue.demonstration.papers import PAPERS
from gongyue.kernel.models import Obligation, Purchase
from gongyue.programmes.facts import AuthorityFacts
from gongyue.programmes.models import Authority
from gongyue.tendering.models import Tender
from tests.parties.acts import attempt, done, errors, refusals
from tests.town import DISTRICT


@pytest.fixture
def ready(line: Line) -> Line:
    """Everything a tender rests on is there but the authority."""
    line.open(date(2010, 8, 3))
    line.act("needs.start", None, date(2010, 8, 4))
    line.assess_needs(date(2010, 8, 10), date(2010, 8, 10))
    line.plan(date(2010, 8, 11), date(2010, 8, 12), date(2010, 8, 13))
    line.act("item.propose", None, date(2010, 9, 1))
    line.act("item.approve", line.latest(PlanItem), date(2010, 9, 2))
    return line


def given(line: Line, **data: object) -> dict[str, object]:
    return PAPERS["authority.record"](line, Authority(purchase=line.purchase), date(2010, 9, 3)) | data


@pytest.mark.clause("GZ-P-1.2")
def test_principal_and_representative_are_kept_apart_with_the_paper(line: Line) -> None:
    purchase: Purchase = line.open(date(2010, 8, 3))
    bureau = line.cast.bureaus[DISTRICT][0]
    found = done(attempt("authority.record", Authority(purchase=purchase), bureau, "2010-09-03", **given(line)))
    assert (found.level, found.principal) == ("district", "越秀区人民政府")
    assert (found.representative.name, found.body) == ("越秀区民政局", "department")
    assert (found.document_number, found.issued_on) == ("区府办函〔2010〕第 6 号（演示）", date(2010, 7, 20))
    facts = AuthorityFacts.of(line.dossier(date(2010, 9, 3)))
    assert facts == AuthorityFacts(recorded=True, level="district", issued_on=date(2010, 7, 20))
    line.act("authority.record", None, date(2010, 9, 4), level="city")
    assert line.latest(Authority).principal == "广州市人民政府"
    assert Authority.objects.filter(purchase=purchase).count() == 2


@pytest.mark.clause("GZ-P-1.2")
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"document_number": " "}, {"document_number": ["这个字段是必填项。"]}),
        ({"issued_on": "2010-09-04"}, {"issued_on": ["授权文件的日期晚于今天"]}),
        ({"level": "street"}, {"level": ["选择一个有效的选项。 street 不在可用的选项中。"]}),
        ({"representative": ""}, {"representative": ["这个字段是必填项。"]}),
    ],
)
def test_what_is_missing_or_wrong_is_said_at_its_field(line: Line, wrong: dict[str, str], said: object) -> None:
    purchase, bureau = line.open(date(2010, 8, 3)), line.cast.bureaus[DISTRICT][0]
    outcome = attempt("authority.record", Authority(purchase=purchase), bureau, "2010-09-03", **given(line, **wrong))
    assert errors(outcome) == said
    assert not Authority.objects.filter(purchase=purchase).exists()


@pytest.mark.clause("GZ-P-1.2")
def test_only_the_purchaser_records_it(line: Line) -> None:
    purchase, street = line.open(date(2010, 8, 3)), line.cast.streets[line.street.pk]
    outcome = attempt("authority.record", Authority(purchase=purchase), street, "2010-09-03", **given(line))
    assert refusals(outcome) == ["kernel.capacity"]


def test_a_body_outside_the_government_represents_nobody(line: Line) -> None:
    purchase, bureau = line.open(date(2010, 8, 3)), line.cast.bureaus[DISTRICT][0]
    outside = given(line, representative=line.cast.social[0].organisation_id)
    outcome = attempt("authority.record", Authority(purchase=purchase), bureau, "2010-09-03", **outside)
    assert list(errors(outcome)) == ["representative"]


@pytest.mark.clause("GZ-P-1.2")
def test_no_tender_is_issued_before_the_authority_is_recorded(ready: Line) -> None:
    bureau = ready.cast.bureaus[DISTRICT][0]
    ready.act("standardgroup.record", None, date(2010, 9, 3))
    ready.act("tender.draft", None, date(2010, 9, 3))
    ready.act("tender.brief", ready.latest(Tender), date(2010, 9, 4))
    due = Obligation.objects.get(purchase=ready.purchase, action="authority.record")
    assert (str(due.organisation), due.is_open) == ("越秀区民政局", True)
    tender = ready.latest(Tender)
    paper = PAPERS["tender.publish"](ready, tender, date(2010, 9, 24))
    assert refusals(attempt("tender.publish", tender, bureau, "2010-09-24", **paper)) == ["authority-before-tender"]
    ready.act("authority.record", None, date(2010, 9, 24))
    due.refresh_from_db()
    assert not due.is_open
    assert done(attempt("tender.publish", tender, bureau, "2010-09-24", **paper)).state == "announced"


@pytest.mark.clause("GZ-P-1.2")
def test_a_street_that_follows_by_reference_is_warned(ready: Line) -> None:
    Purchase.objects.filter(pk=ready.purchase.pk).update(by_reference=True)
    ready.act("standardgroup.record", None, date(2010, 9, 3))
    ready.act("tender.draft", None, date(2010, 9, 3))
    ready.act("tender.brief", ready.latest(Tender), date(2010, 9, 4))
    tender, bureau = ready.latest(Tender), ready.cast.bureaus[DISTRICT][0]
    paper = PAPERS["tender.publish"](ready, tender, date(2010, 9, 24))
    outcome = attempt("tender.publish", tender, bureau, "2010-09-24", **paper)
    assert [(found.rule, found.severity) for found in outcome.findings] == [("authority-before-tender", "warn")]
    paper["acknowledge-authority-before-tender"] = "授权文件正在补办。"
    assert done(attempt("tender.publish", tender, bureau, "2010-09-24", **paper)).state == "announced"
