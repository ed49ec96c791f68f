"""A centre under supervision: a visit, a repeatable draw, a resident's complaint, the audit's recommendation."""

from __future__ import annotations

from datetime import date

from gongyue.demonstration.line import Line, later
from gongyue.oversight.models import Feedback, FollowUp, Recommendation, SpotCheck


def tell(line: Line, on: date) -> None:
    """From `on`, within the contract and after the quality standard was issued; takes twelve days."""
    street, finance = line.cast.streets[line.street.pk], line.cast.finances[line.district]
    line.act("supervision.record", None, on, actor=street)
    line.act(
        "supervision.record", None, on, actor=finance, money_result="problem", money="三张票据缺经办人签字。",
        due_on=later(on, 7).isoformat(),
    )  # fmt: skip
    line.act("feedback.submit", None, on)
    feedback = Feedback.objects.filter(purchase=line.purchase).latest("pk")
    line.act("feedback.accept", feedback, later(on, 1))
    line.act("spot_check.commit", None, later(on, 2))
    check = line.latest(SpotCheck)
    line.act("spot_check.draw", check, later(on, 2))
    check.refresh_from_db()
    line.act("spot_check.report", check, later(on, 4))
    follow_up = FollowUp.objects.filter(purchase=line.purchase).latest("pk")
    line.act("follow_up.answer", follow_up, later(on, 6))
    line.act("follow_up.close", follow_up, later(on, 8), actor=finance)
    line.act("feedback.answer", feedback, later(on, 9), actor=line.cast.bureaus[line.district][0])
    auditor = line.cast.audits[line.district]
    line.act("recommendation.make", Recommendation.unborn(None, auditor)[0], later(on, 10), actor=auditor)
    recommendation = Recommendation.objects.filter(about=line.purchase).latest("pk")
    line.act("recommendation.answer", recommendation, later(on, 12), actor=finance)
