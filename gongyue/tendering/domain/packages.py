"""领取招标资料."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post
from gongyue.tendering.facts import SupplyGate
from gongyue.tendering.forms import TakeForm
from gongyue.tendering.models import Package


@action("package.take", Package, reaches=Package.State.TAKEN, label=_("领取招标资料"), form=TakeForm, facts=SupplyGate)
def take(package: Package, *, at: datetime, actor: Post, dossier: Dossier) -> None:
    """Take all of it at once; the taking is kept, and told to nobody before the opening."""
    package.taken_at = at
