"""What social organisations write down of themselves before they bid, and what was found untrue in two bids."""

from __future__ import annotations

from datetime import date, timedelta

from gongyue.demonstration.cast import Cast, must
from gongyue.demonstration.line import Line
from gongyue.demonstration.streets import Story, Told
from gongyue.demonstration.written.parties import PAPERS
from gongyue.kernel.models import Post
from gongyue.parties.profile import ProfileItem, ProviderProfile
from gongyue.tendering.models import Bid, FalseReply, FalseStatement, Tender


def profiles(cast: Cast, on: date) -> None:
    """Everybody's basics; of the first two also certificates, people and an earlier project, of the second a mark
    against it. Two say where to be reminded."""
    for number, post in enumerate(cast.social):
        must("profile.keep", ProviderProfile(organisation=post.organisation), post, on, given("profile.keep", on))
        if number < 2:
            for name in ("qualification.list", "staffmember.list", "pastproject.list"):
                _enter(post, name, on)
        if number == 1:
            _enter(post, "penalty.list", on)
            twice = _enter(post, "staffmember.list", on)
            must("profileitem.remove", twice, post, on, {"reason": "同一人员重复登记"})
    for post in cast.social[:2]:
        must("post.mail", post, post, on, {"email": f"{post.person.username}@example.org"})


def given(name: str, on: date) -> dict[str, object]:
    return PAPERS[name](None, None, on)


def _enter(post: Post, name: str, on: date) -> ProfileItem:
    outcome = must(name, ProfileItem(organisation=post.organisation), post, on, given(name, on))
    return ProfileItem.objects.get(pk=outcome.subject.pk)


def _lost(line: Line) -> Bid:
    """A bid that was opened and did not win."""
    tender = line.latest(Tender)
    bid: Bid = Bid.objects.filter(tender=tender).exclude(pk=tender.winner_id).order_by("pk")[0]
    return bid


@Story
def explained(line: Line, since: date) -> Told:
    """An earlier project looked made up; the bidder explains it, and the doubt is dropped."""
    yield since
    bid = _lost(line)
    line.act("falsestatement.record", None, since, seed=str(bid.pk))
    yield (now := since + timedelta(days=3))
    bidder = next(post for post in line.cast.social if post.organisation_id == bid.organisation_id)
    line.act("falsereply.give", line.latest(FalseReply), now, actor=bidder)
    yield (now := since + timedelta(days=6))
    line.act("falsestatement.drop", line.latest(FalseStatement), now)


@Story
def untrue(line: Line, since: date) -> Told:
    """The bidder is told and does not answer; it is found untrue, and finance is left to decide what follows."""
    yield since
    line.act("falsestatement.record", None, since, seed=str(_lost(line).pk))
    yield (now := since + timedelta(days=14))
    line.act("falsestatement.uphold", line.latest(FalseStatement), now)
