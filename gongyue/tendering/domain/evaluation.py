"""评标中要求投标人确认、说明的事项，以及投标无效的认定."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post
from gongyue.tendering.facts import MatterGate
from gongyue.tendering.forms import (
    AcceptForm,
    ConfirmForm,
    CorrectionForm,
    ExplainAskForm,
    ExplainForm,
    InvalidateForm,
    RefuseForm,
)
from gongyue.tendering.models import Bid, Correction, Explanation

Price, Reason = Correction.State, Explanation.State


@action("correction.ask", Correction, reaches=Price.ASKED, label=_("修正报价"), form=CorrectionForm, facts=MatterGate)
def ask_correction(
    correction: Correction, *, at: datetime, actor: Post, dossier: Dossier, words: int | None, body: int | None,
    lines: list[dict[str, Any]], paper: Any, reason: str, price: int, steps: list[int],
) -> None:  # fmt: skip
    """Put what the bid states into one price, in the order of the law, with the pages that show it; its bidder is asked
    to confirm it. Once: whatever else does not agree is put right in the same order."""
    correction.before_fen, correction.after_fen, correction.steps = correction.bid.price, price, steps
    correction.reason, correction.asked_on = reason, dossier.today


@action("correction.confirm", Correction, reaches=Price.CONFIRMED, label=_("确认修正后的报价"), form=ConfirmForm,
        facts=MatterGate)  # fmt: skip
def confirm(correction: Correction, *, at: datetime, actor: Post, dossier: Dossier, confirmed: bool) -> None:
    """From now on the bid stands at the corrected price."""
    correction.answered_on = dossier.today
    correction.bid.price_fen = correction.after_fen
    correction.bid.save(update_fields=["price_fen"])


@action("correction.refuse", Correction, reaches=Price.REFUSED, sources=[Price.ASKED], label=_("不确认修正后的报价"),
        form=RefuseForm, facts=MatterGate)  # fmt: skip
def refuse(correction: Correction, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> None:
    """The bid is found void by an act of its own."""
    correction.answered_on = dossier.today


@action("explanation.ask", Explanation, reaches=Reason.ASKED, label=_("要求说明报价"), form=ExplainAskForm,
        facts=MatterGate)  # fmt: skip
def ask_explanation(
    explanation: Explanation, *, at: datetime, actor: Post, dossier: Dossier, reason: str, minutes: int,
    marks: list[str],
) -> None:  # fmt: skip
    """Ask why the price is so low, and say until when the bidder may answer."""
    explanation.reason, explanation.marks = reason, marks
    explanation.asked_at, explanation.due_at = at, at + timedelta(minutes=minutes)


@action("explanation.give", Explanation, reaches=Reason.GIVEN, label=_("说明报价"), form=ExplainForm, facts=MatterGate)
def explain(explanation: Explanation, *, at: datetime, actor: Post, dossier: Dossier, text: str, paper: Any) -> None:
    """The bidder's own words, with what proves them."""
    explanation.text, explanation.given_at = text, at


@action("explanation.accept", Explanation, reaches=Reason.ACCEPTED, label=_("认定报价合理"), form=AcceptForm,
        facts=MatterGate)  # fmt: skip
def accept(explanation: Explanation, *, at: datetime, actor: Post, dossier: Dossier, finding: str) -> None:
    """The price is shown to be reasonable, and the bid goes on to be ranked."""
    explanation.finding = finding


@action("bid.invalidate", Bid, reaches=Bid.State.INVALID, sources=[Bid.State.QUALIFIED], label=_("认定投标无效"),
        form=InvalidateForm, facts=MatterGate)  # fmt: skip
def invalidate(
    bid: Bid, *, at: datetime, actor: Post, dossier: Dossier, ground: str, others: str, reason: str, dissent: str,
    paper: Any,
) -> None:  # fmt: skip
    """A reasoned finding on one of the grounds of law: the bid is not ranked."""
    bid.ground, bid.ground_others, bid.ground_reason, bid.dissent = ground, others, reason, dissent
    bid.invalid_at = at
