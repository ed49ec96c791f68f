"""`gongyue packs check | load | list | explain | replay`: the regimes, as a jurist and an administrator handle them."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongyue import clock
from gongyue.kernel import regimes
from gongyue.kernel.actions import ACTIONS, vocabulary
from gongyue.kernel.findings import say
from gongyue.kernel.models import Purchase, RegimeVersion
from gongyue.kernel.replay import replay
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
        sub = verbs.add_parser("replay", help="若依另一地的规则，一项采购的哪些办理会被拒绝")
        sub.add_argument("regime")
        sub.add_argument("purchase", type=int, help="采购的编号（网址中的数字）")
        sub.add_argument("--from", dest="begin", type=date.fromisoformat, default=None, metavar="日期",
                         help="设想采购自这一天起办（各日期按整周推移）；不写则按原来的日期")  # fmt: skip
        sub.add_argument("--all", action="store_true", help="也列出不会被拒绝的办理")
        sub.add_argument("--lang", choices=["zh", "en"], default="zh")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"do_{options['verb']}")(options)
        except PackErrors as errors:
            raise CommandError(str(errors)) from None

    def do_check(self, options: dict[str, Any]) -> None:
        for code in options["regimes"] or regimes.every():
            regime = regimes.checked(code)
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

    def do_replay(self, options: dict[str, Any]) -> None:
        self._known(options["regime"])
        purchase = Purchase.objects.filter(pk=options["purchase"]).first()
        if purchase is None:
            raise CommandError(f"没有编号为 {options['purchase']} 的采购")
        regime, lang = Regime.load(regimes.roots(), options["regime"], vocabulary()), options["lang"]
        done = list(replay(purchase, regime, begin=options["begin"]))
        for row in done:
            if options["all"] or (row.findings and not row.unused):
                self.stdout.write(f"{row.on} {row.action.label}")
                for finding in row.findings:
                    mark = "✗" if finding.blocks else "!"
                    self.stdout.write(f"  {mark} {say(finding, regime, lang)}{self._article(finding.cite, regime)}")
        if unused := sorted({str(row.action.label) for row in done if row.unused}):
            self.stdout.write(f"当地程序中没有的办理：{'、'.join(unused)}")
        refused, warned = sum(r.refused for r in done), sum(bool(r.findings) and not r.refused for r in done)
        beside = sum(row.unused for row in done)
        self.stdout.write(f"{purchase.title}：依 {regime.code} 重放 {len(done)} 次办理，{refused} 次会被拒绝，"
                          f"{warned - beside} 次会有提示，{beside} 次当地没有这一步")  # fmt: skip

    def _known(self, code: str) -> None:
        if code not in regimes.codes():
            raise CommandError(f"没有“{code}”这一规则包；可选：{'、'.join(regimes.codes())}")

    @staticmethod
    def _article(cite: str, regime: Regime) -> str:
        if "#" not in cite:
            return ""
        found = regime.citation(cite)
        return f"（{found.title['zh']} {found.article}）"

    def do_explain(self, options: dict[str, Any]) -> None:
        if options["action"] not in ACTIONS:
            raise CommandError(f"没有“{options['action']}”这一办理事项；可选：{'、'.join(sorted(ACTIONS))}")
        self._known(options["regime"])
        regime = Regime.load(regimes.roots(), options["regime"], vocabulary())
        on = options["on"] or clock.today()
        self.stdout.write("\n".join(describe(regime, options["action"], options["lang"], on)))
