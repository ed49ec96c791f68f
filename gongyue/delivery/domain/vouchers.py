"""凭单: the scheme, issuing to eligible clients, paying a provider of the client's choice."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.delivery.facts import VoucherGate
from gongyue.delivery.forms.people import EraseForm
from gongyue.delivery.forms.vouchers import IssueForm, RedeemForm, SchemeForm, VoidForm
from gongyue.delivery.models import Redemption, Voucher, VoucherScheme
from gongyue.delivery.models.vouchers import client_key, find_voucher, new_number
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post
from gongyue.ledger.models import Entry, Opening

State = Voucher.State


@action(
    "voucherscheme.set", VoucherScheme, reaches=VoucherScheme.State.SET, label=_("公布凭单方案"), form=SchemeForm,
    facts=VoucherGate,
)  # fmt: skip
def set_scheme(
    scheme: VoucherScheme, *, at: datetime, actor: Post, dossier: Dossier, service: str,
    conditions: list[dict[str, str]], value: int, per_client: int, stock: int, expires_on: date,
    total_fen: int | None,
) -> None:  # fmt: skip
    """Say who is eligible, what a voucher is worth, how many there are and until when they hold."""
    scheme.service, scheme.conditions, scheme.value_fen = service, conditions, value
    scheme.per_client, scheme.stock, scheme.expires_on = per_client, stock, expires_on


@action("voucher.issue", Voucher, reaches=State.ISSUED, label=_("发放凭单"), form=IssueForm, facts=VoucherGate)
def issue(
    voucher: Voucher, *, at: datetime, actor: Post, dossier: Dossier, name: str, identity: str, met: list[str],
    evidence: str, unproven: int | None, held: int | None,
) -> None:  # fmt: skip
    """Give one to a client whose conditions were checked; its number is drawn here and told to the client alone."""
    voucher.number, voucher.client_key = new_number(), client_key(voucher.purchase_id, identity)
    voucher.value_fen, voucher.expires_on = voucher.scheme.value_fen, voucher.scheme.expires_on
    voucher.issued_on = dossier.today


@action(
    "voucher.void", Voucher, reaches=State.VOID, sources=[State.ISSUED], label=_("作废凭单"), form=VoidForm,
    facts=VoucherGate,
)  # fmt: skip
def void(voucher: Voucher, *, at: datetime, actor: Post, dossier: Dossier, cause: str) -> None:
    """Lost, or given to somebody who is no longer eligible: it pays nothing, and another may be issued. It counts no
    more, so that of a holder who was forgotten nothing is kept."""
    if Entry.objects.filter(subject=voucher.key, action="voucher.erase").exists():
        voucher.client_key = ""


@action(
    "voucher.erase", Voucher, reaches=None, sources=[State.ISSUED, State.VOID], label=_("删除领用人信息"),
    form=EraseForm, facts=VoucherGate,
)  # fmt: skip
def erase(voucher: Voucher, *, at: datetime, actor: Post, dossier: Dossier, asked: str) -> None:
    """Forget whose it is: what opened the ledger's commitments goes, and the key by which a person's vouchers are
    counted once this one counts no more; until then it tells nothing, it still pays, and a duty to come back for it is
    owed after its last day."""
    if voucher.state == State.VOID or dossier.today > voucher.scheme.expires_on:
        voucher.client_key = ""
    Opening.objects.filter(entry__in=Entry.objects.filter(subject=voucher.key)).delete()


@action(
    "redemption.record", Redemption, reaches=Redemption.State.REDEEMED, label=_("核销凭单"), form=RedeemForm,
    facts=VoucherGate,
)  # fmt: skip
def redeem(
    redemption: Redemption, *, at: datetime, actor: Post, dossier: Dossier, number: str, served_on: date, amount: int,
    used: bool | None, void: bool | None, expires_on: Any, value_fen: int | None,
) -> None:  # fmt: skip
    """The client has chosen this provider and paid it with the voucher. Under the purchase's lock, so of two at once
    the second finds it used; and the database knows no second redemption."""
    voucher = find_voucher(redemption.purchase_id, number)
    assert voucher is not None, "the form has looked it up"
    redemption.voucher, redemption.served_on, redemption.amount_fen = voucher, served_on, amount
