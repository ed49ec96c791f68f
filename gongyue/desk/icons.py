"""The icons that pages may use, by their Tabler names. Add one here and run `make pages`: the sprite holds these."""

from __future__ import annotations

ICONS = (
    "adjustments-horizontal", "alarm", "alert-circle", "alert-triangle", "arrow-back-up", "arrow-left", "arrow-right",
    "ban", "book-2", "building-bank", "building-community", "calendar-event", "calendar-time", "cash", "certificate",
    "check", "chevron-down", "chevron-left", "chevron-right", "circle-check", "clipboard-check", "clipboard-list",
    "clock", "coins", "copy", "download", "external-link", "eye", "eye-off", "file-certificate", "file-text",
    "filter", "flag", "folders", "gavel", "help-circle", "history", "home", "hourglass", "id-badge-2", "inbox",
    "info-circle", "layout-dashboard", "link", "list-details", "list-search", "lock", "lock-open", "login", "logout",
    "map-pin", "menu-2", "message-circle", "minus", "paperclip", "pencil", "player-pause", "plus", "printer",
    "receipt", "refresh", "report-money", "rubber-stamp", "scale", "search", "send", "shield-check", "signature",
    "speakerphone", "star", "switch-horizontal", "table", "target-arrow", "timeline", "trash", "upload", "user",
    "users", "wallet", "x",
)  # fmt: skip
