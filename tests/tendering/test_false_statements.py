"""The profile frozen in a bid, and what follows when something in a bid is not true."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongyue.demonstration.cast import must
from gongyue.demonstration.line import Line
from gongyue.demonstration.written.parties import PAPERS
from gongyue.desk.words import subject_name
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Obligation, Post
from gongyue.ledger.models import Entry, Opening
from gongyue.parties.profile import ProviderProfile
from gongyue.tendering import queries
from gongyue.tendering.models import Bid, FalseReply, FalseStatement, Tender

from .conftest import DUE, OPENING, attempt, moment, objections, open_bids, score, submit_bids

pytestmark = pytest.mark.django_db


def keep(post: Post, on: date, **changes: Any) -> None:
    profile = ProviderProfile.objects.filter(organisation=post.organisation).first()
    given = PAPERS["profile.keep"](None, None, on) | changes
    must("profile.keep", profile or ProviderProfile(organisation=post.organisation), post, on, given)


@pytest.fixture
def frozen(announced: Line) -> Line:
    """Three bids; the first bidder kept a profile before it bid, and changed it afterwards."""
    bidder = announced.cast.social[0]
    keep(bidder, date(2010, 11, 10), introduction="投标时的简介")
    submit_bids(announced)
    keep(bidder, date(2010, 11, 26), introduction="投标以后改写的简介")
    return announced


def bid_of(line: Line, index: int) -> Bid:
    return Bid.objects.select_related("tender", "organisation").get(
        purchase=line.purchase, organisation=line.cast.social[index].organisation
    )


@pytest.mark.clause("GZ-P-3.2.3c")
def test_a_bid_holds_the_profile_as_it_stood_and_the_leaf_a_commitment_to_it(frozen: Line) -> None:
    bid = bid_of(frozen, 0)
    assert (bid.snapshot["taken_on"], bid.snapshot["profile"]["introduction"]) == ("2010-11-25", "投标时的简介")
    entry = Entry.objects.get(subject=bid.key, action="bid.submit")
    assert list(json.loads(entry.body)["content"]["input"]["snapshot"]) == ["commitment"]
    assert "投标时的简介" not in entry.body
    (shown,) = queries.visible_bids(frozen.purchase, frozen.cast.social[0], DUE)
    assert shown.snapshot == bid.snapshot
    proof = queries.frozen(shown)
    assert proof is not None
    assert (proof.intact, len(proof.digest)) == (True, 64)
    assert bid_of(frozen, 1).snapshot["profile"] is None


def test_a_changed_snapshot_shows_and_one_whose_salt_is_gone_cannot_be_told(frozen: Line) -> None:
    bid = bid_of(frozen, 0)
    Bid.objects.filter(pk=bid.pk).update(snapshot=bid.snapshot | {"taken_on": "2010-11-26"})
    (shown,) = queries.visible_bids(frozen.purchase, frozen.cast.social[0], DUE)
    assert queries.frozen(shown).intact is False  # type: ignore[union-attr]
    Opening.objects.filter(path="input.snapshot").delete()
    assert queries.frozen(shown).intact is None  # type: ignore[union-attr]


def test_what_a_browser_sends_for_the_snapshot_is_ignored(announced: Line) -> None:
    announced.act("bid.submit", None, date(2010, 11, 25), actor=announced.cast.social[0], price="1980000",
                  snapshot='{"profile": "made up"}')  # fmt: skip
    assert bid_of(announced, 0).snapshot["profile"] is None


@pytest.mark.clause("GZ-P-3.2.3c")
def test_until_the_opening_nobody_else_reads_it(frozen: Line) -> None:
    readers = [frozen.actor("tender.open"), frozen.cast.city[0], frozen.cast.social[1], frozen.cast.experts[0]]
    for reader in readers:
        seen = queries.visible_bids(frozen.purchase, reader, DUE)
        assert [one.snapshot for one in seen if not one.own] == []
    frozen.act("tender.open", frozen.latest(Tender), OPENING)
    for reader in (frozen.actor("tender.open"), frozen.cast.city[0]):
        seen = queries.visible_bids(frozen.purchase, reader, OPENING)
        assert [one.snapshot is not None for one in seen] == [True, True, True]
    assert [one.own for one in queries.visible_bids(frozen.purchase, frozen.cast.social[1], OPENING)] == [True]


# --- what is not true -------------------------------------------------------------------------------------------------


def untrue(**changes: Any) -> dict[str, Any]:
    return {
        "part": "profile", "what": "所列的以往项目并非本机构承接", "evidence": "向委托单位函询，回函否认",
        "paper": SimpleUploadedFile("回函.pdf", b"%PDF-1.4 letter"),
    } | changes  # fmt: skip


def recorded(line: Line, index: int, at: Any = OPENING) -> FalseStatement:
    bid = bid_of(line, index)
    outcome = attempt(line, "falsestatement.record", FalseStatement(purchase=line.purchase, bid=bid), at, **untrue())
    assert outcome.entry is not None, dict(outcome.form.errors)
    return FalseStatement.objects.select_related("bid__organisation").get(pk=outcome.subject.pk)


@pytest.mark.clause("GZ-P-4.7")
def test_it_is_recorded_with_evidence_answered_by_the_bidder_and_found(opened: Line) -> None:
    bidder = opened.cast.social[1]
    statement = recorded(opened, 1)
    assert (statement.state, statement.part, statement.recorded_on) == ("recorded", "profile", OPENING.date())
    owed = Obligation.objects.get(action="falsereply.give", is_open=True)
    assert (owed.organisation, owed.due_on) == (bidder.organisation, None)
    unheard = attempt(opened, "falsestatement.uphold", statement, OPENING, told="", finding="不实")
    assert unheard.form.errors == {"told": ["机构还没有说明：请等其说明，或写明告知的情况"]}
    reply = FalseReply.objects.get()
    other = attempt(opened, "falsereply.give", reply, OPENING, actor=opened.cast.social[0], text="与我无关")
    assert objections(other) == ["kernel.owner"]
    assert attempt(opened, "falsereply.give", reply, OPENING, actor=bidder, text="项目由联合体承接").entry is not None
    reply.refresh_from_db()
    assert (reply.state, reply.text) == ("given", "项目由联合体承接")
    assert attempt(opened, "falsestatement.uphold", statement, OPENING, finding="查无联合体协议").entry is not None
    statement.refresh_from_db()
    assert (statement.state, statement.finding) == ("upheld", "查无联合体协议")
    assert not Obligation.objects.filter(action__startswith="false", is_open=True).exists()


@pytest.mark.clause("GZ-P-4.7")
@pytest.mark.parametrize("part", ["what", "evidence", "paper"])
def test_no_record_without_what_is_untrue_and_how_it_is_known(opened: Line, part: str) -> None:
    unborn = FalseStatement(purchase=opened.purchase, bid=bid_of(opened, 1))
    outcome = attempt(opened, "falsestatement.record", unborn, OPENING, **untrue(**{part: ""}))
    assert list(outcome.form.errors) == [part]


@pytest.mark.clause("GZ-P-4.7")
def test_the_purchaser_and_the_city_alone_record_it_and_not_before_the_opening(bidden: Line) -> None:
    officer = bidden.actor("tender.open")
    assert FalseStatement.unborn(bidden.dossier(DUE.date()), officer) == []
    bidden.act("tender.open", bidden.latest(Tender), OPENING)
    assert len(FalseStatement.unborn(bidden.dossier(OPENING.date()), officer)) == 3
    for actor in (bidden.cast.streets[bidden.street.pk], bidden.cast.social[0], bidden.cast.legal):
        unborn = FalseStatement(purchase=bidden.purchase, bid=bid_of(bidden, 1))
        outcome = attempt(bidden, "falsestatement.record", unborn, OPENING, actor=actor, **untrue())
        assert objections(outcome) == ["kernel.capacity"]


@pytest.mark.clause("GZ-P-4.7")
def test_who_decides_owes_it_and_nobody_else_decides_or_explains(opened: Line) -> None:
    statement = recorded(opened, 1)
    owed = Obligation.objects.get(action="falsestatement.uphold", is_open=True)
    assert (owed.organisation, owed.due_on) == (opened.actor("tender.open").organisation, None)
    for actor in (opened.cast.social[1], opened.cast.streets[opened.street.pk], opened.cast.experts[0]):
        outcome = attempt(opened, "falsestatement.uphold", statement, OPENING, actor=actor)
        assert objections(outcome) == ["kernel.capacity"]
    street = opened.cast.streets[opened.street.pk]
    outcome = attempt(opened, "falsereply.give", FalseReply.objects.get(), OPENING, actor=street)
    assert objections(outcome) == ["kernel.capacity"]


@pytest.mark.clause("GZ-P-4.7")
def test_an_untrue_bid_is_found_qualified_only_with_a_reason(bidden: Line) -> None:
    bidden.act("tender.open", bidden.latest(Tender), OPENING)
    statement, bid = recorded(bidden, 1), bid_of(bidden, 1)
    assert attempt(bidden, "falsestatement.uphold", statement, OPENING, told="电话告知，给两日", finding="不实").entry
    assert objections(attempt(bidden, "bid.qualify", bid, OPENING)) == ["false-statement-weighed"]
    passed = {"acknowledge-false-statement-weighed": "所列项目不影响资格"}
    assert attempt(bidden, "bid.qualify", bid, OPENING, **passed).entry is not None


@pytest.mark.clause("GZ-P-4.7")
def test_no_award_to_a_bid_that_was_found_untrue(bidden: Line) -> None:
    open_bids(bidden)
    score(bidden)
    day = moment("2010-12-06")
    statement = recorded(bidden, 1, day)
    uphold = attempt(bidden, "falsestatement.uphold", statement, day, told="书面告知，逾期未答", finding="不实")
    assert uphold.entry is not None
    assert objections(attempt(bidden, "tender.award", bidden.latest(Tender), day)) == ["award-not-on-falsehood"]


def test_one_that_is_not_recorded_yet_is_called_by_its_bidder(opened: Line) -> None:
    """Not by the number of a bid, which reads as an instalment's."""
    post = opened.cast.bureaus[opened.district][0]
    found = FalseStatement.unborn(Dossier(opened.purchase, at=OPENING, regime=opened.regime), post)
    assert [subject_name(one) for one in found] == [str(opened.cast.social[n].organisation) for n in (0, 1, 3)]


def test_what_cannot_be_shown_is_dropped_and_hinders_nothing(bidden: Line) -> None:
    open_bids(bidden)
    score(bidden)
    day = moment("2010-12-06")
    statement = recorded(bidden, 1, day)
    assert attempt(bidden, "falsestatement.drop", statement, day, finding="委托单位更正了回函").entry is not None
    assert attempt(bidden, "tender.award", bidden.latest(Tender), day).entry is not None


def test_it_is_between_the_bidder_and_those_who_review(opened: Line, client: Client, settings: Any) -> None:
    statement = recorded(opened, 1)
    assert statement.visible_to(opened.cast.social[1]) and statement.visible_to(opened.cast.city[0])
    for other in (opened.cast.social[0], opened.cast.streets[opened.street.pk], opened.cast.experts[0]):
        assert not statement.visible_to(other)
        assert statement.key in queries.secrets(opened.purchase, other, OPENING).subjects
    assert statement.key in queries.secrets(opened.purchase, None, OPENING).subjects
    provider = client.get(f"/providers/{opened.cast.social[1].organisation_id}/")
    assert "不实" not in provider.content.decode()
