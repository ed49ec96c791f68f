"""The questions of a questionnaire, and the form on which somebody answers them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Questionnaire

Kind = Questionnaire.Kind
FULL = 5  # of the scale
NUMBER_MOST = 1_000_000
TEXT_MOST = 500
OPTIONS_MOST = 20


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `options` of those that are chosen from."""

    number: int  # from 1
    text: str
    kind: str
    required: bool
    options: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"q{self.number}"


def options_of(text: str) -> tuple[str, ...]:
    """What was typed, divided at semicolons or lines, each once."""
    parts = (part.strip() for part in re.split(r"[;；\n]", text))
    return tuple(dict.fromkeys(part for part in parts if part))


def questions_of(questionnaire: Questionnaire) -> list[Question]:
    """In order."""
    return [
        Question(number, row["text"], row["kind"], row["required"], options_of(row["options"]))
        for number, row in enumerate(questionnaire.questions, 1)
    ]


class AnswerForm(forms.Form):
    """A questionnaire as it is answered. `answers` gives the ledger's form of it: by number, only what was said."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, questions: Iterable[Question], data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, label_suffix="", **options)
        self.questions = list(questions)
        for question in self.questions:
            self.fields[question.name] = _field(question)

    def answers(self) -> dict[str, Any]:
        given = {str(q.number): self.cleaned_data[q.name] for q in self.questions}
        return {number: value for number, value in given.items() if value not in (None, "", [])}


def _field(question: Question) -> forms.Field:
    told: dict[str, Any] = {"label": question.text, "required": question.required}
    choices = [(one, one) for one in question.options]
    if question.kind == Kind.SINGLE:
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **told)
    if question.kind == Kind.MULTIPLE:
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **told)
    if question.kind == Kind.SCALE:
        marks = [(n, str(n)) for n in range(1, FULL + 1)]
        told |= {"coerce": int, "empty_value": None, "help_text": _("1 分最低，5 分最高")}
        return forms.TypedChoiceField(choices=marks, widget=forms.RadioSelect(attrs={"class": "quiz-scale"}), **told)
    if question.kind == Kind.NUMBER:
        return forms.IntegerField(min_value=0, max_value=NUMBER_MOST, **told)
    return forms.CharField(
        max_length=TEXT_MOST, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("请不要写姓名、电话、住址"), **told
    )
