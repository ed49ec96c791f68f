"""公开信息: what the regulation wants published, read from the ledger.

A notice is an entry of the ledger that has its leaf in the tree, shown with the fields that its regime's disclosure
list names, in the words and figures the entry holds: later changes of tables do not reach it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gongyue.clock import LOCAL
from gongyue.kernel import regimes
from gongyue.kernel.actions import ACTIONS
from gongyue.kernel.findings import language
from gongyue.kernel.models import Purchase, RegimeVersion
from gongyue.kernel.replay import recorded
from gongyue.ledger import proofs
from gongyue.ledger.models import Entry
from gongyue.policy import Disclosure, Regime

from .wording import label_of, worded

SIZE = 20  # entries a page
CHECKER = Path(__file__).with_name("check_proof.py")


@dataclass(frozen=True)
class PublicNotice:
    """One publication. `entry`: the ledger entry's id, which a list continues from; `published_at`: legal time.

    `fields`: label and value in words, unknown values left out; `values`: the same by name, as the entry has them.
    """

    entry: int
    kind: str
    title: str
    purchase: int | None
    purchase_title: str
    division: str
    published_at: datetime
    fields: list[tuple[str, str]]
    values: Mapping[str, Any]
    regime: str
    cite: str


def public_notices(
    kind: str | None = None, regime: str | None = None, before: int | None = None, size: int = SIZE
) -> list[PublicNotice]:
    """The latest notices, of one kind or one regime (its code) where given; `before`: of entries older than this one.

    Four queries, whatever the length of the ledger. An entry published under two heads gives two notices.
    """
    entries = _public(kind, regime)
    if before is not None:
        entries = entries.filter(pk__lt=before)
    return _notices(entries[:size], kind)


def notices_of(purchase: Purchase) -> list[PublicNotice]:
    """Everything published about one purchase, the latest first."""
    return _notices(_public(None, purchase.regime).filter(purchase=purchase.pk), None)


def notices_about(text: str, size: int = SIZE) -> list[PublicNotice]:
    """The latest notices of purchases whose title or place holds the text, and of kinds so called. Four queries."""
    lang, entries = language(), _public(None, None)
    called = {
        action
        for digest in _digests(None) for raw in _listed(digest) if text in raw["name"][lang] for action in raw["on"]
    }  # fmt: skip
    about = Purchase.objects.filter(Q(title__icontains=text) | Q(division__name__icontains=text))
    found = entries.filter(Q(purchase__in=about.values("pk")) | Q(action__in=sorted(called)))
    return _notices(found[:size], None)[:size]


def notices_at(entry: int) -> list[PublicNotice]:
    """The notices that one entry gives; empty where it is not public."""
    return _notices(_public(None, None).filter(pk=entry), None)


def kinds(regime: str | None = None) -> dict[str, str]:
    """The kinds of notice with their names in the reader's language, in the order of the disclosure lists."""
    lang = language()
    return {raw["kind"]: raw["name"][lang] for digest in _digests(regime) for raw in _listed(digest)}


def proof(entry: int) -> dict[str, Any] | None:
    """What proves that an entry stands in the ledger, as JSON with how to check it; None where it is not public.

    `text` is the entry as written; `path` leads from its hash to `root`, the head of the tree of `size` entries.
    """
    row = _public(None, None).filter(pk=entry).first()
    found = proofs.inclusion(row) if row else None
    if found is None:
        return None
    return dict(found) | {
        "algorithm": "RFC 9162 2.1.3.2, SHA-256",
        "check": [
            _("把 check_by 存为 check_proof.py，把本文件存为 proof.json，运行 python check_proof.py proof.json"),
            _("或者自行计算：leaf = sha256(0x00 与 text 的 UTF-8 字节)，再按 RFC 9162 第 2.1.3.2 节由 path 算到根"),
            _("算得的根须等于 root；root 须与您从别处得到的、size 相同的树首一致"),
        ],
        "check_by": CHECKER.read_text(encoding="utf-8"),
    }


