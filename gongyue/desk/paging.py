"""Pages of a list, and counts that stop at a thousand: counting a large table costs more than showing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest

from gongyue.kernel.queries import bounded_count

from .session import whole

T = TypeVar("T")
LIMIT = 1_000
SIZE = 20
AROUND = 2
FAR = 1_000_000  # no list is longer


def bounded(rows: QuerySet[Any], most: int = LIMIT) -> str:
    """How many there are, exactly up to `most` (a thousand), "1 000+" beyond: one query that stops there."""
    found = bounded_count(rows, most)
    return str(found) if found <= most else f"{most:,}+".replace(",", " ")


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page. `total` is a bounded count, `last` the last page within it; `more`: there is a next one."""

    rows: Sequence[T]
    number: int
    size: int
    total: str
    more: bool

    @property
    def last(self) -> int:
        known = LIMIT if self.total.endswith("+") else int(self.total)
        return max(1, -(-known // self.size), self.number + self.more)

    @property
    def previous(self) -> int:
        return self.number - 1

    @property
    def next(self) -> int:
        return self.number + 1

    @property
    def first_row(self) -> int:
        """The number of the first row, from 1."""
        return (self.number - 1) * self.size + 1

    @property
    def links(self) -> list[int | None]:
        """Page numbers worth a link; None stands for those left out."""
        near = set(range(self.number - AROUND, self.number + AROUND + 1)) | {1, self.last}
        shown = [n for n in sorted(near) if 1 <= n <= self.last]
        out: list[int | None] = []
        for n in shown:
            if out and out[-1] is not None and n - out[-1] > 1:
                out.append(None)
            out.append(n)
        return out


def page_number(request: HttpRequest) -> int:
    """The page asked for; what is no page is the first."""
    return max(1, min(whole(request.GET.get("page", "")) or 1, FAR))


def page(rows: QuerySet[Any], request: HttpRequest, size: int = SIZE) -> Page[Any]:
    """Two queries: the rows of one page (and one more, to know whether there is a next), and the bounded count."""
    number = page_number(request)
    start = (number - 1) * size
    found = list(rows[start : start + size + 1])
    return Page(found[:size], number, size, bounded(rows), len(found) > size)
