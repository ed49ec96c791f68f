"""One more entry. Called by the kernel inside the transaction of the act, under the lock on its subject."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from .canonical import canonical, moment, plain
from .models import Entry, Opening, Pending

_NAMES = re.compile(r'[^"\\\x00-\x1f]*')  # what stands in JSON as it is


def append(
    *, subject: str, version: int, action: str, purchase: int | None, post: int | None, person: int | None,
    organisation: int | None, at: datetime, recorded_at: datetime, request_id: UUID, regime: str,
    body: Mapping[str, Any], personal: Mapping[str, Any] | None = None,
) -> Entry:  # fmt: skip
    """Chain an entry to its subject's last one. `at`: legal time; `recorded_at`: real time; both aware.

    `personal`: dotted paths under `body` with values that enter the text as salted commitments only. `post`, `person`,
    `organisation`: all of them, or none in the first entry of what is founded before anybody is there.
    Raises ValueError: `version` does not follow the last; a quote in a name; a personal value of None or within
    another one. TypeError: a value without an exact text, such as a float.
    """
    if not _NAMES.fullmatch(subject + action + regime):
        raise ValueError(f"a quote, backslash or control character in {[subject, action, regime]}")
    last = Entry.objects.filter(subject=subject).order_by("-version").values_list("version", "digest").first()
    if version != (last[0] if last else 0) + 1:
        raise ValueError(f"{subject}: version {version} does not follow {last[0] if last else 0}")
    content, openings = _commit(body, personal or {})
    entry = Entry(
        subject=subject, version=version, action=action, purchase=purchase, post_id=post, person_id=person,
        organisation_id=organisation, at=at, recorded_at=recorded_at, request_id=request_id, regime=regime,
        prev=last[1] if last else "",
    )  # fmt: skip
    entry.body = f"{header(entry)}{canonical(content)}}}"
    entry.digest = leaf_digest(entry.body)
    entry.save(force_insert=True)
    Pending.objects.create(entry=entry)
    Opening.objects.bulk_create(
        Opening(entry=entry, path=path, salt=salt, value=plain(value)) for path, (salt, value) in openings.items()
    )
    return entry


def header(entry: Entry) -> str:
    """The text up to the content, rebuilt from the columns: a changed column no longer fits its text."""
    return head(
        entry.action, moment(entry.at), entry.organisation_id, entry.person_id, entry.post_id, entry.prev,
        entry.purchase, moment(entry.recorded_at), entry.regime, str(entry.request_id), entry.subject, entry.version,
    )  # fmt: skip


def head(
    action: str, at: str, organisation: int | str | None, person: int | str | None, post: int | str | None, prev: str,
    purchase: int | str | None, recorded_at: str, regime: str, request: str, subject: str, version: int | str,
) -> str:  # fmt: skip
    """Canonical JSON of the columns (moments as their text), left open after the key `content`."""
    by = ",".join("null" if number is None else str(number) for number in (organisation, person, post))
    return (
        f'{{"action":"{action}","at":"{at}","by":[{by}],"prev":"{prev}",'
        f'"purchase":{"null" if purchase is None else purchase},"recorded_at":"{recorded_at}","regime":"{regime}",'
        f'"request":"{request}","subject":"{subject}","version":{version},"content":'
    )


def leaf_digest(text: str) -> str:
    """RFC 9162 leaf hash of an entry's text, in hex."""
    return hashlib.sha256(b"\0" + text.encode()).hexdigest()


def commitment(salt: str, value: Any) -> str:
    """What stands in the text for a personal value: sha256 over the salt's bytes and the value's canonical text."""
    return hashlib.sha256(bytes.fromhex(salt) + canonical(value).encode()).hexdigest()


def _commit(body: Mapping[str, Any], personal: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, tuple[str, Any]]]:
    content: dict[str, Any] = plain(dict(body))
    openings: dict[str, tuple[str, Any]] = {}
    for path, value in personal.items():
        if value is None or any(path.startswith(f"{other}.") for other in personal):
            raise ValueError(f"nothing to commit to at {path}")
        salt = secrets.token_hex(16)
        openings[path] = (salt, value)
        *parents, leaf = path.split(".")
        place = content
        for name in parents:
            place = place.setdefault(name, {})
        place[leaf] = {"commitment": commitment(salt, value)}
    return content, openings
