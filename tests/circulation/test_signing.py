"""A paper between offices: checked by another, signed off in order, numbered without gaps, signed for."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import close_old_connections
from django.test import Client

from gongyue import clock
from gongyue.circulation.models import Copy, Cosignature, SignOff
from gongyue.demonstration.line import Line
from gongyue.demonstration.written.circulation import PAPERS
from gongyue.kernel.models import Obligation, Organisation, Post, Role
from gongyue.kernel.perform import Outcome, perform
from gongyue.kernel.queries import seated_purchase, visible_purchase
from tests.town import at

DAY, NEXT = "2010-09-01", "2010-09-02"


@pytest.fixture
def opened(line: Line) -> Line:
    line.open(date(2010, 8, 3))
    return line


def attempt(name: str, subject: Any, actor: Post, on: str = DAY, **data: Any) -> Outcome:
    if subject.pk:
        subject.refresh_from_db()
    return perform(name, subject, actor=actor, at=at(on), data=data, seen=subject.version, request_id=uuid4())


def does(name: str, subject: Any, actor: Post, on: str = DAY, **data: Any) -> Any:
    outcome = attempt(name, subject, actor, on, **data)
    assert outcome.entry is not None, (outcome.findings, dict(outcome.form.errors))
    return outcome.subject


def refused(outcome: Outcome) -> list[str]:
    assert outcome.entry is None
    return [finding.rule for finding in outcome.findings]


def paper_of(line: Line) -> dict[str, Any]:
    return PAPERS["signoff.draft"](line, None, None)


def drafted(line: Line, on: str = DAY, **changes: Any) -> SignOff:
    handler = line.cast.bureaus[line.district][0]
    unborn = SignOff(purchase=line.purchase)
    return does("signoff.draft", unborn, handler, on, **(paper_of(line) | changes))  # type: ignore[no-any-return]


def checked(line: Line, on: str = DAY, **changes: Any) -> SignOff:
    paper = drafted(line, on, **changes)
    return does("signoff.check", paper, line.cast.bureaus[line.district][1], on)  # type: ignore[no-any-return]


def issued(line: Line, on: str = NEXT, **changes: Any) -> SignOff:
    cast = line.cast
    paper = checked(line, on, **changes)
    for post in (cast.streets[line.street.pk], cast.finances[line.district]):
        does("cosignature.give", Cosignature.objects.get(signoff=paper, state="asked"), post, on, stance="agreed")
    return does("signoff.issue", paper, cast.bureaus[line.district][0], on)  # type: ignore[no-any-return]


def rows(*posts: Post) -> list[dict[str, str]]:
    return [{"organisation": str(post.organisation_id)} for post in posts]


def test_the_one_who_drafts_does_not_check(opened: Line) -> None:
    paper = drafted(opened)
    handler, reviewer = opened.cast.bureaus[opened.district]
    assert refused(attempt("signoff.check", paper, handler)) == ["kernel.incompatible"]
    assert refused(attempt("signoff.check", paper, opened.cast.city[1])) == ["kernel.owner"]
    does("signoff.check", paper, reviewer)


def test_before_the_norm_holds_one_may_do_both(opened: Line) -> None:
    """Its article is not cited before its first day, the thirty-first of August 2010."""
    before = "2010-08-30"
    paper = drafted(opened, before)
    assert does("signoff.check", paper, opened.cast.bureaus[opened.district][0], before).state == "checked"


def test_offices_are_asked_one_after_the_other(opened: Line) -> None:
    cast = opened.cast
    street, finance = cast.streets[opened.street.pk], cast.finances[opened.district]
    paper = checked(opened)
    first = Cosignature.objects.get()
    assert (first.organisation, first.turn, first.state) == (street.organisation, 1, "asked")
    assert refused(attempt("cosignature.give", first, finance, stance="agreed")) == ["kernel.owner"]
    owed = Obligation.objects.filter(action="cosignature.give", is_open=True)
    assert [(row.organisation, row.subject) for row in owed] == [(street.organisation, first.key)]
    does("cosignature.give", first, street, NEXT, stance="agreed")
    second = Cosignature.objects.get(state="asked")
    assert (second.organisation, second.turn) == (finance.organisation, 2)
    assert [(row.organisation, row.subject) for row in owed.all()] == [(finance.organisation, second.key)]
    does("cosignature.give", second, finance, NEXT, stance="agreed")
    assert (owed.all().count(), Cosignature.objects.filter(signoff=paper).count()) == (0, 2)


def test_it_is_not_issued_before_everybody_has_signed(opened: Line) -> None:
    paper = checked(opened)
    handler = opened.cast.bureaus[opened.district][0]
    outcome = attempt("signoff.issue", paper, handler)
    assert outcome.form.errors == {"__all__": ["还有 2 个单位没有会签，不能签发"]}
    returned = attempt("signoff.return", paper, handler, reason="改")
    assert returned.form.errors == {"__all__": ["广卫街道办事处正在会签，待其提出意见后再退回"]}


def test_an_opposed_paper_goes_back_and_round_again(opened: Line) -> None:
    cast = opened.cast
    street, (handler, reviewer) = cast.streets[opened.street.pk], cast.bureaus[opened.district]
    paper = checked(opened)
    first = Cosignature.objects.get()
    without = attempt("cosignature.give", first, street, stance="opposed")
    assert without.form.errors == {"text": ["请写明修改意见或不同意的理由"]}
    does("cosignature.give", first, street, stance="opposed", text="场地另有安排")
    assert Cosignature.objects.count() == 1
    assert Obligation.objects.filter(action="cosignature.give", is_open=True).count() == 0
    assert attempt("signoff.issue", paper, handler).form.errors == {"__all__": ["有单位不同意：请退回修改后重新会签"]}
    does("signoff.return", paper, handler, reason="按街道意见修改")
    does("signoff.draft", paper, handler, NEXT, **paper_of(opened))
    does("signoff.check", paper, reviewer, NEXT)
    assert sorted(Cosignature.objects.values_list("round", "turn", "state")) == [(1, 1, "given"), (2, 1, "asked")]


def test_changes_asked_for_are_settled(opened: Line) -> None:
    cast = opened.cast
    finance, handler = cast.finances[opened.district], cast.bureaus[opened.district][0]
    paper = checked(opened, signers=rows(finance))
    does("cosignature.give", Cosignature.objects.get(), finance, stance="changes", text="写明金额")
    assert attempt("signoff.issue", paper, handler).form.errors == {"settled": ["有单位提出修改意见，请写明如何处理"]}
    paper = does("signoff.issue", paper, handler, settled="已写明")
    assert paper.number == "越民函（演示）〔2010〕1号"


def test_numbers_run_without_gaps_by_office_series_and_year(opened: Line) -> None:
    papers = [issued(opened), issued(opened), issued(opened, series="越民（演示）"), issued(opened, "2011-01-05")]
    assert [paper.number for paper in papers] == [
        "越民函（演示）〔2010〕1号", "越民函（演示）〔2010〕2号", "越民（演示）〔2010〕1号",
        "越民函（演示）〔2011〕1号",
    ]  # fmt: skip


def test_it_reaches_those_named_and_they_sign_for_it(opened: Line) -> None:
    cast = opened.cast
    health, women = cast.departments["health"], cast.departments["women"]
    assert seated_purchase(health, opened.purchase.pk, on=date(2010, 9, 1)) is None
    issued(opened)
    first, second = Copy.objects.order_by("-is_main")
    assert (first.organisation, first.is_main, first.state) == (health.organisation, True, "sent")
    assert (second.organisation, second.is_main, second.state) == (cast.city[0].organisation, False, "sent")
    assert seated_purchase(health, opened.purchase.pk, on=date(2010, 9, 2)) == opened.purchase
    assert visible_purchase(health, opened.purchase.pk, on=date(2010, 9, 2)) is None
    assert seated_purchase(women, opened.purchase.pk, on=date(2010, 9, 2)) is None
    assert refused(attempt("copy.read", first, women, NEXT)) == ["kernel.owner"]
    does("copy.read", first, health, "2010-09-03")
    first.refresh_from_db()
    assert (first.state, first.read_on, first.read_by) == ("read", date(2010, 9, 3), health)
    waiting = Obligation.objects.filter(action="copy.read", is_open=True)
    assert [row.organisation for row in waiting] == [cast.city[0].organisation]


def test_offices_are_named_once(opened: Line) -> None:
    cast = opened.cast
    handler, health = cast.bureaus[opened.district][0], cast.departments["health"]
    data = paper_of(opened)

    def errors(**changes: Any) -> dict[str, list[str]]:
        return dict(
            attempt("signoff.draft", SignOff(purchase=opened.purchase), handler, **(data | changes)).form.errors
        )

    assert errors(copied=rows(health)) == {"copied": ["同一单位只列一次"]}
    assert errors(signers=rows(handler)) == {"signers": ["拟稿单位自己不必会签"]}
    stranger = Organisation.objects.get(name__startswith="木棉")
    assert list(errors(main=[{"organisation": str(stranger.pk)}])) == ["main"]
    assert SignOff.objects.count() == 0


def test_the_sheet_is_read_and_printed(opened: Line, settings: Any, client: Client) -> None:
    settings.GONGYUE_DEMONSTRATION = True
    clock.advance(date(2010, 9, 10))
    paper = issued(opened)
    client.force_login(opened.cast.city[0].person)
    page = client.get(f"/purchases/{opened.purchase.pk}/papers/")
    assert (page.status_code, paper.number in page.content.decode()) == (200, True)
    printed = client.get(f"/signoffs/{paper.pk}/").content.decode()
    assert printed.index("广卫街道办事处</td>") < printed.index("越秀区财政局</td>")
    assert client.get("/signoffs/999999/").status_code == 404
    client.force_login(opened.cast.social[0].person)
    assert client.get(f"/signoffs/{paper.pk}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gap_when_many_issue_at_once(opened: Line) -> None:
    others = [Line(opened.cast, opened.district, street) for street in ("建设街", "矿泉街", "北京街")]
    for other in others:
        other.open(date(2010, 8, 3))
    handler = opened.cast.bureaus[opened.district][0]
    papers = [
        checked(line, signers=[], main=rows(opened.cast.city[0]), copied=[])
        for line in (opened, *others)
        for _n in range(3)
    ]

    def issue(paper: SignOff) -> bool:
        try:
            return attempt("signoff.issue", paper, handler, NEXT).entry is not None
        finally:
            close_old_connections()

    with ThreadPoolExecutor(6) as pool:
        assert all(pool.map(issue, papers))
    assert sorted(SignOff.objects.values_list("serial", flat=True)) == list(range(1, 13))
    assert Role.objects.filter(organisation=opened.cast.city[0].organisation, capacity="department").count() == 0
