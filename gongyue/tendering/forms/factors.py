"""评审因素: their rows, and what does not hold of them however they are written."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.tendering import bands
from gongyue.tendering.models import Factor, Tender

POINTS_IN_ALL = 100


class FactorRow(forms.Form):
    """One factor of the evaluation."""

    name = forms.CharField(label=_("评审因素"), max_length=60)
    points = forms.IntegerField(label=_("分值"), min_value=1, max_value=POINTS_IN_ALL)
    is_price = forms.BooleanField(label=_("价格因素"), required=False)
    group = forms.ChoiceField(label=_("评什么"), choices=[("", "—"), *Tender.Group.choices], required=False)
    measures = forms.CharField(label=_("衡量的标准要点"), max_length=120, required=False)
    bands = forms.CharField(label=_("各区间得分"), max_length=300, required=False)


def checked(rows: list[dict[str, Any]]) -> list[Factor]:
    """The factors of the documents from what was typed. Raises ValidationError: their points do not sum to a hundred,
    two are the price or have one name, or the intervals of one do not hold."""
    factors: list[Factor] = [
        {
            "name": row["name"], "points": row["points"], "is_price": row["is_price"],
            "measures": "" if row["is_price"] else row["measures"],
        }
        for row in rows
    ]  # fmt: skip
    for row, factor in zip(rows, factors, strict=True):
        if row.get("group") and not factor["is_price"]:
            factor["group"] = row["group"]
        if row.get("bands"):
            factor["bands"] = _banded(factor, row["bands"])
    total = sum(factor["points"] for factor in factors)
    if total != POINTS_IN_ALL:
        params = {"all": POINTS_IN_ALL, "total": total}
        raise ValidationError(_("分值合计须为 %(all)s，现为 %(total)s"), code="sum", params=params)
    if sum(factor["is_price"] for factor in factors) > 1:
        raise ValidationError(_("价格因素只能有一项"), code="price")
    if twice := [name for name, times in Counter(factor["name"] for factor in factors).items() if times > 1]:
        raise ValidationError(_("评审因素“%(name)s”重复"), code="twice", params={"name": twice[0]})
    return factors


def _banded(factor: Factor, words: str) -> str:
    """The intervals of a factor, once they say of every number what it earns. Raises ValidationError."""
    params: dict[str, Any] = {"name": factor["name"]}
    if factor["is_price"]:
        raise ValidationError(_("“%(name)s”是价格因素，按公式计算，不分区间"), code="band_price", params=params)
    try:
        found = bands.read(words)
    except ValueError as part:
        params["part"] = str(part)
        raise ValidationError(_("“%(name)s”的区间读不懂：%(part)s"), code="band", params=params) from None
    if edges := bands.overlaps(found):
        params["edge"] = bands.plain(edges[0])
        raise ValidationError(_("“%(name)s”的区间在 %(edge)s 处重叠"), code="band_overlap", params=params)
    if edges := bands.holes(found):
        params["edge"] = bands.plain(edges[0])
        raise ValidationError(_("“%(name)s”的区间在 %(edge)s 处有空档"), code="band_hole", params=params)
    if max(band.points for band in found) != factor["points"]:
        raise ValidationError(_("“%(name)s”各区间的最高分须等于它的分值"), code="band_most", params=params)
    return words
