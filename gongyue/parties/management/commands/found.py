"""`gongyue found`: the first registrar of a city."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongyue.kernel.models import Organisation
from gongyue.parties.domain.founding import FoundingRefused, found


class Command(BaseCommand):
    help = "登记一个城市的第一个机构、人员和岗位（登记机关）；其余由其登记"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--division", required=True, help="城市的区划代码，如 440100")
        parser.add_argument("--organisation", required=True, help="登记机关名称")
        parser.add_argument("--kind", required=True, choices=Organisation.Kind.values, help="机构类别")
        parser.add_argument("--person", required=True, help="姓名")
        parser.add_argument("--username", required=True, help="登录用户名")
        parser.add_argument("--title", required=True, help="岗位名称")
        parser.add_argument("--since", required=True, type=date.fromisoformat, help="任职日期，如 2010-07-01")

    def handle(self, *args: Any, **options: Any) -> None:
        names = ("division", "organisation", "kind", "person", "username", "title", "since")
        try:
            post = found(**{name: options[name] for name in names})
        except FoundingRefused as reason:
            raise CommandError(str(reason)) from None
        self.stdout.write(f"已登记：{post}")
        self.stdout.write(f"请设置密码：gongyue password {post.person.username}")
