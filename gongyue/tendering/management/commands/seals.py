"""gongyue seals verify: whether calls, bids, scores and results are still what was done, handed in and added up."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongyue.tendering.models import Bid, ScoreSheet, SealedBid
from gongyue.tendering.verifying import verify


class Command(BaseCommand):
    help = "核对招标、投标与评分：逐项与台账比对，密封的投标重新验证，得分、名次和结果重新计算"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(verify())
        for one in found:
            self.stderr.write(f"{one.where}: {one.trouble}")
        if found:
            raise CommandError(f"{len(found)} 处不一致")
        bids, sealed, sheets = Bid.objects.count(), SealedBid.objects.count(), ScoreSheet.objects.count()
        self.stdout.write(f"投标 {bids} 份（其中密封 {sealed} 份）、评分表 {sheets} 份，全部一致")
