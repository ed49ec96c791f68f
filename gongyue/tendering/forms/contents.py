"""What else documents hold, item by item."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.fields import RowsField
from gongyue.tendering.contents import WRITTEN


class ItemField(forms.ChoiceField):
    """One of the items: shown by its name, taken by that or by its code."""

    widget = forms.Textarea(attrs={"readonly": True, "rows": 2})

    def __init__(self) -> None:
        super().__init__(label=_("应当写明的内容"), choices=list(WRITTEN.items()))

    def prepare_value(self, value: Any) -> Any:
        return WRITTEN.get(value, value)

    def to_python(self, value: Any) -> str:
        given = str(super().to_python(value))
        return next((code for code, label in WRITTEN.items() if str(label) == given), given)


class ContentRow(forms.Form):
    """One item, and what the documents say of it or where they do."""

    item = ItemField()
    text = forms.CharField(
        label=_("内容或者所在章节"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ContentsField(RowsField):
    """A row for each item; those without a text are left out."""

    def __init__(self) -> None:
        help_text = _(
            "按《政府采购货物和服务招标投标管理办法》第二十条逐项填写，2017年10月1日起缺项不能发标；没有代理机构的不填代理费用"
        )
        super().__init__(ContentRow, least=0, fixed=True, label=_("文件的其他内容"), help_text=help_text)

    def clean(self, value: Any) -> list[dict[str, Any]]:
        return [row for row in super().clean(value) if row["text"]]


def every_item(written: Iterable[dict[str, str]] = ()) -> list[dict[str, str]]:
    """A row for each item, with what is written of it."""
    texts = {row["item"]: row["text"] for row in written}
    return [{"item": item, "text": texts.get(item, "")} for item in WRITTEN]
