"""机构档案快照: a profile as it stands on a day, as plain values that a bid can freeze and a ledger can commit to."""

from __future__ import annotations

from datetime import date
from typing import Any

from gongyue.kernel.models import Document, Organisation

from .profile import ProfileItem, ProviderProfile

BASICS = ("registration_number", "registration_authority", "representative", "introduction", "accounts")
DAYS = ("established_on", "registration_until", "kept_on")


def snapshot(organisation: Organisation, on: date) -> dict[str, Any]:
    """All that stands in the register, with the digests of its papers. `profile` None: nothing was entered. Days are
    ISO texts, money is in fen. Three queries."""
    profile = ProviderProfile.objects.filter(organisation=organisation.pk).first()
    items = list(
        ProfileItem.objects.filter(organisation=organisation.pk, state=ProfileItem.State.LISTED).order_by("pk")
    )
    keys = [one.key for one in items] + ([profile.key] if profile else [])
    papers: dict[str, list[dict[str, Any]]] = {}
    for paper in Document.objects.filter(subject__in=keys).order_by("pk"):
        kept = {"name": paper.name, "sha256": paper.sha256, "size": paper.size}
        papers.setdefault(paper.subject, []).append(kept)
    return {
        "taken_on": on.isoformat(),
        "organisation": {
            "name": organisation.name, "registration": organisation.registration,
            "credit_code": organisation.credit_code or "", "division": organisation.division_id,
        },
        "profile": _profile(profile, papers) if profile else None,
        "items": [_item(one, papers) for one in items],
    }  # fmt: skip


def _profile(profile: ProviderProfile, papers: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    told = {name: getattr(profile, name) for name in BASICS}
    return told | {name: _day(getattr(profile, name)) for name in DAYS} | {"papers": papers.get(profile.key, [])[-1:]}


def _item(item: ProfileItem, papers: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    return {
        "category": item.category, "title": item.title, "person": item.person, "number": item.number,
        "issuer": item.issuer, "begins_on": _day(item.begins_on), "ends_on": _day(item.ends_on),
        "amount_fen": item.amount_fen, "text": item.text, "papers": papers.get(item.key, []),
    }  # fmt: skip


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def digests(taken: dict[str, Any]) -> set[str]:
    """The papers a snapshot names."""
    rows = [*(taken.get("items") or ()), *([taken["profile"]] if taken.get("profile") else [])]
    return {paper["sha256"] for row in rows for paper in row["papers"]}
