"""While a call stands: one asks, and everybody is answered."""

from __future__ import annotations

from datetime import date, timedelta

from gongyue.demonstration.line import Line
from gongyue.demonstration.streets import Story, Told
from gongyue.tendering.models import Clarification


@Story
def enquiry(line: Line, since: date) -> Told:
    """`since`: a day while the call takes bids."""
    yield since
    line.act("package.take", None, since, actor=line.cast.social[4])
    line.act("enquiry.ask", None, since, actor=line.cast.social[4])
    yield (now := since + timedelta(days=2))
    line.act("clarification.give", line.latest(Clarification), now)
