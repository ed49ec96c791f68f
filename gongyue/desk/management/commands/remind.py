"""`gongyue remind`: one mail a day to each person for whom something is late, due soon, or new."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from gongyue import clock
from gongyue.clock import LOCAL
from gongyue.desk.reminders import Digest, digest, people
from gongyue.desk.todo import SOON
from gongyue.kernel.models import Reminder

log = logging.getLogger(__name__)
MOST = 60  # days ahead


class Command(BaseCommand):
    help = "给设置了提醒邮箱的人员各发一封当日待办提醒"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=SOON.days, help="列出几日内到期的事项（默认 7）")

    def handle(self, *args: Any, **options: Any) -> None:
        """Nothing is sent without settings for mail. CommandError: some did not go out; the next call tries again."""
        days = options["days"]
        if not 0 <= days <= MOST:
            raise CommandError(f"--days 须在 0 与 {MOST} 之间")
        if not (settings.EMAIL_URL and settings.DEFAULT_FROM_EMAIL):
            self.stdout.write("没有配置邮件（EMAIL_URL 和 GONGYUE_MAIL_FROM），没有发送任何提醒")
            return
        at, sent, failed = clock.now(), 0, 0
        connection = get_connection()
        for person in people():
            found = digest(person, at, days)
            reminder = self._claimed(found) if found else None
            if reminder is None:
                continue
            try:
                message = found.message()
                message.connection = connection
                message.send()
            except (OSError, SMTPException, ValueError):
                log.exception("no reminder to person %s", person.pk)
                reminder.delete()
                failed += 1
            else:
                reminder.sent_at = timezone.now()
                reminder.save(update_fields=["sent_at"])
                sent += 1
        self.stdout.write(f"已发送 {sent} 封提醒")
        if failed:
            raise CommandError(f"{failed} 封没有发出，下次运行时重试")

    def _claimed(self, found: Digest) -> Reminder | None:
        """The row that stands for this person's mail of the day, written before it goes out; None: another has it.

        Nothing is locked while a mail server is talked to. What was cut off in between is not sent a second time.
        """
        counts = {"overdue": len(found.overdue), "soon": len(found.soon), "received": len(found.received)}
        row, new = Reminder.objects.get_or_create(
            person=found.person, on=found.at.astimezone(LOCAL).date(), defaults={"at": found.at, **counts}
        )
        return row if new else None
