"""服务: what the provider does for its clients, day by day."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .tab import Tab

TAB = Tab("service", _("服务"), "heart-handshake")
