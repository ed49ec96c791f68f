"""Putting something before the public, and keeping where it was put."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.disclosure.facts import ProjectFactsGate, ProviderFileGate, PublicationGate
from gongyue.disclosure.forms import LogForm, ProjectFactsForm, ProviderFileForm
from gongyue.disclosure.models import ProjectFacts, ProviderFile, Publication
from gongyue.disclosure.queries import notices_at
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post


@action("publication.log", Publication, reaches=Publication.State.LOGGED, label=_("登记发布渠道"), form=LogForm,
        facts=PublicationGate)  # fmt: skip
def log(
    publication: Publication, *, at: datetime, actor: Post, dossier: Dossier, notice: str, channel: str,
    channel_name: str, address: str, published_on: date, screenshot: Any,
) -> None:  # fmt: skip
    """A notice has appeared on a channel beside this site."""
    publication.notice, publication.notice_title = int(notice), notices_at(int(notice))[0].title
    publication.channel, publication.channel_name = channel, channel_name
    publication.address, publication.published_on = address, published_on


@action("projectfacts.publish", ProjectFacts, reaches=ProjectFacts.State.PUBLISHED,
        also_from=[ProjectFacts.State.PUBLISHED], label=_("公开在营项目情况"), form=ProjectFactsForm,
        facts=ProjectFactsGate)  # fmt: skip
def publish(
    facts: ProjectFacts, *, at: datetime, actor: Post, dossier: Dossier, content: str, method: str, expected: str,
    other: str,
) -> None:  # fmt: skip
    """What the provider tells the public of this project; told again, the new text holds and the ledger keeps both."""
    facts.content, facts.method, facts.expected, facts.other = content, method, expected, other
    facts.published_on = at.astimezone(LOCAL).date()


@action("providerfile.submit", ProviderFile, reaches=ProviderFile.State.SUBMITTED,
        also_from=[ProviderFile.State.SUBMITTED], label=_("公开年度材料"), form=ProviderFileForm,
        facts=ProviderFileGate)  # fmt: skip
def submit(
    file: ProviderFile, *, at: datetime, actor: Post, dossier: Dossier, year: int, item: str, text: str,
    attachment: Any, true: bool,
) -> None:  # fmt: skip
    """One of a year's three files, or its correction."""
    file.year, file.item, file.text = year, item, text
    file.submitted_on = at.astimezone(LOCAL).date()
