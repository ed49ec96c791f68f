"""A centre under supervision: a visit, a repeatable draw, a resident's complaint, the audit's recommendation."""

from __future__ import annotations

from datetime import date

from gongyue.demonstration.line import Line, later
from gongyue.demonstration.streets import Story, Told
from gongyue.ledger.models import Entry
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
    yield (now := later(since, 5))
    line.act("follow_up.answer", follow_up, now, answer="两张已补签，一张经办人出差。")
    yield (now := later(since, 6))
    line.act("follow_up.return", follow_up, now, actor=finance)
    yield (now := later(since, 7))
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


@Story
def audited(line: Line, since: date) -> Told:
    """The district auditor is not content with the first answer; the city's auditor waits to close another."""
    finance, auditor = line.cast.finances[line.district], line.cast.audits[line.district]
    yield since
    recommendation = Recommendation.objects.filter(about=line.purchase).latest("pk")
    line.act("recommendation.return", recommendation, since, actor=auditor)
    yield (now := later(since, 10))
    line.act("recommendation.answer", recommendation, now, actor=finance, answer="已把市级资金纳入台账。")
    yield (now := later(since, 20))
    line.act("recommendation.close", recommendation, now, actor=auditor)


@Story
def city_audited(line: Line, since: date) -> Told:
    """What the city's auditor asks of the city's finance bureau; answered, to be followed up."""
    auditor, payer = line.cast.audits[line.regime.jurisdiction], line.cast.city_finance
    assert payer is not None
    yield since
    line.act(
        "recommendation.make", Recommendation.unborn(None, auditor)[0], since, actor=auditor,
        addressee=str(payer.organisation_id), finding="市级首期款两次拨付较约定晚三十日以上。",
    )  # fmt: skip
    yield (now := later(since, 12))
    made = Recommendation.objects.filter(about=line.purchase, auditor=auditor.organisation).latest("pk")
    line.act("recommendation.answer", made, now, actor=payer)


@Story
def told_by_residents(line: Line, since: date) -> Told:
    """A complaint is passed on to the street, the writer of an earlier one asks to be forgotten, two have come in."""
    street = line.cast.streets[line.street.pk]
    bureau = line.cast.bureaus[line.district][0]
    yield since
    line.act("feedback.submit", None, since, words="中心门口的斜坡太滑，轮椅上不去。", contact="13900000000")
    feedback = Feedback.objects.filter(purchase=line.purchase).latest("pk")
    yield (now := later(since, 1))
    line.act("feedback.transfer", feedback, now, actor=bureau, to=str(street.organisation_id))
    yield (now := later(since, 6))
    answer = "斜坡已加装防滑条和扶手。"
    line.act("feedback.answer", feedback, now, actor=street, public_text=answer)
    yield (now := later(since, 9))
    line.act("feedback.forget", Feedback.objects.filter(purchase=line.purchase).earliest("pk"), now, actor=bureau)
    yield (now := later(since, 30))
    line.act("feedback.submit", None, now, nature="suggestion", words="希望周末也有课后照管。", contact="")
    yield (now := later(since, 31))
    line.act("feedback.submit", None, now, words="预约上门服务等了两周。")


@Story
def objected(line: Line, since: date) -> Told:
    """A resident objects to the result without a name and is answered; a competitor's objection waits."""
    yield since
    notice = Entry.objects.filter(purchase=line.purchase.pk, action="tender.award").latest("pk")
    line.act("feedback.object", None, since, seed=str(notice.pk))
    objection = Feedback.objects.filter(notice=notice.pk).latest("pk")
    yield (now := later(since, 6))
    line.act("feedback.reply", objection, now)
    yield (now := later(since, 31))
    line.act(
        "feedback.object", None, now, seed=str(notice.pk), sender="supplier", name="某社会工作服务中心（演示）",
        contact="13700000000", words="中标单位的督导人员似乎同时列在另一街道的投标中，请核实人员能否到位。",
    )  # fmt: skip
