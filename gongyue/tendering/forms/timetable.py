"""What a timetable is tried with. It changes nothing; it is sent by GET."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.fields import DayField


class TryForm(forms.Form):
    """A day to begin on, and perhaps one to be over by."""

    start = DayField(label=_("开始日期"))
    end = DayField(label=_("希望完成日期"), required=False)

    def __init__(self, data: Any, *, today: date) -> None:
        given = data.dict() if hasattr(data, "dict") else dict(data)
        super().__init__({"start": today.isoformat(), **{k: v for k, v in given.items() if v}})

    @property
    def days(self) -> tuple[date, date | None] | None:
        """Begin and wished end; None where one of them is no day."""
        return (self.cleaned_data["start"], self.cleaned_data["end"]) if self.is_valid() else None

    @property
    def asked(self) -> dict[str, str]:
        """What it was sent with, to be sent again."""
        return {name: str(self.data[name]) for name in self.fields if self.data.get(name)}
