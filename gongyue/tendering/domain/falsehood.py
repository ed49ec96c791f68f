"""Recording that something in a bid is not true, hearing its bidder, finding for or against."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post, Subject
from gongyue.tendering.facts import FalseGate
from gongyue.tendering.forms import DropForm, FalseForm, FalseReplyForm, UpholdForm
from gongyue.tendering.models import FalseReply, FalseStatement

State = FalseStatement.State


@action("falsestatement.record", FalseStatement, reaches=State.RECORDED, label=_("记录不实材料"), form=FalseForm,
        facts=FalseGate, bears=[(FalseReply, FalseReply.State.ASKED)])  # fmt: skip
def record(
    statement: FalseStatement, *, at: datetime, actor: Post, dossier: Dossier, part: str, what: str, evidence: str,
    paper: Any,
) -> list[Subject]:  # fmt: skip
    """Say what is not true, and how that is known; the bidder is asked to explain itself."""
    statement.part, statement.what, statement.evidence = part, what, evidence
    statement.recorded_on = dossier.today
    statement.save()
    return [
        FalseReply.objects.create(purchase=statement.purchase, statement=statement, state=FalseReply.State.ASKED)
    ]  # fmt: skip


@action("falsereply.give", FalseReply, reaches=FalseReply.State.GIVEN, label=_("说明材料情况"), form=FalseReplyForm,
        facts=FalseGate)  # fmt: skip
def reply(reply: FalseReply, *, at: datetime, actor: Post, dossier: Dossier, text: str, paper: Any) -> None:
    """The bidder's own words, kept beside the record for good."""
    reply.text, reply.given_on = text, dossier.today


@action("falsestatement.uphold", FalseStatement, reaches=State.UPHELD, label=_("认定不实"), form=UpholdForm,
        facts=FalseGate)  # fmt: skip
def uphold(statement: FalseStatement, *, at: datetime, actor: Post, dossier: Dossier, told: str, finding: str) -> None:
    """Found untrue, the bidder having been heard or told. Fines and lists are the finance department's: none here."""
    statement.told, statement.finding, statement.decided_on = told, finding, dossier.today


@action("falsestatement.drop", FalseStatement, reaches=State.DROPPED, sources=[State.RECORDED], label=_("不予认定"),
        form=DropForm, facts=FalseGate)  # fmt: skip
def drop(statement: FalseStatement, *, at: datetime, actor: Post, dossier: Dossier, finding: str) -> None:
    """It is true, or cannot be shown to be untrue."""
    statement.finding, statement.decided_on = finding, dossier.today
