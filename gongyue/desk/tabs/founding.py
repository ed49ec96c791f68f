"""筹建: sites, staff, siting and whatever makes a centre ready."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .tab import Tab

TAB = Tab("founding", _("筹建"), "building-community")
