"""The `gongyue` command: Django's management commands, with our settings."""

from __future__ import annotations

import os
import sys

from django.core.management import ManagementUtility


def main() -> None:
    """Run the command named on the command line, e.g. `gongyue packs check`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongyue.settings")
    ManagementUtility(["gongyue", *sys.argv[1:]]).execute()


if __name__ == "__main__":
    main()
