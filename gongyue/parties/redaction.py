"""What must not stand in a text for the public: identity numbers and mobile numbers of people."""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext_lazy as _
from stdnum.cn import ric

_DIGITS = re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")


def personal_in(text: str) -> list[str]:
    """The identity numbers (those whose check digit is right) and mobile numbers found, in the order they stand."""
    found = [(m.start(), m[0]) for m in _DIGITS.finditer(text) if ric.is_valid(m[0].upper())]
    found += [(m.start(), m[0]) for m in _MOBILE.finditer(text)]
    return [number for _place, number in sorted(found)]


class PublicText(forms.CharField):
    """Text that everybody will read: refused at the field where it holds a person's number."""

    def __init__(self, *, rows: int = 4, **options: object) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**options)  # type: ignore[arg-type]

    def clean(self, value: str | None) -> str:
        text = super().clean(value)
        if found := personal_in(text):
            masked = "、".join(f"{number[:3]}…{number[-2:]}" for number in found)
            message = _("文中含有疑似身份证号或手机号（%(found)s），公开前请删去")
            raise forms.ValidationError(message, code="personal", params={"found": masked})
        return str(text)
