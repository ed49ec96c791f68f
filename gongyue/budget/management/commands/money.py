"""`gongyue money verify`: do the running totals say what the journal says?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongyue.budget.models import JournalEntry
from gongyue.budget.queries import reconcile


class Command(BaseCommand):
    help = "核对资金台账：各项合计是否与逐笔记录一致"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("task", choices=["verify"], help="verify：逐笔加总并与各项合计核对")

    def handle(self, *args: Any, **options: Any) -> None:
        found = reconcile()
        for difference in found:
            self.stderr.write(
                f"{difference.subject} {difference.field}: {difference.stored_fen} ≠ {difference.journal_fen}"
            )
        if found:
            raise CommandError(f"{len(found)} 处不一致")
        self.stdout.write(f"{JournalEntry.objects.count()} 笔，全部一致")
