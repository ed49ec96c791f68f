"""One attempt at an action, and what the ledger says of it."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

from gongyue.clock import LOCAL
from gongyue.kernel.models import Organisation, Post, Subject
from gongyue.kernel.perform import Outcome, perform
from gongyue.ledger.models import Entry


def attempt(name: str, subject: Subject, actor: Post, on: str, /, **data: Any) -> Outcome:
    """Try at ten in the morning of a day, with the version just read."""
    if subject.pk:
        subject.refresh_from_db()
    moment = datetime.combine(date.fromisoformat(on), time(10), LOCAL)
    return perform(name, subject, actor=actor, at=moment, data=data, seen=subject.version, request_id=uuid4())


def errors(outcome: Outcome) -> dict[str, list[str]]:
    """What the form says, by field. Nothing was done."""
    assert outcome.entry is None
    assert outcome.findings == []
    return {name: [str(text) for text in found] for name, found in outcome.form.errors.items()}


def refusals(outcome: Outcome) -> list[str]:
    """The rules that stood in the way. Nothing was done."""
    assert outcome.entry is None
    return [finding.rule for finding in outcome.findings]


def content(entry: Entry | None) -> dict[str, Any]:
    """What an entry keeps beside its columns."""
    assert entry is not None
    kept: dict[str, Any] = json.loads(entry.body)["content"]
    return kept


def done(outcome: Outcome) -> Any:
    """The subject, which is there now."""
    assert outcome.entry is not None, (outcome.findings, dict(outcome.form.errors))
    return type(outcome.subject)._default_manager.get(pk=outcome.subject.pk)


def register(registrar: Post, on: str = "2010-07-05", /, **data: Any) -> Outcome:
    """Register an organisation of the registrar's city; a street office of 海珠区江南中街 unless told otherwise."""
    given = {"name": "江南中街道办事处", "organisation_kind": "street_office", "division": "440105:江南中街"} | data
    return attempt("organisation.register", Organisation.unborn(None, registrar)[0], registrar, on, **given)


def assign(
    registrar: Post, organisation: Organisation, username: str, on: str = "2010-07-05", /, **data: Any
) -> Outcome:
    given = {"organisation": organisation.pk, "username": username, "name": "伍思齐", "title": "经办", "since": on}
    return attempt("post.assign", Post.unborn(None, registrar)[0], registrar, on, **(given | data))


def seat(registrar: Post, organisation: Organisation, username: str, on: str = "2010-07-05", /, **data: Any) -> Post:
    """A new post, ready to act."""
    post: Post = done(assign(registrar, organisation, username, on, **data))
    return Post.objects.select_related("organisation__division", "person").get(pk=post.pk)
