"""公开: what was published where, and what the public says."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .tab import Tab

TAB = Tab("openness", _("公开"), "speakerphone")
