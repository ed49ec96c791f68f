"""`gongyue ledger verify | sequence | head`."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from gongyue.ledger import sequence, verify


class Command(BaseCommand):
    help = "核验台账、为记录排序、显示树头"

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, parser_class=argparse.ArgumentParser)
        verbs.add_parser("verify", help="逐条核验，指出被改动、删除、添加或调换的记录")
        verbs.add_parser("sequence", help="为尚未入树的记录排序并生成树头")
        verbs.add_parser("head", help="显示最新树头")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"do_{options['verb']}")()

    def do_verify(self) -> None:
        faults = 0
        for fault in verify.verify():
            faults += 1
            self.stderr.write(str(fault))
        if faults:
            self.stderr.write(f"台账有 {faults} 处不符")
            sys.exit(1)
        found = verify.summary()
        self.stdout.write(f"台账完好：{found['entries']} 条，树头 {found['size']} {found['root']}")

    def do_sequence(self) -> None:
        head = sequence.sequence()
        self.stdout.write(f"树头 {head.size} {head.root}" if head else "没有待排序的记录")

    def do_head(self) -> None:
        found = verify.summary()
        self.stdout.write(f"{found['size']} {found['root']}（待排序 {found['pending']} 条）")
