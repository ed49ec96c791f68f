"""gongyue seals verify: whether sealed bids are still what was handed in."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongyue.tendering.models import SealedBid
from gongyue.tendering.verifying import verify


class Command(BaseCommand):
    help = "核对密封投标：锁、回执、密文与台账是否一致，已解密的内容与密封的内容是否一致"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(verify())
        for one in found:
            self.stderr.write(f"{one.where}: {one.trouble}")
        if found:
            raise CommandError(f"{len(found)} 处不一致")
        self.stdout.write(f"密封投标 {SealedBid.objects.count()} 份，全部一致")
