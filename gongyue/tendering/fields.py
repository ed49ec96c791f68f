"""The score sheet as a form field: rows of factors, columns of bids, as on paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.fields import from_json

from . import bands
from .models import Bid, Factor

POINTS = re.compile(r"(\d{1,3})(?:\.(\d{1,2}))?", re.ASCII)
HUNDRED = 100


class ScoresWidget(forms.Widget):
    """Posts as `name-<bid>-<factor>`; a program sends `{bid: {factor: points}}` or its JSON."""

    template_name = "forms/scores.html"
    use_fieldset = True
    bids: list[Bid] = []
    factors: list[Factor] = []
    wrong: frozenset[tuple[int, int]] = frozenset()

    def value_from_datadict(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> Any:
        if name in data:
            return data[name]
        return {
            str(bid.pk): {str(n): data.get(f"{name}-{bid.pk}-{n}", "") for n, _factor in enumerate(self.factors, 1)}
            for bid in self.bids
        }

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and not any(key.startswith(f"{name}-") for key in data)

    def id_for_label(self, id_: str | None) -> str:
        return ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        typed = value if isinstance(value, Mapping) else {}
        context["widget"] |= {
            "bids": self.bids,
            "rows": [
                {"factor": factor, "cells": [] if factor["is_price"] else self._cells(name, typed, number)}
                for number, factor in enumerate(self.factors, 1)
            ],
        }
        return context

    def _cells(self, name: str, typed: Mapping[str, Any], number: int) -> list[dict[str, Any]]:
        return [
            {
                "bid": bid, "name": f"{name}-{bid.pk}-{number}", "wrong": (bid.pk, number) in self.wrong,
                "value": _at(_at(typed, bid.pk), number),
            }
            for bid in self.bids
        ]  # fmt: skip


class ScoresField(forms.Field):
    """Points of every judged factor for every bid, as typed; cleans to `{"<bid>": {"<factor>": hundredths}}`.

    Each within 0 and the factor's points, at most two decimals, nothing empty. What belongs to no cell is ignored.
    Sealed: the ledger's leaf holds a commitment, rules see nothing.
    """

    widget = ScoresWidget
    opaque = True
    sealed = True

    def __init__(self, **options: Any) -> None:
        self.bids: list[Bid] = []
        self.factors: list[Factor] = []
        super().__init__(**options)

    def grid(self, *, bids: Iterable[Bid], factors: Iterable[Factor]) -> None:
        """Draw the sheet for these."""
        self.bids, self.factors = list(bids), list(factors)
        assert isinstance(self.widget, ScoresWidget)
        self.widget.bids, self.widget.factors = self.bids, self.factors

    def clean(self, value: Any) -> dict[str, dict[str, int]]:
        typed = self._read(value)
        cleaned: dict[str, dict[str, int]] = {str(bid.pk): {} for bid in self.bids}
        errors: dict[tuple[int, int], ValidationError] = {}
        for bid in self.bids:
            for number, factor in enumerate(self.factors, 1):
                if factor["is_price"]:
                    continue
                try:
                    cleaned[str(bid.pk)][str(number)] = _given(_at(_at(typed, bid.pk), number), factor)
                except ValidationError as reason:
                    where = {"bid": str(bid), "factor": factor["name"], "reason": reason.messages[0]}
                    sentence = _("%(bid)s 的“%(factor)s”：%(reason)s")
                    errors[bid.pk, number] = ValidationError(sentence, code=reason.code, params=where)
        if errors:
            assert isinstance(self.widget, ScoresWidget)
            self.widget.wrong = frozenset(errors)
            raise ValidationError(list(errors.values()))
        return cleaned

    @staticmethod
    def _read(value: Any) -> Mapping[Any, Any]:
        if isinstance(value, str):
            try:
                value = from_json(value or "{}")
            except ValueError:
                raise ValidationError(_("评分表无法读取"), code="invalid") from None
        if not isinstance(value, Mapping | None):
            raise ValidationError(_("评分表无法读取"), code="invalid")
        return value or {}


def _at(row: Any, number: int) -> Any:
    """The value under a number, however a program wrote its key; "" where there is none."""
    return row.get(str(number), row.get(number, "")) if isinstance(row, Mapping) else ""


def _given(typed: Any, factor: Factor) -> int:
    """Hundredths of a point; of a factor with intervals one of those that they give."""
    points = _hundredths(typed, factor["points"])
    if words := factor.get("bands"):
        steps = sorted({band.points for band in bands.read(words)}, reverse=True)
        if points not in {step * HUNDRED for step in steps}:
            params = {"points": "、".join(bands.plain(step) for step in steps)}
            raise ValidationError(_("按区间只能给 %(points)s 分"), code="band", params=params)
    return points


def _hundredths(typed: Any, most: int) -> int:
    text = str(typed).strip() if not isinstance(typed, bool) and typed is not None else ""
    if not text:
        raise ValidationError(_("请填写得分"), code="required")
    found = POINTS.fullmatch(text)
    if found is None:
        raise ValidationError(_("请填写得分，最多两位小数"), code="invalid")
    points = int(found[1]) * HUNDRED + int((found[2] or "").ljust(2, "0"))
    if points > most * HUNDRED:
        raise ValidationError(_("不得超过 %(n)s 分"), code="large", params={"n": most})
    return points
