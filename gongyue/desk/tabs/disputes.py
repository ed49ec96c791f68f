"""争议: what suppliers ask, challenge and complain about, each with its clocks and who holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from gongyue.desk.citations import Chip, chip
from gongyue.kernel.findings import language
from gongyue.policy.words import length
from gongyue.tendering.models import Tender
from gongyue.tendering.relief import Clock, Matter, Window, disputes

from .tab import Tab

if TYPE_CHECKING:
    from gongyue.desk.casefile import CaseFile


@dataclass(frozen=True)
class Running:
    """A clock by the name and the article of its rule."""

    clock: Clock
    name: str
    cite: Chip


@dataclass(frozen=True)
class Row:
    matter: Matter
    running: list[Running]


@dataclass(frozen=True)
class Span:
    """A window with its article and how long it is, and whether it is over."""

    window: Window
    cite: Chip
    over: bool
    within: str


def context(case: CaseFile) -> Mapping[str, Any]:
    found = disputes(case.dossier, case.post)
    rules = {rule.id: rule for rule in case.regime.all_obligations()}
    rows = [
        Row(one, [
            Running(clock, rules[clock.rule].name[language()], chip(case.regime, rules[clock.rule].cite))
            for clock in one.clocks if clock.rule in rules
        ])
        for one in found.matters
    ]  # fmt: skip
    spans = [
        Span(one, chip(case.regime, one.cite), one.over(case.today), length(one.value, one.unit, language()))
        for one in found.windows
    ]
    return {
        "rows": rows,
        "secret": _secret(case.tender),
        "spans": spans,
        "told": found.told,
        "pauses": found.pauses,
        "rest": found.rest,
    }


def _secret(tender: Tender | None) -> str:
    """Until when nobody else learns of them."""
    if tender is not None and tender.discreet:
        return str(_("结果公布以前，只有提出的供应商和答复单位知道"))
    opened = tender is not None and tender.opened_at is not None
    return "" if opened else str(_("开标以前，只有提出的供应商和答复单位知道"))


TAB = Tab("disputes", _("争议"), "scale", body="desk/tabs/disputes.html", context=context)
