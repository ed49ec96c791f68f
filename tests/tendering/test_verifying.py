"""核对: whatever is changed in what is stored of a call is named, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import models

from gongyue.demonstration import sealed as story
from gongyue.demonstration.line import Line
from gongyue.ledger.models import Opening as Ledgered
from gongyue.tendering import scoring
from gongyue.tendering.models import (
    Bid,
    BidPaper,
    Committee,
    KeyHolder,
    Opening,
    PanelSeat,
    Ranking,
    ScoreSheet,
    Tender,
)
from gongyue.tendering.verifying import Change, verify

from . import test_evaluation as evaluating
from . import test_report as reporting
from .conftest import OPENING, attempt
from .evaluating import THEN, committee, done, submit
from .sealed.conftest import called, files, first, handed, prepared  # noqa: F401 - its fixtures
from .test_committee import NEXT, own_draw, recuse

pytestmark = [pytest.mark.django_db, pytest.mark.once]

CALLED = {"ceiling_fen": "ceiling", "floor_fen": "floor", "price_fen": "price"}  # columns that verification calls so


def other(field: models.Field[Any, Any], value: Any) -> Any:
    """Another value that the column takes; of a row pointed to, one that is not there."""
    if field.remote_field is not None:
        return 0
    if isinstance(field, models.JSONField):
        return value | {"改": 1} if isinstance(value, dict) else [*value, "改"]
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.DateTimeField | models.DateField):
        return (value or (THEN if isinstance(field, models.DateTimeField) else THEN.date())) + timedelta(days=1)
    if isinstance(field, models.IntegerField):
        return (value or 0) + 1
    return f"{value[: (field.max_length or 10**6) - 1]}改"


def each(row: models.Model, *left: str) -> Iterator[tuple[str, list[Change]]]:
    """Every column changed in its turn, and what verification says to it."""
    table = type(row)._default_manager.filter(pk=row.pk)
    for field in row._meta.concrete_fields:
        if field.name not in {"id", "purchase", *left}:
            stood = getattr(row, field.attname)
            table.update(**{field.attname: other(field, stood)})
            yield field.name, list(verify())
            table.update(**{field.attname: stood})


def said(row: Any, *left: str) -> dict[str, list[Change]]:
    return dict(each(row, *left))


def named(row: Any, *left: str, **others: list[Change]) -> dict[str, list[Change]]:
    """Each of its columns by its own name, but for `others`."""
    columns = [field.name for field in row._meta.concrete_fields if field.name not in {"id", "purchase", *left}]
    return {name: [Change(f"{row.key} {CALLED.get(name, name)}", "changed")] for name in columns} | others


def test_each_column_of_a_call_a_bid_and_a_sheet_is_held_to_the_act_that_wrote_it(awarded: Line) -> None:
    """`unread` alone stands or falls with the others: the database refuses to change it by itself."""
    assert list(verify()) == []
    tender, sheet = awarded.latest(Tender), ScoreSheet.objects.order_by("pk")[0]
    assert said(tender) == named(tender)
    assert said(sheet) == named(sheet)
    for bid in Bid.objects.order_by("pk"):
        assert said(bid, "unread") == named(bid, "unread")


def test_each_column_of_a_place_is_held_to_what_is_added_up_again(awarded: Line) -> None:
    row = Ranking.objects.order_by("rank")[1]
    where = f"bid:{row.bid_id}"
    assert said(row) == {
        "tender": [Change(f"{where} call", "changed")], "bid": [Change(f"{where} place", "missing")],
        "numerator": [Change(f"{where} total", "changed")], "denominator": [Change(f"{where} total", "changed")],
        "rank": [Change(f"{where} place", "changed")], "fallen_at": [Change(f"{where} fallen_at", "changed")],
        "chosen": [Change(f"{where} chosen", "changed")], "chosen_at": [Change(f"{where} chosen_at", "changed")],
    }  # fmt: skip


def test_each_column_of_keys_and_of_the_opening_is_held_to_the_act_that_wrote_it(handed: Line) -> None:  # noqa: F811
    story.opened(handed, OPENING)
    assert list(verify()) == []
    row, hall = first(handed), Opening.objects.get()
    gone = [Change(f"{row.key} upload", "missing")]
    assert said(row) == named(row, bid=[Change(f"{row.key} bid", "changed"), *gone], upload=gone)
    assert said(hall) == named(hall)
    assert said(row.bid, "unread") == named(row.bid, "unread")
    for holder in KeyHolder.objects.order_by("pk"):
        assert said(holder) == named(holder)


def test_each_column_of_a_paper_is_held_to_what_was_sealed(handed: Line) -> None:  # noqa: F811
    story.opened(handed, OPENING)
    paper, bid = BidPaper.objects.get(), first(handed).bid.key
    changed, gone = [Change(f"{bid} paper file_1", "changed")], Change(f"{bid} paper file_1", "missing")
    assert said(paper) == {
        "bid": [gone], "part": [gone, Change(f"{bid} paper file_1改", "unlisted")], "name": changed, "size": changed,
        "sha256": changed,
    }  # fmt: skip


def test_each_column_of_a_committee_is_held_to_the_act_that_wrote_it(ready: Line) -> None:
    """Of a draw of this system list, seed and number are, and the result is drawn again."""
    done(attempt(ready, "committee.seat", own_draw(ready), NEXT, witness="7391", attendance="监督人郑某"))
    assert list(verify()) == []
    assert said(committee(ready)) == named(committee(ready))


def test_each_column_of_a_committee_of_the_pool_is_too(sat: Line) -> None:
    assert said(committee(sat)) == named(committee(sat))


def test_a_seat_given_or_taken_in_the_table_is_named(sat: Line) -> None:
    seat = PanelSeat.objects.filter(left_at=None).order_by("pk")[0]
    where = f"tender:{seat.tender_id} seat post:"
    PanelSeat.objects.filter(pk=seat.pk).update(post=sat.cast.experts[4])
    assert list(verify()) == [
        Change(f"{where}{seat.post_id}", "missing"), Change(f"{where}{sat.cast.experts[4].pk}", "unlisted"),
    ]  # fmt: skip


@pytest.mark.parametrize("model", [ScoreSheet, Ranking, Committee])
def test_a_row_taken_away_is_named(sat: Line, model: Any) -> None:
    reporting.score(sat)
    row = model.objects.order_by("pk")[0]
    model.objects.filter(pk=row.pk).delete()
    where = f"bid:{row.bid_id} place" if model is Ranking else row.key
    assert list(verify()) == [Change(where, "missing")]


def test_a_bid_that_nobody_handed_in_is_named(opened: Line) -> None:
    bid = Bid.objects.order_by("pk")[0]
    bid.pk, bid.organisation = None, opened.cast.social[2].organisation
    bid.save()
    assert list(verify()) == [Change(bid.key, "unlisted")]


def remade(tender: Tender) -> None:
    """The totals made to fit what stands in the tables."""
    rows = list(Ranking.objects.filter(tender=tender).select_related("bid"))
    placed = scoring.rank(
        [scoring.Offered(row.bid_id, row.bid.price) for row in rows], price_points=tender.price_points,
        factors=[number for number, _factor in tender.judged],
        sheets=[sheet.points() for sheet in tender.sheets.filter(state="submitted")],
    )  # fmt: skip
    for one in placed:
        parts = {"numerator": str(one.total.numerator), "denominator": str(one.total.denominator)}
        Ranking.objects.filter(bid=one.bid).update(rank=one.rank, **parts)


def test_the_best_place_taken_away_and_another_winner_named_is_noticed(awarded: Line) -> None:
    """Who is placed follows from the acts, not from who stands in the table of places."""
    tender, (best, second, third) = awarded.latest(Tender), Ranking.objects.order_by("rank")
    Ranking.objects.filter(pk=best.pk).delete()
    remade(tender)
    Tender.objects.filter(pk=tender.pk).update(winner=second.bid)
    named = [change.where for change in verify()]
    assert named[:2] == [f"{tender.key} winner", f"bid:{best.bid_id} place"]
    assert {f"bid:{row.bid_id} place" for row in (second, third)} < set(named)


def test_a_sheet_made_void_with_the_totals_remade_is_noticed(awarded: Line) -> None:
    sheet = ScoreSheet.objects.order_by("pk")[0]
    ScoreSheet.objects.filter(pk=sheet.pk).update(state="void", scores={})
    assert list(verify()) == [Change(f"{sheet.key} state", "changed"), Change(f"{sheet.key} scores", "changed")]


def test_what_was_erased_behind_a_score_is_missing(awarded: Line) -> None:
    sheet = ScoreSheet.objects.order_by("pk")[0]
    Ledgered.objects.filter(entry__action="sheet.submit", entry__subject=sheet.key).delete()
    assert list(verify()) == [Change(f"{sheet.key} scores", "missing")]


def test_one_price_put_right_frees_no_other(opened: Line) -> None:
    """A confirmed correction counts for its own bid, at the price that was confirmed."""
    evaluating.all_sheets(opened)
    corrected = evaluating.correct(opened)
    opened.act("correction.confirm", corrected, evaluating.THEN, actor=evaluating.social(opened, 0), confirmed=True)
    opened.act("tender.score", opened.latest(Tender), evaluating.THEN)
    assert list(verify()) == []
    mine, rival = evaluating.bid_of(opened, 0), evaluating.bid_of(opened, 3)
    Bid.objects.filter(pk=rival.pk).update(price_fen=1_000)
    assert Change(f"{rival.key} price", "changed") in list(verify())
    Bid.objects.filter(pk=rival.pk).update(price_fen=rival.price_fen)
    Bid.objects.filter(pk=mine.pk).update(price_fen=mine.price_fen + 1)
    assert list(verify()) == [Change(f"{mine.key} price", "changed")]


def test_a_sheet_put_right_is_held_to_what_its_member_gave_last(sat: Line) -> None:
    """Lawfully corrected it is no change; put back to what it was it is one."""
    reporting.score(sat)
    expert = sat.cast.experts[1]
    done(reporting.recheck(sat))
    done(reporting.recall(sat, expert))
    before = reporting.sheet_of(sat, expert).scores
    done(reporting.correct(sat, expert))
    done(attempt(sat, "tender.score", sat.latest(Tender), reporting.THEN))
    assert list(verify()) == []
    sheet = reporting.sheet_of(sat, expert)
    ScoreSheet.objects.filter(pk=sheet.pk).update(scores=before)
    assert list(verify()) == [Change(f"{sheet.key} scores", "changed")]


def test_a_member_replaced_and_a_committee_dissolved_are_no_change(sat: Line) -> None:
    for post in sat.cast.experts[:2]:
        done(submit(sat, post))
    done(recuse(sat, sat.cast.experts[1]))
    given = {"cause": "recused", "reason": "成员申请回避。", "successor": str(sat.cast.experts[4].pk)}
    done(attempt(sat, "committee.replace", committee(sat), THEN, leaver=str(sat.cast.experts[1].pk), **given))
    assert list(verify()) == []
    assert [sheet.state for sheet in ScoreSheet.objects.order_by("pk")] == ["submitted", "void"]
    done(attempt(sat, "committee.dissolve", committee(sat), THEN, ground="lacking", reason="无法补足。"))
    assert list(verify()) == []
