"""凭单: given by the purchaser to eligible clients, who choose a provider and pay with it (Chengdu, article 19).

Who holds one is known by a keyed digest alone: name and identity number stand in the ledger's deletable openings.
"""

from __future__ import annotations

import secrets
from typing import ClassVar, Self

from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from gongyue.contracts.models import Contract, filed
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post
from gongyue.tendering.methods import Way

from .service import Service, contract_in_force

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is taken for another
GROUPS, GROUP = 3, 4  # twelve of them: sixty bits


def new_number() -> str:
    """A number that nobody can guess: whoever tells it to a provider pays with the voucher."""
    return "-".join("".join(secrets.choice(LETTERS) for _each in range(GROUP)) for _group in range(GROUPS))


def read_number(typed: str) -> str:
    """A number as it is kept, whatever way it was typed."""
    kept = "".join(letter for letter in typed.upper() if letter in LETTERS)
    return "-".join(kept[start : start + GROUP] for start in range(0, len(kept), GROUP))


def client_key(purchase: int, identity: str) -> str:
    """Tells within one purchase whether two vouchers are one person's; says nothing without the site's secret."""
    told = "".join(identity.split()).upper()
    return salted_hmac("gongyue.voucher", f"{purchase}:{told}", algorithm="sha256").hexdigest()


class Voucherly(Service):
    """On the part 凭单 of a purchase's page; only where providers were chosen to be paid by vouchers."""

    section = "vouchers"

    class Meta:
        abstract = True

    @classmethod
    def idle(cls, dossier: Dossier) -> bool:
        return framework(dossier) is None


def framework(dossier: Dossier | None) -> Contract | None:
    """A contract in force that vouchers pay under; None: there is none."""
    contract = contract_in_force(dossier) if dossier is not None else None
    return contract if contract and contract.tender and contract.tender.way == Way.VOUCHER else None


class VoucherScheme(Voucherly):
    """凭单方案: who is eligible, what one voucher is worth (fen), how many there are and until when they hold."""

    kind = "voucherscheme"
    called = _("凭单方案")

    class State(models.TextChoices):
        SET = "set", _("已公布")

    service = models.CharField(_("可用凭单支付的服务"), max_length=120)
    conditions = models.JSONField(_("服务对象的条件"), default=list)  # condition and proof, in order
    value_fen = models.BigIntegerField(_("每张面值"))
    per_client = models.PositiveSmallIntegerField(_("每人最多持有（张）"))
    stock = models.PositiveIntegerField(_("发放总数（张）"))
    expires_on = models.DateField(_("有效期至"))  # the last day it pays

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["purchase"], name="one_voucher_scheme"),
            models.CheckConstraint(condition=models.Q(value_fen__gt=0), name="voucher_value_positive"),
        ]

    def __str__(self) -> str:
        return self.service

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """Once."""
        if dossier is None or framework(dossier) is None or dossier.all(cls):
            return []
        return [cls(purchase=dossier.purchase)]


class Voucher(Voucherly):
    """凭单: one, given to one client. That it has expired is a matter of dates, that it was used of its redemption."""

    kind = "voucher"
    called = _("凭单")
    numerous = True
    related = ("scheme", "issuer")

    class State(models.TextChoices):
        ISSUED = "issued", _("已发放")
        VOID = "void", _("已作废")

    scheme = models.ForeignKey(VoucherScheme, on_delete=models.PROTECT, related_name="vouchers")
    issuer = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    number = models.CharField(_("凭单号"), max_length=20, unique=True)
    client_key = models.CharField(max_length=64, blank=True)
    value_fen = models.BigIntegerField(_("面值"), default=0)
    issued_on = models.DateField(_("发放日期"), null=True)
    expires_on = models.DateField(_("有效期至"), null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["purchase", "client_key"], name="voucher_holder")]

    def __str__(self) -> str:
        return self.number

    def visible_to(self, actor: Post) -> bool:
        """To whoever issued it: a provider learns its number from the client."""
        return self.pk is None or self.issuer_id == actor.organisation_id

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """One more, once there is a scheme."""
        scheme = dossier.latest(VoucherScheme) if dossier is not None else None
        if dossier is None or scheme is None:
            return []
        return [cls(purchase=dossier.purchase, scheme=scheme, issuer=actor.organisation)]


class Redemption(Voucherly):
    """凭单核销: a client paid a provider with a voucher for one service. A voucher is redeemed once: the database holds
    that too."""

    kind = "redemption"
    called = _("凭单核销")
    numerous = True
    related = ("voucher", "contract", "provider")

    class State(models.TextChoices):
        REDEEMED = "redeemed", _("已核销")

    voucher = models.OneToOneField(Voucher, on_delete=models.PROTECT, related_name="redemption")
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="+", verbose_name=_("合同"))
    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("服务对象选择的承接主体")
    )
    served_on = models.DateField(_("服务日期"), null=True)
    amount_fen = models.BigIntegerField(_("凭单支付"), default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(amount_fen__gt=0), name="redemption_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.served_on} {self.provider}"

    def visible_to(self, actor: Post) -> bool:
        """To the provider that was paid with it, and to whoever issued it."""
        return self.pk is None or actor.organisation_id in (self.provider_id, self.voucher.issuer_id)

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """One more, for a provider with a contract of the framework, once there are vouchers."""
        if dossier is None or framework(dossier) is None or not dossier.all(VoucherScheme):
            return []
        own = [row for row in filed(dossier) if row.provider_id == actor.organisation_id]
        return [cls(purchase=dossier.purchase, contract=row, provider=actor.organisation) for row in own[-1:]]


def find_voucher(purchase: int, typed: str) -> Voucher | None:
    """The voucher of a purchase that has this number, however it was typed."""
    return Voucher.objects.filter(purchase=purchase, number=read_number(typed)).first()
