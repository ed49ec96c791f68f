"""What taking a key, setting the lock of a call and reporting a key lost take."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.capacities import in_purchase
from gongyue.kernel.forms import ActionForm
from gongyue.tendering import recorded, sealing
from gongyue.tendering.models import KeyHolder, Tender, holders

from .common import FrozenField

LEAST_KEYS = 2  # one key alone never opens a bid


class KeyWidget(forms.TextInput):
    """Makes the key in the browser: the secret half is saved there as a file, the public half stands in this input."""

    template_name = "forms/sealing_key.html"


class TakeKeyForm(ActionForm):
    """keyholder.take"""

    recipient = forms.CharField(label=_("钥匙的公钥"), max_length=80, widget=KeyWidget)
    kept = forms.BooleanField(label=_("钥匙文件和口令已分别妥善保存；任何人索要，包括系统管理人员，都不提供"))
    capacity = FrozenField(label=_("身份"), required=False)  # as the regime says who may

    def clean_recipient(self) -> str:
        key = str(self.cleaned_data["recipient"]).strip()
        try:
            sealing.recipient(key)
        except sealing.SealError:
            raise ValidationError(_("这不是公钥。请在本页生成钥匙，或者选用已有的钥匙文件"), code="key") from None
        if any(one.recipient == key for one in self._others()):
            raise ValidationError(_("另一单位已用这把钥匙登记。每个单位须用自己的钥匙"), code="twice")
        return key

    def clean_capacity(self) -> str:
        """The first capacity for it in which the actor stands and that nobody has taken yet."""
        if self.dossier is None or self.actor is None or self.dossier.purchase.pk is None:
            return ""
        regime, purchase = self.dossier.regime, self.dossier.purchase
        who = regime.who("keyholder.take", self.dossier.today)
        here = in_purchase(self.actor, purchase, regime, self.dossier.today)
        taken = {one.capacity for one in self._others()}
        free = [c for c in (who.capacities if who else ()) if c in here.capacities and c not in taken]
        if not free:
            raise ValidationError(_("以这一身份保管的钥匙已有单位登记"), code="taken")
        return free[0]

    def _others(self) -> list[KeyHolder]:
        tender = self.dossier.latest(Tender) if self.dossier else None
        return holders(self.dossier, tender) if self.dossier and tender else []


class LoseKeyForm(ActionForm):
    """keyholder.lose"""

    reason = forms.CharField(
        label=_("经过"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写明何时发现、是遗失、损坏还是可能泄露"),
    )  # fmt: skip


class Lock:
    """A lock about to be set; the ledger holds its digest and all that stands in it, which is public."""

    def __init__(self, text: bytes) -> None:
        self.text = text.decode()

    def ledger_value(self) -> dict[str, Any]:
        return {"sha256": sealing.digest(self.text.encode()), **sealing.parse(self.text.encode())}


class SealTenderForm(ActionForm):
    """tender.seal"""

    threshold = forms.IntegerField(
        label=_("开标须用的钥匙数"), min_value=LEAST_KEYS, max_value=9, initial=LEAST_KEYS,
        help_text=_("少于这一数目，任何人都打不开投标文件；多出的钥匙用来防备遗失"),
    )  # fmt: skip
    own_copy = forms.BooleanField(
        label=_("招标文件载明：钥匙不足以开启时，摘要相符的投标人自存副本可以代替"), required=False,
    )  # fmt: skip
    spare = forms.IntegerField(required=False, widget=forms.HiddenInput, label=_("多出的钥匙数"))
    lock = FrozenField(label=_("密封锁"), required=False)  # follows from who holds a key

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        tender, threshold = self.subject, data.get("threshold")
        if self.dossier is None or not isinstance(tender, Tender) or threshold is None:
            return data
        held = {one.capacity: one.recipient for one in holders(self.dossier, tender)}
        told = recorded.locking(recorded.acts(tender.purchase_id, recorded.LOCKING), tender.key)
        if held != told.keys:
            words = _("登记的钥匙与台账所记不符，不能据以设定密封锁。请立即核对；各保管单位可以报失后重新登记")
            self.add_error(None, ValidationError(words, code="ledger"))
        elif threshold > len(held):
            words = _("已登记的钥匙只有 %(held)s 把。请先由各保管单位办理“登记开标钥匙”")
            self.add_error("threshold", ValidationError(words, code="few", params={"held": len(held)}))
        else:
            data["spare"] = len(held) - threshold
            data["lock"] = Lock(sealing.make_lock(tender=tender.key, holders=told.keys, threshold=threshold))
        return data


class UnsealTenderForm(ActionForm):
    """tender.on_paper"""

    reason = forms.CharField(label=_("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
