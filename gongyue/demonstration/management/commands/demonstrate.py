"""`gongyue demonstrate`: the twenty streets of the pilot, told by real actions at their historical dates."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from gongyue import clock
from gongyue.demonstration.cast import assemble
from gongyue.demonstration.streets import TODAY
from gongyue.demonstration.telling import tell
from gongyue.kernel import regimes
from gongyue.kernel.models import Person
from gongyue.ledger.sequence import sequence

REGIME = "cn-gd-guangzhou"


class Command(BaseCommand):
    help = f"载入演示：二十个试点街道，时钟停在 {TODAY.isoformat()}"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="已有人员时什么也不做")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.GONGYUE_DEMONSTRATION:
            raise CommandError("只能在演示环境中载入演示（GONGYUE_DEMONSTRATION=1）")
        if Person.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError("库中已有人员，演示只能载入空库")
        regimes.load(REGIME)
        with transaction.atomic():
            self._tell()
        sequence()
        self.stdout.write(f"演示就绪，时钟停在 {TODAY.isoformat()}")

    def _tell(self) -> None:
        for what, everybody in assemble(REGIME, since=date(2010, 7, 1)):
            cast = everybody
            if what:
                self.stdout.write(f"  登记 {what}")
        month = None
        for day in tell(cast):
            if (day.year, day.month) != month:
                month = (day.year, day.month)
                self.stdout.write(f"  办理 {day.year} 年 {day.month} 月")
        clock.advance(TODAY)
