"""Figures that people would rather see than read: one declaration gives the drawing and the table behind it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from django.utils.translation import gettext as _

from .templatetags.gongyue import money, percent

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Unit = Literal["count", "fen", "bp"]
SCALE: dict[str, int] = {"count": 1, "fen": 1_000_000, "bp": 100}  # what one unit of the drawing's axis is


@dataclass(frozen=True)
class Series:
    """One row of values, a value a category; None: not known, left out of the drawing."""

    name: StrOrPromise
    values: Sequence[int | None]


@dataclass(frozen=True)
class Chart:
    """`kind`: bar, stack (bars on each other), line or pie (of the first series). `lying`: bars from left to right.

    Values are whole numbers of `unit`: things, fen or basis points; the drawing shows 万元 and percent, the table
    beside it the exact figures.
    """

    title: StrOrPromise
    categories: Sequence[StrOrPromise]
    series: Sequence[Series]
    kind: Literal["bar", "stack", "line", "pie"] = "bar"
    unit: Unit = "count"
    lying: bool = False

    @property
    def drawing(self) -> str:
        """What the page's script draws, as JSON."""
        scale = SCALE[self.unit]
        rows = [
            {"name": str(one.name), "values": [None if v is None else v / scale for v in one.values]}
            for one in self.series
        ]
        label = {"count": "", "fen": _("万元"), "bp": "%"}[self.unit]
        told: dict[str, Any] = {
            "kind": self.kind, "lying": self.lying, "unit": label, "series": rows,
            "categories": [str(name) for name in self.categories],
        }  # fmt: skip
        return json.dumps(told, ensure_ascii=False)

    @property
    def head(self) -> list[str]:
        return ["", *(str(one.name) for one in self.series)]

    @property
    def rows(self) -> list[tuple[str, list[Any]]]:
        """The table: each category with its exact values."""
        return [
            (str(name), [self._shown(one.values[n]) for one in self.series]) for n, name in enumerate(self.categories)
        ]

    def _shown(self, value: int | None) -> Any:
        if value is None:
            return "—"
        if self.unit == "fen":
            return money(fen=value)
        return percent(bp=value) if self.unit == "bp" else value

    @property
    def tall(self) -> bool:
        """Whether its bars need more height than a chart usually has."""
        return self.lying and len(self.categories) > 8

    @property
    def empty(self) -> bool:
        return not any(value for one in self.series for value in one.values)
