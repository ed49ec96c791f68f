"""`gongyue password <username>`: set somebody's password, typed twice or piped in."""

from __future__ import annotations

import sys
from getpass import getpass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongyue.kernel.models import Person
from gongyue.parties.domain.people import set_password


class Command(BaseCommand):
    help = "为人员设置登录密码"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="登录用户名")

    def handle(self, *args: Any, **options: Any) -> None:
        someone = Person.objects.filter(username=options["username"]).first()
        if someone is None:
            raise CommandError(f"没有用户名为“{options['username']}”的人员")
        try:
            set_password(someone, self._ask())
        except ValidationError as weak:
            raise CommandError("\n".join(map(str, weak.messages))) from None
        self.stdout.write(f"{someone} 的密码已设置")

    def _ask(self) -> str:
        if not sys.stdin.isatty():
            return sys.stdin.readline().rstrip("\n")
        password = getpass("新密码：")
        if password != getpass("再输入一次："):
            raise CommandError("两次输入不一致，密码没有改变")
        return password
