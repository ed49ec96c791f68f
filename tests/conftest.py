"""What every test may use; the town is in `town.py`."""

from tests.town import cast, django_db_setup, flush_may_empty_the_ledger, line

__all__ = ["cast", "django_db_setup", "flush_may_empty_the_ledger", "line"]
