"""A filed contract is delivered: the team arrives, the plan is receipted, services are recorded, others help."""

from __future__ import annotations

from datetime import date, timedelta

from gongyue.delivery.models import (
    Briefing,
    Coordination,
    Receipt,
    Referral,
    Volunteer,
)
from gongyue.demonstration.line import Line
from gongyue.demonstration.streets import Story, Told


@Story
def delivered(line: Line, start: date) -> Told:
    """From `start`, a day within the term of a filed contract, for some two months."""

    def on(days: int) -> date:
        return start + timedelta(days=days)

    yield start
    for _number in range(3):
        line.act("worker.join", None, start)
    line.act("cycle.set", None, start)
    line.act("plan.submit", None, start)
    yield (now := on(2))
    offices = [line.cast.streets[line.street.pk], line.cast.bureaus[line.district][0]]
    for receipt in Receipt.objects.filter(purchase=line.purchase).order_by("pk"):
        actor = next(post for post in offices if post.organisation_id == receipt.recipient_id)
        line.act("receipt.sign", receipt, now, actor=actor)
    yield (now := on(5))
    line.act("client.register", None, now)
    line.act("volunteer.enrol", None, now)
    line.act("volunteer.pair", line.latest(Volunteer), now)
    line.act("partner.list", None, now)
    line.act("coordination.raise", None, now)
    line.act("contact.log", None, now)
    kinds = ("visit", "case", "group", "consultation", "activity")
    for number in range(10):
        yield (now := on(6 + 2 * number))
        line.act("record.enter", None, now, service_kind=kinds[number % 5], people=str(1 + 3 * (number % 5)), times="")
    yield (now := on(28))
    line.act("volunteer.serve", line.latest(Volunteer), now)
    line.act("coordination.answer", line.latest(Coordination), now, actor=offices[0])
    line.act("referral.send", None, now)
    yield (now := on(31))
    department = line.cast.departments["disabled"]
    line.act("referral.receive", line.latest(Referral), now, actor=department)
    line.act("referral.answer", line.latest(Referral), now, actor=department)
    line.act("coordination.close", line.latest(Coordination), now)
    line.act("briefing.submit", None, now)
    line.act("briefing.receive", line.latest(Briefing), now)
