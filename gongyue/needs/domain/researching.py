"""Asking suppliers and experts, and putting the requirement to the public."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post
from gongyue.ledger.canonical import plain
from gongyue.needs.facts import OutreachGate, ResearchGate
from gongyue.needs.forms import CloseOutreachForm, OpenOutreachForm, ResearchForm
from gongyue.needs.models import MarketResearch, NeedsSurvey, Outreach, Requirement


@action(
    "research.record", MarketResearch, reaches=MarketResearch.State.RECORDED, label=_("登记需求调查"),
    form=ResearchForm, facts=ResearchGate,
)  # fmt: skip
def record(
    research: MarketResearch, *, at: datetime, actor: Post, dossier: Dossier, way: str, researched_on: date,
    asked: list[dict[str, Any]], industry: str, prices: str, follow_up: str, findings: str, report: Any,
) -> None:  # fmt: skip
    """Write down whom the purchaser asked, how, and what it learnt of the market."""
    research.way, research.researched_on, research.asked = way, researched_on, plain(asked)
    research.industry, research.prices, research.follow_up = industry, prices, follow_up
    research.findings = findings


@action(
    "outreach.open", Outreach, reaches=Outreach.State.OPENED, label=_("向社会征求意见"), form=OpenOutreachForm,
    facts=OutreachGate,
)  # fmt: skip
def open_to_all(
    outreach: Outreach, *, at: datetime, actor: Post, dossier: Dossier, channel: str, text: str, address: str,
    survey: NeedsSurvey | None, closes_on: date,
) -> None:  # fmt: skip
    """Put the requirement to the public, over one channel, until a day."""
    outreach.channel, outreach.text, outreach.address = channel, text, address
    outreach.survey = survey if channel == Outreach.Channel.QUESTIONNAIRE else None
    outreach.opened_on, outreach.closes_on = dossier.today, closes_on
    requirement = dossier.latest(Requirement)
    outreach.edition = requirement.edition if requirement is not None else 0


@action(
    "outreach.close", Outreach, reaches=Outreach.State.CLOSED, label=_("登记反馈意见及处理"), form=CloseOutreachForm,
    facts=OutreachGate,
)  # fmt: skip
def close(
    outreach: Outreach, *, at: datetime, actor: Post, dossier: Dossier, replies: list[dict[str, Any]], summary: str,
    record: Any,
) -> None:  # fmt: skip
    """Take in what came back, and say of each opinion what became of it."""
    outreach.replies, outreach.summary, outreach.closed_on = plain(replies), summary, dossier.today
    outreach.answers = outreach.survey.answers if outreach.survey else None
