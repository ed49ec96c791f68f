"""需求与计划: what is to be bought, who was asked about it, who reviewed it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .tab import Tab

TAB = Tab("planning", _("需求与计划"), "clipboard-list")
