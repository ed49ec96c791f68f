"""What telling the public of the money takes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongyue.kernel.forms import ActionForm
from gongyue.parties.redaction import PublicText


class MoneyNoticeForm(ActionForm):
    """moneynotice.publish: everybody reads it, so a person's number in it is refused."""

    use = PublicText(label=_("资金用途"), max_length=2000, rows=3)
    effect = PublicText(label=_("实施情况和效果"), max_length=4000)