def _digests(code: str | None) -> list[str]:
    """Every loaded version of a regime, or of all: what an old version published stays published."""
    versions = RegimeVersion.objects.filter(code=code) if code else RegimeVersion.objects.all()
    return list(versions.order_by("pk").values_list("digest", flat=True))


@lru_cache(maxsize=64)
def _listed(digest: str) -> tuple[Mapping[str, Any], ...]:
    """The disclosure list of a version; its body never changes."""
    return tuple(raw for raw in regimes.at_digest(digest).body["disclosures"] if not raw.get("drop"))


def _public(kind: str | None, code: str | None) -> QuerySet[Entry]:
    """The sequenced entries that may give a notice of this kind, the latest first."""
    listed = {digest: _listed(digest) for digest in _digests(code)}
    actions = {
        action for rows in listed.values() for raw in rows if kind in (None, raw["kind"]) for action in raw["on"]
    }
    entries = Entry.objects.filter(action__in=sorted(actions), regime__in=list(listed), leaf__isnull=False)
    return entries.order_by("-pk")


def _notices(entries: Iterable[Entry], kind: str | None) -> list[PublicNotice]:
    rows = list(entries)
    ids = {row.purchase for row in rows if row.purchase is not None}
    titles = _titles(ids)
    purchases = Purchase.objects.filter(pk__in=ids).select_related("division").in_bulk() if ids else {}
    return [
        _notice(row, regime, disclosure, titles, purchases)
        for row in rows
        for regime in [regimes.at_digest(row.regime)]
        for disclosure in regime.disclosures_of(row.action, row.at.astimezone(LOCAL).date())
        if kind in (None, disclosure.kind) and _published(row, regime, disclosure)
    ]


def _published(row: Entry, regime: Regime, disclosure: Disclosure) -> bool:
    """Whether the facts that the act was judged by are those of which the notice is given."""
    if not disclosure.when or row.action not in ACTIONS:
        return True
    values = recorded(ACTIONS[row.action], _content(row))
    return regime.publishes(disclosure, row.action, values, row.at.astimezone(LOCAL).date())


def _notice(
    row: Entry, regime: Regime, disclosure: Disclosure, titles: Mapping[int, str], purchases: Mapping[int, Purchase]
) -> PublicNotice:
    lang, content = language(), _content(row)
    known = {name: value for name in disclosure.fields if (value := _value(content, name)) not in (None, "", [])}
    purchase = purchases.get(row.purchase) if row.purchase is not None else None
    return PublicNotice(
        entry=row.pk,
        kind=disclosure.kind,
        title=disclosure.name[lang],
        purchase=row.purchase,
        purchase_title=titles.get(row.purchase, "") if row.purchase is not None else "",
        division=purchase.division.name if purchase else "",
        published_at=row.at.astimezone(LOCAL),
        fields=[
            (label_of(row.action, name), worded(row.action, name, value, content["facts"], regime, lang))
            for name, value in known.items()
        ],
        values=known,
        regime=regime.code,
        cite=disclosure.cite,
    )


def _content(row: Entry) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(row.body)["content"]
    return content


def _value(content: Mapping[str, Any], name: str) -> Any:
    """A listed value; what the entry only commits to stays closed."""
    value = (
        content["input"].get(name.removeprefix("input.")) if name.startswith("input.") else content["facts"].get(name)
    )
    return None if isinstance(value, dict) and "commitment" in value else value


def _titles(purchases: Iterable[int]) -> dict[int, str]:
    """What each purchase was called when it was opened: from its first entry."""
    keys = [f"{Purchase.kind}:{pk}" for pk in purchases]
    first = Entry.objects.filter(subject__in=keys, version=1) if keys else Entry.objects.none()
    return {row.purchase: str(_content(row)["input"].get("title", "")) for row in first if row.purchase is not None}
