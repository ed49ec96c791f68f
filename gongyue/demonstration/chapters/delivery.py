"""A filed contract is delivered: the team arrives, the plan is receipted, services are recorded, others help."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from gongyue.delivery.forms.records import RecordRow
from gongyue.delivery.models import (
    Briefing,
    Client,
    Coordination,
    Partner,
    Receipt,
    Referral,
    ServiceRecord,
    TeamMember,
    Volunteer,
)
from gongyue.demonstration.line import Line
from gongyue.demonstration.streets import Story, Told
from gongyue.demonstration.written.delivery import ITEMS
from gongyue.kernel.batches import stage


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


@Story
def went_on(line: Line, since: date, first: date) -> Told:
    """A file of the records since `first`, corrections, people who come and go."""
    yield since
    imported(line, first, since)
    records = ServiceRecord.objects.filter(purchase=line.purchase, batch=None).order_by("pk")
    line.act("record.correct", records[0], since)
    line.act("record.void", records[1], since)
    yield (now := since + timedelta(days=3))
    one, other = TeamMember.objects.filter(purchase=line.purchase).order_by("pk")[1:3]
    line.act("worker.leave", one, now, until=(now + timedelta(days=10)).isoformat())
    line.act("worker.leave", other, now, until=(now + timedelta(days=10)).isoformat())
    yield (now := since + timedelta(days=5))
    line.act("worker.replace", one, now)
    line.act("worker.keep", other, now)
    line.act("worker.join", None, now, since=now.isoformat())
    yield (now := since + timedelta(days=9))
    line.act("client.register", None, now, code="C002", name="何姨（演示）", group="困难家庭")
    line.act("volunteer.enrol", None, now, name="志愿者小芬（演示）", skills="功课辅导")
    line.act("volunteer.leave", line.latest(Volunteer), now)
    line.act("client.erase", line.latest(Client), now)
    line.act("partner.list", None, now, service="辅助器具租借")
    line.act("partner.remove", line.latest(Partner), now)
    line.act("coordination.raise", None, now)
    street = line.cast.streets[line.street.pk]
    yield (now := since + timedelta(days=14))
    line.act("coordination.answer", line.latest(Coordination), now, actor=street)
    line.act("coordination.reopen", line.latest(Coordination), now)


@Story
def briefed(line: Line, *days: date) -> Told:
    """A briefing on each of these days, received the day after."""
    for day in days:
        yield day
        line.act("briefing.submit", None, day)
        yield (now := day + timedelta(days=1))
        line.act("briefing.receive", line.latest(Briefing), now)


@Story
def planned_on(line: Line, since: date) -> Told:
    """The plan of the next half-year, and its receipts."""
    yield since
    line.act("plan.submit", None, since)
    yield (now := since + timedelta(days=4))
    offices = {p.organisation_id: p for p in (line.cast.streets[line.street.pk], line.cast.bureaus[line.district][0])}
    for receipt in Receipt.objects.filter(purchase=line.purchase, state="sent").order_by("pk"):
        line.act("receipt.sign", receipt, now, actor=offices[receipt.recipient_id])


@Story
def asked_for_help(line: Line, since: date) -> Told:
    """Two things that wait for others: a referral to the health office, a coordination request to the district."""
    yield since
    office = line.cast.departments["health"].organisation_id
    contact = "社区卫生科 020-8000 0001（演示）"
    given: dict[str, Any] = {"department": "health", "organisation": office, "contact": contact}
    listed = line.act("partner.list", None, since, service="慢性病随访", **given).subject
    line.act("referral.send", None, since, partner=str(listed.pk), need="高血压随访与用药指导")
    district = line.cast.bureaus[line.district][0].organisation_id
    line.act("coordination.raise", None, since, matter="夜间开放的保安经费", asked=district,
             detail="夜间开放活动室须增加一名保安，请协调经费渠道。")  # fmt: skip


def imported(line: Line, first: date, since: date, rows: int = 420) -> None:
    """So many records of the days between, staged from a file and taken in by one act."""
    dice, span = Random(rows), (since - first).days
    workers = list(TeamMember.objects.filter(purchase=line.purchase).order_by("pk").values_list("code", flat=True))
    kinds = {
        "探访": (ITEMS[1], 2), "个案": (ITEMS[0], 1), "小组": (ITEMS[2], 9), "咨询": (ITEMS[0], 1),
        "社区活动": (ITEMS[2], 32),
    }  # fmt: skip
    written = []
    for _number in range(rows):
        kind = dice.choices(list(kinds), (9, 5, 3, 4, 1))[0]
        item, people = kinds[kind]
        people += dice.randrange(people + 1)
        written.append({
            "served_on": (since - timedelta(days=dice.randrange(span))).isoformat(), "service_kind": kind,
            "worker": dice.choice(workers), "item": item, "clients": "", "people": str(people), "times": str(people),
            "direct": str(dice.choice((30, 45, 60, 90))), "indirect": str(dice.choice((0, 10, 20))),
        })  # fmt: skip
    actor = line.actor("records.import")
    batch = stage(kind="delivery.records", row_form=RecordRow, rows=written, post=actor, purchase=line.purchase,
                  source="服务记录.xlsx")  # fmt: skip
    line.act("records.import", None, since, batch=str(batch.pk))
