"""评估监督: supervision, spot checks, evaluations and what follows from them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .tab import Tab

TAB = Tab("supervision", _("评估监督"), "clipboard-check")
