"""The second-year agreement: born of the first by a signed conclusion, with an item and money of its own year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.assessment.facts import RenewalGate
from gongyue.assessment.forms.renewal import RenewForm
from gongyue.budget.models import PlanItem
from gongyue.clock import LOCAL
from gongyue.contracts.models import Contract, Instalment
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post, Subject

State = Contract.State


@action(
    "contract.renew", Contract, reaches=None, sources=[State.SIGNED, State.FILED], last=True,
    label=_("续签第二年协议"), form=RenewForm, facts=RenewalGate,
    bears=[(Contract, State.DRAFTED), (PlanItem, PlanItem.State.PROPOSED)], section="supervision",
)  # fmt: skip
def renew(
    contract: Contract, *, at: datetime, actor: Post, dossier: Dossier, number: str, amount: int, starts_on: date,
    ends_on: date | None, service_requirements: str, quality_standard: str, payment_method: str, rights_duties: str,
    service_range: str, subject_matter: str, quantity_terms: str, check_terms: str, breach_terms: str,
    dispute_terms: str, instalments: list[dict[str, Any]],
) -> Iterable[Subject]:  # fmt: skip
    """Draft the next year with the same provider; its item goes to finance, which arranges that year's shares."""
    before = dossier.latest(PlanItem)
    item = PlanItem.objects.create(
        purchase=contract.purchase, year=starts_on.year, amount_fen=amount,
        content=before.content if before else service_requirements, goals=before.goals if before else "",
        requirements=service_requirements, proposed_on=at.astimezone(LOCAL).date(), state=PlanItem.State.PROPOSED,
    )  # fmt: skip
    second = Contract.objects.create(
        purchase=contract.purchase, tender=contract.tender, purchaser=contract.purchaser, provider=contract.provider,
        year_number=contract.year_number + 1, renews=contract, item=item, number=number, amount_fen=amount,
        starts_on=starts_on, ends_on=ends_on, service_requirements=service_requirements,
        quality_standard=quality_standard, payment_method=payment_method, rights_duties=rights_duties,
        service_range=service_range, subject_matter=subject_matter, quantity_terms=quantity_terms,
        check_terms=check_terms, breach_terms=breach_terms, dispute_terms=dispute_terms,
        one_of_several=contract.one_of_several, state=State.DRAFTED,
    )  # fmt: skip
    Instalment.objects.bulk_create(
        Instalment(contract=second, number=n, due_on=row["due_on"], amount_fen=row["amount"], requires=row["requires"])
        for n, row in enumerate(instalments, 1)
    )
    return [second, item]
