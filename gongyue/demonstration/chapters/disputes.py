"""After an award: one who lost asks, then challenges the result, and is answered."""

from __future__ import annotations

from datetime import date, timedelta

from gongyue.demonstration.line import Line
from gongyue.demonstration.streets import Story, Told
from gongyue.tendering.models import Bid, Challenge, Question


@Story
def challenged(line: Line, since: date) -> Told:
    """`since`: a day soon after the award; nothing of the award is changed."""
    yield since
    lost = Bid.objects.filter(purchase=line.purchase, state="qualified", ranking__rank=2).latest("pk")
    bidder = next(post for post in line.cast.social if post.organisation_id == lost.organisation_id)
    line.act("question.ask", None, since, actor=bidder)
    yield (now := since + timedelta(days=1))
    line.act("question.answer", line.latest(Question), now)
    yield (now := since + timedelta(days=2))
    line.act("challenge.lodge", None, now, actor=bidder, seed="result")
    yield (now := since + timedelta(days=5))
    line.act("challenge.accept", line.latest(Challenge), now)
    yield (now := since + timedelta(days=8))
    line.act("challenge.answer", line.latest(Challenge), now)
