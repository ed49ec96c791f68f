"""问卷: written, opened to everybody, closed. The same verbs for both purposes; the pack says whose each is."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post
from gongyue.ledger.canonical import plain
from gongyue.needs.facts import SurveyGate
from gongyue.needs.forms import CloseSurveyForm, DraftSurveyForm, OpenSurveyForm
from gongyue.needs.models import NeedsSurvey, Questionnaire, SatisfactionSurvey
from gongyue.needs.results import Counted, results

State = Questionnaire.State
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read for another
TOKEN_LENGTH = 12  # 59 bits: nobody finds an address by trying


def draft(
    survey: Questionnaire, *, at: datetime, actor: Post, dossier: Dossier, title: str, introduction: str,
    questions: list[dict[str, Any]],
) -> None:  # fmt: skip
    """Write the questions, or write them anew while it is not open."""
    survey.title, survey.introduction, survey.questions = title, introduction, plain(questions)


def open_to_all(survey: Questionnaire, *, at: datetime, actor: Post, dossier: Dossier, closes_on: date | None) -> None:
    """Give it an address; from here on the questions stay."""
    survey.token = "".join(secrets.choice(LETTERS) for _n in range(TOKEN_LENGTH))
    survey.opened_on, survey.closes_on = at.astimezone(LOCAL).date(), closes_on


def close(survey: Questionnaire, *, at: datetime, actor: Post, dossier: Dossier, answers: Counted) -> None:
    """Take in what was answered: the entry holds how many there are and their root."""
    survey.closed_on, survey.answers, survey.root = at.astimezone(LOCAL).date(), answers.rows, answers.root
    survey.marks, survey.marks_sum = results(survey).marks


for kind in (NeedsSurvey, SatisfactionSurvey):
    action(f"{kind.kind}.draft", kind, reaches=State.DRAFTED, label=_("编制问卷"), form=DraftSurveyForm,
           facts=SurveyGate)(draft)  # fmt: skip
    action(f"{kind.kind}.revise", kind, reaches=None, sources=[State.DRAFTED], label=_("修改问卷"),
           form=DraftSurveyForm, facts=SurveyGate)(draft)  # fmt: skip
    action(f"{kind.kind}.open", kind, reaches=State.OPENED, label=_("发布问卷"), form=OpenSurveyForm,
           facts=SurveyGate)(open_to_all)  # fmt: skip
    action(f"{kind.kind}.close", kind, reaches=State.CLOSED, label=_("截止问卷"), form=CloseSurveyForm,
           facts=SurveyGate)(close)  # fmt: skip
