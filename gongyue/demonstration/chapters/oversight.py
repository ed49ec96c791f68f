"""A centre under supervision: a visit, a repeatable draw, a resident's complaint, the audit's recommendation."""

from __future__ import annotations

from datetime import date

from gongyue.demonstration.line import Line, later
from gongyue.demonstration.streets import Story, Told
from gongyue.oversight.models import Feedback, FollowUp, Recommendation, SpotCheck


@Story
def supervised(line: Line, since: date) -> Told:
    """From `since`, within the contract and after the quality standard was issued; takes twelve days."""
    street, finance = line.cast.streets[line.street.pk], line.cast.finances[line.district]
    yield since
    line.act("supervision.record", None, since, actor=street)
    line.act(
        "supervision.record", None, since, actor=finance, money_result="problem", money="三张票据缺经办人签字。",
        due_on=later(since, 7).isoformat(),
    )  # fmt: skip
    line.act("feedback.submit", None, since)
    feedback = Feedback.objects.filter(purchase=line.purchase).latest("pk")
    yield (now := later(since, 1))
    line.act("feedback.accept", feedback, now)
    yield (now := later(since, 2))
    line.act("spot_check.commit", None, now)
    check = line.latest(SpotCheck)
    line.act("spot_check.draw", check, now)
    check.refresh_from_db()
    yield (now := later(since, 4))
    line.act("spot_check.report", check, now)
    follow_up = FollowUp.objects.filter(purchase=line.purchase).latest("pk")
    yield (now := later(since, 6))
    line.act("follow_up.answer", follow_up, now)
    yield (now := later(since, 8))
    line.act("follow_up.close", follow_up, now, actor=finance)
    yield (now := later(since, 9))
    line.act("feedback.answer", feedback, now, actor=line.cast.bureaus[line.district][0])
    auditor = line.cast.audits[line.district]
    yield (now := later(since, 10))
    line.act("recommendation.make", Recommendation.unborn(None, auditor)[0], now, actor=auditor)
    recommendation = Recommendation.objects.filter(about=line.purchase).latest("pk")
    yield (now := later(since, 12))
    line.act("recommendation.answer", recommendation, now, actor=finance)
