"""资金: how the money was used, withheld, recovered and given back."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .tab import Tab

TAB = Tab("money", _("资金"), "coins")
