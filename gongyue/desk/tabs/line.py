"""The main line, from the plan to the last instalment."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .tab import Tab

TAB = Tab("line", _("总览"), "route")
