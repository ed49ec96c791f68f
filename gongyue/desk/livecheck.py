"""边写边核对: what of the documents would not hold if they were issued as they stand in the form."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any

from django.http import QueryDict

from gongyue.kernel.actions import ACTIONS
from gongyue.kernel.forms import ActionForm
from gongyue.kernel.perform import ask
from gongyue.tendering.domain.documents import write
from gongyue.tendering.facts import procured
from gongyue.tendering.facts.terms import TermsFacts
from gongyue.tendering.models import Tender

from .citations import all_findings
from .sheet import Sheet

LIVE = {"tender.draft": "tender.publish"}  # while this is written, the rules on it of what follows are asked
POINTS = ("tender.price_points", "tender.total_points", "tender.fixed_price")
SEEN = ("documents.", "param.", "tender.procured", *POINTS)


@dataclass(frozen=True)
class Told:
    """Faults of the form by field, and objections of rules as components show them."""

    faults: list[tuple[str, list[str]]]
    findings: list[dict[str, Any]]
    asked: int


def live(sheet: Sheet, typed: QueryDict) -> Told:
    """As far as it can be told from what has been typed: an empty field is no fault yet."""
    form = sheet.act.form(typed, subject=sheet.subject, dossier=sheet.dossier, actor=sheet.post)
    form.is_valid()
    tender = Tender(purchase=sheet.subject.parent_purchase, way=getattr(sheet.subject, "way", ""))
    write(tender, form.cleaned_data)
    follows = ACTIONS[LIVE[sheet.act.name]]
    rules = sheet.regime.rules(follows.name, sheet.today)
    allowed = {rule.id for rule in rules if _seen(rule.names, scored=bool(tender.factors))}
    found = [one for one in ask(follows, tender, sheet.regime, _values(tender, sheet), sheet.at) if one.rule in allowed]
    return Told(_faults(form, typed), all_findings(found, sheet.regime), len(allowed))


def _values(tender: Tender, sheet: Sheet) -> dict[str, Any]:
    told = {f"documents.{name}": value for name, value in asdict(TermsFacts.of(tender)).items()}
    return told | {
        "tender.price_points": tender.price_points, "tender.total_points": tender.total_points,
        "tender.fixed_price": tender.fixed_price, "tender.procured": sheet.dossier is None or procured(sheet.dossier),
    }  # fmt: skip


def _seen(names: Collection[str], *, scored: bool) -> bool:
    """Whether a rule looks at nothing but what is being written; at the points only once there are factors."""
    ours = bool(names) and all(name.startswith(SEEN) for name in names)
    return ours and (scored or not any(name in POINTS for name in names))


def _faults(form: ActionForm, typed: QueryDict) -> list[tuple[str, list[str]]]:
    """The errors of what was typed, and not of what is still to be."""
    found = []
    for name, errors in form.errors.items():
        begun = any(value for key in typed for value in typed.getlist(key) if key.split("-")[0] == name)
        if name in form.fields and begun:
            found.append((str(form.fields[name].label or name), [str(error) for error in errors]))
    return found
