"""The only declaration of what an action takes; page, API, import and rules all use it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .fields import BatchField, DayField

if TYPE_CHECKING:
    from .dossier import Dossier
    from .models import Post, Subject


UNSAID = "---------"  # what Django writes where nothing was said


class ActionForm(forms.Form):
    """An action's input. `prepare` narrows choices and gives first values from the subject it is about."""

    template_name = "forms/action.html"

    def __init__(
        self, data: Mapping[str, Any] | None = None, files: Mapping[str, Any] | None = None, *,
        subject: Subject | None = None, dossier: Dossier | None = None, actor: Post | None = None, **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(data, files, label_suffix="", **options)  # type: ignore[arg-type]  # any mapping has .get
        self.subject, self.dossier, self.actor = subject, dossier, actor
        if subject is not None:
            for field in self.fields.values():
                if isinstance(field, BatchField):
                    field.narrow(subject, actor)
                if isinstance(field, forms.ModelChoiceField) and field.empty_label in {"", UNSAID}:
                    field.empty_label = _("请选择") if field.required else "—"
            self.prepare()

    def _post_clean(self) -> None:
        """What has happened did not happen later than the day of the act."""
        super()._post_clean()  # type: ignore[misc]
        for name, field in self.fields.items():
            day = self.cleaned_data.get(name) if isinstance(field, DayField) and field.past else None
            if day is not None and self.dossier is not None and day > self.dossier.today:
                self.add_error(name, forms.ValidationError(_("不能晚于办理当日"), code="future"))

    def prepare(self) -> None:
        """Called once the subject is known: set `self.fields[...].choices` and `self.initial[...]` here."""


class ReasonForm(ActionForm):
    """退回, 终止 and their like: a reason, and nothing passes without one."""

    reason = forms.CharField(label=_("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class NoteForm(ActionForm):
    """An act that needs nothing but may carry an opinion."""

    opinion = forms.CharField(label=_("意见"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))
