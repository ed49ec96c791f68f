"""The stored regimes: packs are loaded by digest, and what is evaluated is what was stored."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from gongyue.policy import PackErrors, Regime, read_packs, wrong_duties

from .actions import vocabulary
from .models import Division, RegimeVersion


def roots() -> list[Path]:
    """Where packs are found: in the package, then in `GONGYUE_PACKS`."""
    own = [Path(__file__).parents[1] / "packs"]
    return own + [Path(p) for p in settings.GONGYUE_PACKS]


def codes() -> list[str]:
    """The packs that govern a place of their own (a national pack is only ever extended)."""
    return sorted(code for code, pack in read_packs(roots()).items() if pack.jurisdiction)


def every() -> list[str]:
    """All packs, the ones that are only extended among them."""
    return sorted(read_packs(roots()))


def load(code: str) -> RegimeVersion:
    """Check a regime, store its merged body under its digest (once), and its divisions. Raises PackErrors."""
    regime, text = _checked(code)
    _store_divisions(regime)
    latest = RegimeVersion.objects.filter(code=code).order_by("-pk").first()
    if latest and latest.digest == regime.digest:
        return latest
    return RegimeVersion.objects.create(code=code, digest=regime.digest, jurisdiction=regime.jurisdiction, body=text)


def checked(code: str) -> Regime:
    """The regime as its packs have it now, in which every duty can be done. Raises PackErrors."""
    return _checked(code)[0]


def _checked(code: str) -> tuple[Regime, str]:
    """The same, and its merged body."""
    regime = Regime.load(roots(), code, vocabulary())
    if faults := wrong_duties(regime):
        raise PackErrors(faults)
    return regime, json.dumps(regime.body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _store_divisions(regime: Regime) -> None:
    known: dict[str, str] = {}
    for division in regime.divisions:
        parent = division.parent or None
        known[division.code] = f"{known.get(parent or '', '')}{division.code}/"
        Division.objects.update_or_create(
            code=division.code,
            defaults={
                "name": division.name["zh"], "name_en": division.name.get("en", ""), "level": division.level,
                "parent_id": parent, "path": known[division.code], "since": division.since, "until": division.until,
            },
        )  # fmt: skip
    for programme in regime.programmes.values():
        for unit in programme.units:
            code = Division.street_code(unit.district, unit.street)
            Division.objects.update_or_create(
                code=code,
                defaults={
                    "name": unit.street, "level": Division.Level.STREET, "parent_id": unit.district,
                    "path": f"{known[unit.district]}{code}/",
                },
            )  # fmt: skip


@lru_cache(maxsize=32)
def at_digest(digest: str) -> Regime:
    """A regime exactly as it was loaded under this digest."""
    stored = RegimeVersion.objects.filter(digest=digest).values_list("body", flat=True)[0]
    return Regime(json.loads(stored), vocabulary())


def current(code: str) -> Regime:
    """The latest loaded version of a regime. One query; the compiled regime is kept by its digest."""
    digest = RegimeVersion.objects.filter(code=code).order_by("-pk").values_list("digest", flat=True).first()
    if digest is None:
        raise ImproperlyConfigured(f"regime {code} is not loaded: run `gongyue packs load`")
    return at_digest(digest)


def code_for(division: Division) -> str:
    """The regime that governs a place: the loaded one with the narrowest jurisdiction that contains it."""
    codes = division.path.strip("/").split("/")
    found = dict(
        RegimeVersion.objects.filter(jurisdiction__in=codes).order_by("pk").values_list("jurisdiction", "code")
    )
    for code in reversed(codes):
        if code in found:
            return found[code]
    raise ImproperlyConfigured(f"no loaded regime governs {division.name}")
