"""`gongyue packs check | load | list | explain`: the regimes, as a jurist and an administrator handle them."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongyue import clock
from gongyue.kernel import regimes
from gongyue.kernel.actions import ACTIONS, vocabulary
from gongyue.kernel.models import RegimeVersion
from gongyue.policy import PackErrors, Regime, run_pack_tests
from gongyue.policy.explain import describe


class Command(BaseCommand):
    help = "检查、载入、列出规则包，或说明某一办理事项受哪些条款约束"

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, parser_class=argparse.ArgumentParser)
        for verb, text in (("check", "检查规则包并运行其自带的测试"), ("load", "检查并载入规则包")):
            sub = verbs.add_parser(verb, help=text)
            sub.add_argument("regimes", nargs="*", help="规则包代码；不写则为全部")
        verbs.add_parser("list", help="列出已载入的规则包")
        sub = verbs.add_parser("explain", help="说明某一办理事项")
        sub.add_argument("regime")
        sub.add_argument("action")
        sub.add_argument("--on", type=date.fromisoformat, default=None, help="按哪一天的规定（默认今天）")
        sub.add_argument("--lang", choices=["zh", "en"], default="zh")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"do_{options['verb']}")(options)
        except PackErrors as errors:
            raise CommandError(str(errors)) from None

    def do_check(self, options: dict[str, Any]) -> None:
        for code in options["regimes"] or regimes.every():
            regime = Regime.load(regimes.roots(), code, vocabulary())
            if failures := run_pack_tests(regimes.roots(), code, vocabulary()):
                raise CommandError("\n".join(map(str, failures)))
            self.stdout.write(f"{code} {regime.digest[:12]} 通过：{len(regime.all_rules())} 条规则，"
                              f"{len(regime.all_obligations())} 个时限")  # fmt: skip

    def do_load(self, options: dict[str, Any]) -> None:
        for code in options["regimes"] or regimes.codes():
            version = regimes.load(code)
            self.stdout.write(f"{code} {version.digest[:12]} 已载入")

    def do_list(self, options: dict[str, Any]) -> None:
        for version in RegimeVersion.objects.order_by("code", "pk"):
            self.stdout.write(f"{version.code}  {version.digest[:12]}  {version.loaded_at:%Y-%m-%d %H:%M}")

    def do_explain(self, options: dict[str, Any]) -> None:
        if options["action"] not in ACTIONS:
            raise CommandError(f"没有“{options['action']}”这一办理事项；可选：{'、'.join(sorted(ACTIONS))}")
        if options["regime"] not in regimes.codes():
            raise CommandError(f"没有“{options['regime']}”这一规则包；可选：{'、'.join(regimes.codes())}")
        regime = Regime.load(regimes.roots(), options["regime"], vocabulary())
        on = options["on"] or clock.today()
        self.stdout.write("\n".join(describe(regime, options["action"], options["lang"], on)))
