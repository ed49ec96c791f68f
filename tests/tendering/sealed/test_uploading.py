"""上传: piece by piece, on any line."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

import pytest

from gongyue.demonstration import sealed as story
from gongyue.demonstration.line import Line
from gongyue.kernel import storage
from gongyue.tendering import sealing, staging
from gongyue.tendering.models import (
    SealedFile,
    SealedUpload,
    Tender,
)
from gongyue.tendering.sealing import Part

from .conftest import DAY, PRICE, TEXTS, begin, pieces, take

pytestmark = pytest.mark.django_db


def test_a_line_that_breaks_goes_on_where_it_was(called: Line, files: Path) -> None:
    staged, content = pieces(called, 2_500_000)
    one, two = content[: staging.CHUNK], content[staging.CHUNK : 2 * staging.CHUNK]
    assert take(staged, 0, one) == (staging.CHUNK, False)
    assert take(staged, 0, one) == (staging.CHUNK, False)  # sent again: it is there already
    assert take(staged, 2 * staging.CHUNK, b"x") == (staging.CHUNK, False)  # out of order: told how far it is
    assert staging.progress(staged)["part/file_1"] == {
        "received": staging.CHUNK, "size": len(content), "whole": False,
    }  # fmt: skip
    assert take(staged, staging.CHUNK, two) == (2 * staging.CHUNK, False)
    assert take(staged, 2 * staging.CHUNK, content[2 * staging.CHUNK :]) == (len(content), True)
    kept = SealedFile.objects.get(upload=staged, name="file_1")
    with storage.open_stored(kept.sha256) as file:
        assert file.read() == content
    assert list((files / "sealed").rglob("[0-9]" * 12)) == []  # the pieces are gone


def test_what_does_not_give_its_digest_begins_anew(called: Line) -> None:
    staged, content = pieces(called, 10_000)
    assert take(staged, 0, bytes(len(content))) == (0, False)
    assert take(staged, 0, content) == (len(content), True)


def test_a_piece_too_long_is_not_taken(called: Line) -> None:
    staged, content = pieces(called, 10_000)
    assert take(staged, 0, content + b"x") == (0, False)


def test_a_crash_between_file_and_row_leaves_the_piece_to_be_sent_again(
    called: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    staged, content = pieces(called, 2_500_000)
    with monkeypatch.context() as broken:
        broken.setattr(SealedFile, "save", lambda *args, **named: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            take(staged, 0, content[: staging.CHUNK])
    assert take(staged, 0, content[: staging.CHUNK]) == (staging.CHUNK, False)


def test_uploads_never_handed_in_give_way(called: Line) -> None:
    tokens = [begin(called)[0].token for _number in range(staging.OPEN_MOST + 2)]
    kept = SealedUpload.objects.filter(post=called.cast.social[0]).order_by("pk").values_list("token", flat=True)
    assert list(kept) == tokens[2:]


@pytest.mark.parametrize("many", [staging.PARTS_MOST - 4])
def test_too_many_files_are_refused(called: Line, many: int) -> None:
    tender, actor = called.latest(Tender), called.cast.social[0]
    staged = staging.begin(tender, actor, at=DAY)
    given = [*story.parts(actor, DAY.date(), PRICE, TEXTS), *(Part(f"file_{n}", "x", b"x") for n in range(many))]
    sealed = sealing.seal(lock=tender.lock.encode(), bid=staged.bid_name, parts=given)
    wraps = {name: b64encode(file).decode() for name, file in sealed.wraps.items()}
    with pytest.raises(staging.StagingError, match="size"):
        staging.declare(staged, receipt=sealed.receipt, wraps=wraps, snapshot="0" * 64, at=DAY)
