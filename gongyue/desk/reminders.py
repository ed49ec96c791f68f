"""提醒: what waits for a person, gathered once a day as a mail that tells nothing of the people in the cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from gongyue.clock import LOCAL
from gongyue.kernel.models import Obligation, Person, Post, Reminder
from gongyue.parties.queries import posts_of

from .todo import inbox
from .words import action_name

LISTED = 20  # of a part of the mail; of the rest it says how many there are
FIRST = timedelta(days=1)  # how far back a first mail looks for what is new


@dataclass
class Digest:
    """What one person is told. An obligation stands in one part only: late before due before new."""

    person: Person
    at: datetime
    days: int
    overdue: list[Obligation] = field(default_factory=list)
    soon: list[Obligation] = field(default_factory=list)
    received: list[Obligation] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.overdue or self.soon or self.received)

    def message(self) -> EmailMessage:
        """In the person's language, as plain text."""
        with override(self.person.language):
            today = self.at.astimezone(LOCAL).date()
            counts = {"late": len(self.overdue), "soon": len(self.soon), "new": len(self.received)}
            subject = _("公约待办提醒：逾期 %(late)d 项，即将到期 %(soon)d 项，新收到 %(new)d 项") % counts
            lines = [_("%(name)s：") % {"name": self.person.name}, ""]
            lines += self._part(_("已逾期"), self.overdue)
            lines += self._part(_("%(n)d 日内到期") % {"n": self.days}, self.soon)
            lines += self._part(_("新收到"), self.received)
            if settings.GONGYUE_SITE:
                lines += [_("到工作台办理：%(url)s") % {"url": f"{settings.GONGYUE_SITE}{reverse('desk:workbench')}"}]
            lines += [
                _("截至 %(day)s。本邮件自动发出，每天最多一封；不想再收，请在系统中清空提醒邮箱。") % {"day": today}
            ]
        return EmailMessage(subject, "\n".join(lines), settings.DEFAULT_FROM_EMAIL, [self.person.email])

    def _part(self, title: str, rows: list[Obligation]) -> Iterator[str]:
        if not rows:
            return
        yield f"{title}（{len(rows)}）"
        yield from (f"  · {_line(row, self.at)}" for row in rows[:LISTED])
        if len(rows) > LISTED:
            yield _("  · 另有 %(n)d 项") % {"n": len(rows) - LISTED}
        yield ""


def _line(row: Obligation, at: datetime) -> str:
    """What is to be done, in which purchase, by when. Where somebody was appointed in secret the purchase stays so."""
    where = str(row.purchase) if row.purchase is not None and not row.personal else ""
    told = f"{action_name(row.action)} · {where}" if where else action_name(row.action)
    if row.due_on is None:
        return told
    if late := row.days_late(at.astimezone(LOCAL).date()):
        return _("%(what)s，期限 %(day)s，已逾期 %(days)d 天") % {"what": told, "day": row.due_on, "days": late}
    return _("%(what)s，期限 %(day)s") % {"what": told, "day": row.due_on}


def people() -> QuerySet[Person]:
    """Everybody who said where to be reminded."""
    return Person.objects.filter(is_active=True).exclude(email="").order_by("pk")


def digest(person: Person, at: datetime, days: int) -> Digest:
    """What waits for a person at a legal moment, over all the posts held on that day.

    `days`: calendar days in which what falls due is named. New is what was opened since the last digest.
    """
    found, today = Digest(person, at, days), at.astimezone(LOCAL).date()
    last = Reminder.objects.filter(person=person, sent_at__isnull=False, at__lt=at).order_by("-at").first()
    since, until = last.at if last else at - FIRST, today + timedelta(days=days)
    for row in _waiting(posts_of(person, today)):
        due = row.due_on if row.suspended_on is None else None
        if due is not None and due < today:
            found.overdue.append(row)
        elif due is not None and due <= until:
            found.soon.append(row)
        elif row.opened_at > since:
            found.received.append(row)
    return found


def _waiting(posts: Iterable[Post]) -> Iterator[Obligation]:
    """Each obligation once, though two posts of one organisation may see it."""
    seen: set[int] = set()
    for post in posts:
        for row in inbox(post):
            if row.pk not in seen:
                seen.add(row.pk)
                yield row
