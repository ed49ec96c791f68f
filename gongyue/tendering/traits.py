"""疑点: what two bids have in common that bids made apart rarely have. A lead to look into, never a finding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

TELLING = 40  # signs of a text that, word for word in two bids, are more than a turn of phrase
SEVERAL = 3  # prices that can follow a pattern

TEXTS = {"plan": _("实施方案文字相同"), "fund_rules": _("资金使用细则文字相同"), "profile": _("机构情况文字相同")}
PERSON, PAPER, REPRESENTATIVE = _("机构档案中有同名人员"), _("机构档案中有同一份文件"), _("法定代表人同名")
PRICE, STEPS = _("报价相同"), _("各家报价等差")


class Readable(Protocol):
    """A bid that its reader may read in full."""

    @property
    def pk(self) -> int: ...
    @property
    def organisation(self) -> Any: ...
    @property
    def price_fen(self) -> int | None: ...
    @property
    def snapshot(self) -> dict[str, Any] | None: ...


@dataclass(frozen=True)
class Trait:
    """What was noticed, and with which other bidders it is shared."""

    what: str
    others: tuple[str, ...]


def traits(bid: Readable, bids: Iterable[Readable]) -> list[Trait]:
    """Everything one opened bid shares with others of its tender."""
    every = list(bids)
    rest = [one for one in every if one.pk != bid.pk]
    found = [(words, [one for one in rest if _same(bid, one, part)]) for part, words in TEXTS.items()]
    for words, read in ((PERSON, _people), (PAPER, _papers), (REPRESENTATIVE, _representative)):
        found.append((words, [one for one in rest if read(bid) & read(one)]))
    found.append((PRICE, [one for one in rest if one.price_fen == bid.price_fen]))
    found.append((STEPS, rest if even([one.price_fen or 0 for one in every]) else []))
    return [Trait(str(words), tuple(str(one.organisation) for one in shared)) for words, shared in found if shared]


def even(prices: Sequence[int]) -> bool:
    """Whether several prices, in order, rise by the same amount each time."""
    row = sorted(prices)
    steps = {after - before for before, after in zip(row, row[1:], strict=False)}
    return len(row) >= SEVERAL and len(steps) == 1 and steps != {0}


def _same(one: Readable, other: Readable, part: str) -> bool:
    text = _folded(getattr(one, part) or "")
    return len(text) >= TELLING and text == _folded(getattr(other, part) or "")


def _folded(text: str) -> str:
    return "".join(text.split())


def _items(bid: Readable) -> list[dict[str, Any]]:
    return (bid.snapshot or {}).get("items") or []


def _people(bid: Readable) -> set[str]:
    return {_folded(item["person"]) for item in _items(bid) if item.get("person")}


def _papers(bid: Readable) -> set[str]:
    taken = (bid.snapshot or {}).get("profile")
    rows = [*_items(bid), *([taken] if taken else [])]
    return {paper["sha256"] for row in rows for paper in row.get("papers", ())}


def _representative(bid: Readable) -> set[str]:
    name = _folded(((bid.snapshot or {}).get("profile") or {}).get("representative") or "")
    return {name} if name else set()
