"""Whoever has everything that is stored, and one key, reads no bid."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path

import pyrage
import pytest
from django.apps import apps
from django.conf import LazySettings

from gongyue.demonstration import sealed as story
from gongyue.demonstration.keys import KEYS
from gongyue.demonstration.line import Line
from gongyue.tendering import sealing
from tests.tendering.conftest import OPENING

pytestmark = pytest.mark.django_db


def plaintexts() -> list[str]:
    """What would give the first bid away."""
    return [
        "四百三十一户",
        "人员支出六成八",
        "承接过七个街道",
        "督导名单与排班",
        "197345678",
        "1973456.78",
        "服务方案附件",
    ]


def disguises(text: str) -> set[bytes]:
    """How a text may stand in a column or a file."""
    ways = {text.encode(), text.encode("utf-16-le"), json.dumps(text)[1:-1].encode(), text.encode("gb18030")}
    padded = [text.encode()[cut:] for cut in range(3)]
    ways |= {b64encode(each)[:-4] for each in padded if len(each) > 6}
    return ways | {way.hex().encode() for way in ways}


def everything_stored(files: Path) -> Iterator[bytes]:
    """Every value of every column of every table, and every file."""
    for model in apps.get_models(include_auto_created=True):
        for row in model._default_manager.values_list():
            for value in row:
                yield value if isinstance(value, bytes) else str(value).encode()
                if isinstance(value, dict | list):
                    yield json.dumps(value, ensure_ascii=False).encode()
    for path in files.rglob("*"):
        if path.is_file():
            yield path.name.encode()
            yield path.read_bytes()


def strings(stored: bytes) -> list[bytes]:
    """The ciphertexts that may stand in a stored value: itself, and what stands in it in base64."""
    found = [stored] if stored.startswith(sealing.AGE) else []
    for piece in stored.replace(b"'", b'"').split(b'"'):
        if piece.startswith(b"YWdlLWVuY3J5"):
            found.append(b64decode(piece))
    return found


@pytest.mark.parametrize(("name", "outer"), [("city_bureau", 2), ("purchaser", 1), ("street_office", 0)])
def test_whoever_has_the_whole_database_every_file_and_one_key_reads_no_bid(
    handed: Line, files: Path, settings: LazySettings, name: str, outer: int
) -> None:
    """The administrator's attack: with the tables, the files, the server's settings and one office's key."""
    stored = list(everything_stored(files))
    told = [str(getattr(settings, each)).encode() for each in dir(settings) if each.isupper()]
    ciphers = sorted({cipher for value in stored for cipher in strings(value)})
    assert len(ciphers) == 3 * 3 + 6 + 5 + 5  # wraps, and the parts of each bid
    keys = [KEYS[name]]
    pile, inner, tried = list(ciphers), [], 0
    while pile:
        cipher = pile.pop()
        for key in keys:
            tried += 1
            try:
                came = pyrage.decrypt(cipher, [pyrage.x25519.Identity.from_str(key)])
            except pyrage.DecryptError:
                continue
            inner.append(came)
            pile.append(came)
            keys += [came.decode()] if came.startswith(b"AGE-SECRET-KEY") else []
    # Of each bid's three wraps the outer layer comes off where it is this office's; under it lies another one's.
    assert (len(inner), tried) == (3 * outer, len(ciphers) + 3 * outer)
    assert all(came.startswith(sealing.AGE) for came in inner)
    everything = stored + told + inner
    assert not any(b"AGE-SECRET-KEY" in value for value in everything)
    for text in plaintexts():
        ways = disguises(text)
        assert not any(way in value for value in everything for way in ways), text


def test_the_attack_finds_it_once_the_bid_is_opened(handed: Line, files: Path) -> None:
    """The search is not blind: after the opening the same search finds every text."""
    story.opened(handed, OPENING)
    everything = list(everything_stored(files))
    missed = [t for t in plaintexts()[:5] if not any(w in v for v in everything for w in disguises(t))]
    assert missed == []
