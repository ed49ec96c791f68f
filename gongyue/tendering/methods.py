"""采购方式: which there are, on which grounds the regime admits each, and what follows from a purchase's size.

The grounds are the pack's (`frameworks/`, one entry `method-<name>` each); the names are the house's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.budget.procurement import ProcurementFacts
from gongyue.kernel.actions import ACTIONS
from gongyue.kernel.findings import language
from gongyue.policy import Regime

TENDER = "tender"  # the kind of subject whose procedure a method is
OPEN_LIMIT = "procurement.open_limit"  # from which amount on a place wants open tenders


class Way(models.TextChoices):
    """The methods, in the order of the law."""

    OPEN = "open", _("公开招标")
    INVITED = "invited", _("邀请招标")
    NEGOTIATION = "negotiation", _("竞争性谈判")
    CONSULTATION = "consultation", _("竞争性磋商")
    SINGLE_SOURCE = "single_source", _("单一来源")
    VOUCHER = "voucher", _("凭单制（框架协议）")
    ENTRUSTMENT = "entrustment", _("定向委托")
    VENTURE = "venture", _("公益创投")


TENDERED = frozenset({"", Way.OPEN, Way.INVITED, Way.VOUCHER})  # a framework is solicited as an open tender is
TALKED = frozenset({Way.NEGOTIATION, Way.CONSULTATION})
ONE = frozenset({Way.SINGLE_SOURCE, Way.ENTRUSTMENT})  # with a provider that is named beforehand
OTHERS = TALKED | ONE | {Way.VENTURE}
ADDITION = "addition"  # the ground of buying more from the former supplier
AS_OPEN = frozenset({Way.OPEN, Way.VOUCHER})  # what the common procedure serves; any other method has its own
SEVERAL = frozenset({Way.VENTURE, Way.VOUCHER})  # by which more than one may win


@dataclass(frozen=True)
class Ground:
    """On which a method may be chosen. `publicity`: of a purchase that open tenders are for it is made known first."""

    id: str
    zh: str
    en: str
    cite: str
    publicity: bool

    @property
    def name(self) -> str:
        """In the reader's language."""
        return self.en if language() == "en" else self.zh


@dataclass(frozen=True)
class Admitted:
    """A method as a regime admits it. `exception`: no law lists it, so that within procurement it is one."""

    way: Way
    cite: str
    grounds: tuple[Ground, ...]
    exception: bool

    def ground(self, name: str) -> Ground | None:
        return next((one for one in self.grounds if one.id == name), None)


def entry(regime: Regime, way: str) -> Mapping[str, Any] | None:
    """What the pack says of a method, whether or not it holds; None: nothing."""
    return regime.frameworks.get(f"method-{way.replace('_', '-')}")


def founded(regime: Regime, way: str, on: date) -> bool:
    """Whether what admits a method is in force on a day."""
    raw = entry(regime, way)
    return raw is not None and _holds(regime, raw["cite"], on)


def practicable(regime: Regime, way: str, on: date) -> bool:
    """Whether the regime says how a method goes on, and has somebody for each of its steps."""
    order = regime.order(TENDER, way, on)
    if order is None or (way not in AS_OPEN and order == regime.order(TENDER, "", on)):
        return False
    steps = [act for act in ACTIONS.values() if act.subject.kind == TENDER and act.sources is None and act.serves(way)]
    reached = {act.reaches for act in steps if regime.who(act.name, on) is not None}
    return reached.issuperset(order.milestones)


def admitted(regime: Regime, on: date) -> list[Admitted]:
    """The methods that are founded and practicable on a day, each with the grounds in force, in the order of `Way`."""
    found = []
    for way in Way:
        raw = entry(regime, way)
        if raw is not None and founded(regime, way, on) and practicable(regime, way, on):
            grounds = tuple(_ground(one, raw["cite"]) for one in raw.get("grounds", ()))
            kept = tuple(one for one in grounds if _holds(regime, one.cite, on))
            found.append(Admitted(way, raw["cite"], kept, bool(raw.get("exception"))))
    return found


def find(regime: Regime, way: str, on: date) -> Admitted | None:
    return next((one for one in admitted(regime, on) if one.way == way), None)


def ground_name(regime: Regime, way: str, ground: str) -> str:
    """In the reader's language, whether or not it still holds; "" where there is none."""
    raw = entry(regime, way) or {}
    rows = (_ground(one, raw["cite"]) for one in raw.get("grounds", ()))
    return next((one.name for one in rows if one.id == ground), "")


def _ground(raw: dict[str, Any], cite: str) -> Ground:
    return Ground(raw["id"], raw["zh"], raw["en"], raw.get("cite", cite), bool(raw.get("publicity")))


def _holds(regime: Regime, cite: str, on: date) -> bool:
    return regime.instruments[cite.partition("#")[0]].in_force(on)


def figure(regime: Regime, name: str, on: date) -> int | None:
    """A limit that the regime itself gives on a day; None where it gives none."""
    if all(parameter.name != name for parameter in regime.parameters()):
        return None
    dated = regime.parameter(name, on)
    return int(dated.value) if dated is not None else None


def nature(judged: ProcurementFacts) -> str:
    """Whether it is government procurement, as a choice of method states it."""
    return "unknown" if judged.within is None else "procurement" if judged.within else "outside"


def size(year_fen: int, open_limit_fen: int | None) -> str:
    """Whether one year's budget reaches what open tenders are for."""
    if open_limit_fen is None:
        return "unknown"
    return "above" if year_fen >= open_limit_fen else "below"


def course(regime: Regime, found: Admitted, ground: str, *, kind: str, large: bool, on: date) -> str:
    """Which variant of the procedure the choice itself follows: with approval, with publicity before that, or none."""
    if found.way == Way.OPEN or not large:
        return ""
    chosen = found.ground(ground)
    wanted = ["publicity"] if chosen is not None and chosen.publicity else []
    common = regime.order(kind, "", on)
    return next((one for one in [*wanted, "approval"] if regime.order(kind, one, on) not in (None, common)), "")
