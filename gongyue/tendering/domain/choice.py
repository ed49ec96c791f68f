"""确定采购方式: chosen by the purchaser, made known where one supplier is meant, approved where the law wants it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.budget.models import PlanItem
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post
from gongyue.tendering import methods
from gongyue.tendering.facts import MethodGate
from gongyue.tendering.forms import (
    ApproveMethodForm,
    ArgueForm,
    ChooseForm,
    MethodPublicityForm,
    ObjectForm,
    ReturnMethodForm,
)
from gongyue.tendering.models import Method

State = Method.State


@action("method.choose", Method, reaches=State.CHOSEN, also_from=[State.RETURNED], label=_("确定采购方式"),
        form=ChooseForm, facts=MethodGate)  # fmt: skip
def choose(
    method: Method, *, at: datetime, actor: Post, dossier: Dossier, way: str, ground: str, reason: str, evidence: Any,
    category: str, year_fen: int, listed: bool, limit_fen: int | None, open_limit_fen: int | None, limit_source: str,
    undefined: bool, adjusted: bool, original_fen: int | None, added_fen: int | None, supplier: Organisation | None,
    consent: str, nature: str, size: str, others_fen: int,
) -> None:  # fmt: skip
    """Say by which method the provider is to be found, on what ground, and what the amounts are measured by. Whether
    it has to be made known and approved follows from them."""
    item = dossier.latest(PlanItem)
    assert item is not None, "nothing follows a plan item that is not there"
    found = methods.find(dossier.regime, way, dossier.today)
    assert found is not None, "the form offers what the regime admits"
    method.way, method.ground, method.reason, method.category = way, ground, reason, category
    method.purchaser, method.year, method.year_fen = actor.organisation, item.year, year_fen
    method.listed, method.limit_fen, method.open_limit_fen = listed, limit_fen, open_limit_fen
    method.limit_source, method.adjusted, method.consent = limit_source, adjusted, consent
    method.nature, method.size, method.others_fen, method.supplier = nature, size, others_fen, supplier
    method.original_fen, method.added_fen = original_fen, added_fen
    method.exception = found.exception and nature != Method.Nature.OUTSIDE
    large = nature == Method.Nature.PROCUREMENT and size == Method.Size.ABOVE
    method.course = methods.course(dossier.regime, found, ground, kind=Method.kind, large=large, on=dossier.today)
    method.chosen_at, method.published_on, method.public_until = at, None, None
    method.opinions, method.objections = [], []


@action("method.publicise", Method, reaches=State.PUBLISHED, label=_("单一来源公示"), form=MethodPublicityForm,
        facts=MethodGate)  # fmt: skip
def publicise(
    method: Method, *, at: datetime, actor: Post, dossier: Dossier, began_on: date, until: date, outlet: str,
    opinions: list[dict[str, Any]], paper: Any,
) -> None:  # fmt: skip
    """Record what was made known of the sole supplier, where, and until when objections could be written."""
    method.published_on, method.public_until, method.media, method.opinions = began_on, until, outlet, opinions


@action("method.object", Method, reaches=None, sources=[State.PUBLISHED], label=_("登记公示异议"), form=ObjectForm,
        facts=MethodGate)  # fmt: skip
def objection(method: Method, *, at: datetime, actor: Post, dossier: Dossier, received_on: date, what: str,
              paper: Any) -> None:  # fmt: skip
    """Keep what was written against it; it has to be argued before anybody approves."""
    method.objections = [*method.objections, {"received_on": received_on.isoformat(), "what": what}]


@action("method.argue", Method, reaches=None, sources=[State.PUBLISHED], label=_("补充论证"), form=ArgueForm,
        facts=MethodGate)  # fmt: skip
def argue(method: Method, *, at: datetime, actor: Post, dossier: Dossier, upheld: str, opinion: str, told: str) -> None:
    """Argue every objection that is still open. One that is found right leaves another method to be chosen."""
    found = {"upheld": upheld == "yes", "opinion": opinion, "told": told}
    method.objections = [row if "upheld" in row else row | found for row in method.objections]


@action("method.approve", Method, reaches=State.APPROVED, label=_("批准采购方式"), form=ApproveMethodForm,
        facts=MethodGate)  # fmt: skip
def approve(method: Method, *, at: datetime, actor: Post, dossier: Dossier, number: str, opinion: str,
            paper: Any) -> None:  # fmt: skip
    """Finance of the prefecture or above lets a method other than open tender be used for a large purchase."""
    method.approval_number, method.approved_on = number, dossier.today


@action("method.return", Method, reaches=State.RETURNED, sources=[State.CHOSEN, State.PUBLISHED, State.APPROVED],
        label=_("退回采购方式"), form=ReturnMethodForm, facts=MethodGate)  # fmt: skip
def return_method(method: Method, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> None:
    """Not approved, given up, or measured by a budget that has grown since: it is chosen anew."""
