"""What the taking of documents, enquiries and their answers ask for."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.forms import ActionForm
from gongyue.tendering.models.supply import Clarification

from .common import sealed, text


class TakeForm(ActionForm):
    """package.take: nothing to fill in."""


class AskForm(ActionForm):
    """enquiry.ask"""

    question = sealed(
        text(_("询问内容"), help_text=_("开标之前没有人知道是谁提问；答复对所有投标人一并公布，不写提问单位"))
    )


class ClarifyForm(ActionForm):
    """clarification.give: the question in words that do not betray who asked, and the answer."""

    question = text(_("问"), help_text=_("将原文公布；能看出提问单位的内容请先删改"))
    answer = text(_("答"), rows=6, help_text=_("对所有投标人和公众一并公布"))

    def prepare(self) -> None:
        if isinstance(self.subject, Clarification):
            self.initial["question"] = self.subject.enquiry.question

    def clean(self) -> dict[str, Any]:
        """Neither text may name the organisation that asked."""
        data = super().clean() or self.cleaned_data
        if isinstance(self.subject, Clarification):
            asker = self.subject.enquiry.organisation.name
            for name in ("question", "answer"):
                if asker in data.get(name, ""):
                    self.add_error(name, ValidationError(_("公布的内容不得写出提问单位，请删去"), code="asker"))
        return data
