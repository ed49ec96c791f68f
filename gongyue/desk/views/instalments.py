"""拨付日历: every instalment of the purchases a post may see, month by month; and paying several from one page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django.db.models import Sum
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from gongyue.budget.models import Share
from gongyue.contracts.models import Contract, Instalment
from gongyue.desk.citations import all_findings
from gongyue.desk.context import opens
from gongyue.desk.session import DeskRequest, at_desk
from gongyue.kernel import regimes
from gongyue.kernel.models import Obligation, Purchase
from gongyue.kernel.perform import Outcome, perform
from gongyue.kernel.queries import visible
from gongyue.payments.models import Payment, Refund

SHOWN = 400  # instalments on the calendar: twenty streets have sixty a year


@dataclass(frozen=True)
class Line:
    """One payer's part of one instalment. `days`: calendar days late, of an unpaid one as of today."""

    instalment: Instalment
    payment: Payment | None
    days: int
    holder: str
    open: bool

    @property
    def amount_fen(self) -> int:
        return self.payment.amount_fen if self.payment else self.instalment.amount_fen


@dataclass
class Street:
    """The money of one purchase, in fen."""

    purchase: Purchase
    planned_fen: int = 0
    committed_fen: int = 0
    paid_fen: int = 0
    late_fen: int = 0
    recovered_fen: int = 0


@dataclass(frozen=True)
class Paid:
    """What came of one payment among several."""

    payment: Payment
    outcome: Outcome
    findings: list[dict[str, object]]
    errors: list[str]


@at_desk
def instalments(request: DeskRequest) -> HttpResponse:
    """By month, then by street. Six queries beside those of any page."""
    if not opens("instalments", request.post.organisation):
        raise Http404
    seen = visible(request.post, on=request.today)
    lines = _lines(seen, request.today)
    months: dict[date, list[Line]] = {}
    for line in lines:
        months.setdefault(line.instalment.due_on.replace(day=1), []).append(line)
    context = {
        "months": months, "streets": _streets(seen, lines), "today": request.today,
        "mine": any(_payable(line, request) for line in lines),
    }  # fmt: skip
    return render(request, "desk/instalments.html", context)


def _lines(seen: object, today: date) -> list[Line]:
    """Every part of every instalment of signed contracts, by due day."""
    signed = Contract.objects.standing().filter(purchase__in=seen, signed_on__isnull=False)  # type: ignore[misc]
    rows = Instalment.objects.filter(contract__in=signed)
    found = list(rows.select_related("contract__purchase").order_by("due_on", "pk")[:SHOWN])
    payments: dict[int, list[Payment]] = {}
    paid = Payment.objects.filter(claim__instalment__in=found).select_related("payer", "claim").order_by("pk")
    for payment in paid:
        payments.setdefault(payment.claim.instalment_id, []).append(payment)
    keys = [payment.key for row in payments.values() for payment in row]
    owed = Obligation.objects.filter(subject__in=keys, action="payment.pay").select_related("post__person")
    due = {row.subject: row for row in owed.order_by("pk")}
    out = []
    for line in found:
        parts: list[Payment | None] = [*payments.get(line.pk, [])]
        for part in parts or [None]:
            row = due.get(part.key) if part else None
            out.append(Line(
                line, part, row.days_late(today) if row else 0, str(row.post or "") if row else "",
                part is None or part.state != Payment.State.PAID,
            ))  # fmt: skip
    return out


def _streets(seen: object, lines: Iterable[Line]) -> list[Street]:
    """Planned, committed, paid, late and recovered of each purchase that has a contract."""
    streets: dict[int, Street] = {}
    for line in lines:
        purchase = line.instalment.contract.purchase
        street = streets.setdefault(purchase.pk, Street(purchase))
        if line.payment and line.open and line.days:
            street.late_fen += line.amount_fen
    for share in Share.objects.filter(purchase__in=streets):
        street = streets[share.purchase_id]
        street.planned_fen += share.amount_fen
        street.committed_fen += share.amount_fen if share.state == Share.State.COMMITTED else 0
        street.paid_fen += share.paid_fen
    back = Refund.objects.filter(purchase__in=streets, state=Refund.State.RECEIVED)
    for pk, fen in back.values_list("purchase").annotate(fen=Sum("amount_fen")).values_list("purchase", "fen"):
        streets[pk].recovered_fen = fen
    return list(streets.values())


def _payable(line: Line, request: DeskRequest) -> bool:
    return line.payment is not None and line.open and line.payment.payer_id == request.post.organisation_id


def _due(request: DeskRequest) -> list[Payment]:
    """What the reader's own organisation has to pay."""
    rows = Payment.objects.filter(payer=request.post.organisation_id).exclude(state=Payment.State.PAID)
    return list(rows.select_related(*Payment.related, "purchase").order_by("due_on", "pk")[:100])


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def pay(request: DeskRequest) -> HttpResponse:
    """Each row with a voucher number is one payment, done or refused by itself: one refusal loses no other."""
    if not opens("funds", request.post.organisation):
        raise Http404
    done = [_paid(payment, request) for payment in _due(request) if _typed(payment, request)]
    status = 422 if any(one.outcome.entry is None for one in done) else 200
    context = {
        "rows": _due(request), "done": done, "today": request.today, "channels": Payment.Channel.choices,
        "typed": request.POST, "number": uuid4(),
    }  # fmt: skip
    return render(request, "desk/pay_several.html", context, status=status)


def _typed(payment: Payment, request: DeskRequest) -> str:
    return str(request.POST.get(f"voucher-{payment.pk}", "")).strip()


def _paid(payment: Payment, request: DeskRequest) -> Paid:
    data = {
        "voucher_number": _typed(payment, request), "paid_on": request.POST.get("paid_on", ""),
        "channel": request.POST.get("channel", ""),
    }  # fmt: skip
    outcome = perform(
        "payment.pay", payment, actor=request.post, at=request.legal_now, data=data, seen=payment.version,
        request_id=uuid4(),
    )  # fmt: skip
    errors = [str(error) for found in outcome.form.errors.values() for error in found] if outcome.form else []
    return Paid(payment, outcome, all_findings(outcome.findings, regimes.current(payment.regime_code)), errors)
