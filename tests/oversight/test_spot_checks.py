from __future__ import annotations

import hashlib
import hmac
import json
from datetime import date

import pytest

from gongyue.demonstration.line import Line
from gongyue.kernel.drawing import draw, list_digest
from gongyue.kernel.models import Obligation
from gongyue.ledger.models import Entry
from gongyue.oversight.models import FollowUp, SpotCheck
from tests.contracts.stages import attempt, rules

DAY = date(2010, 12, 1)


@pytest.mark.clause("GZ-P-3.4.2c", "GZ-S-A1.9")
def test_the_draw_is_what_the_documentation_says() -> None:
    keys = [f"case:{n}" for n in range(1, 9)]
    by_hand = {key: hmac.new(b"seed", key.encode(), hashlib.sha256).hexdigest() for key in keys}
    assert draw("seed", keys, 3) == sorted(keys, key=by_hand.__getitem__)[:3]
    assert draw("seed", keys, 3) != draw("other", keys, 3)


@pytest.mark.clause("GZ-P-3.4.2c", "GZ-S-A1.9")
def test_list_and_seed_are_fixed_before_the_seed_chooses(filed: Line) -> None:
    outcome = filed.act("spot_check.commit", None, DAY)
    check = SpotCheck.objects.get()
    assert outcome.entry is not None
    given = json.loads(outcome.entry.body)["content"]["input"]
    assert given["seed_sha256"] == hashlib.sha256(check.seed_value.encode()).hexdigest()
    assert given["population_sha256"] == list_digest(["instalment:1", "instalment:2", "instalment:3"])
    assert (check.seed_value in outcome.entry.body, check.opened_seed, check.drawn) == (False, "", [])
    filed.act("spot_check.draw", check, DAY)
    check.refresh_from_db()
    opened = json.loads(Entry.objects.get(subject=check.key, version=2).body)["content"]["input"]["opened_seed"]
    assert hashlib.sha256(opened.encode()).hexdigest() == given["seed_sha256"]
    assert check.drawn == draw(opened, ["instalment:1", "instalment:2", "instalment:3"], 2)


@pytest.mark.clause("GZ-P-3.4.2c")
def test_nobody_chooses_the_seed(filed: Line) -> None:
    filed.act("spot_check.commit", None, DAY, secret="mine", seed_sha256="0")
    check = SpotCheck.objects.get()
    assert (check.seed_value == "mine", len(check.seed_value), len(check.seed_sha256)) == (False, 64, 64)
    filed.act("spot_check.draw", check, DAY, opened_seed="mine")
    check.refresh_from_db()
    assert check.opened_seed == check.seed_value


@pytest.mark.clause("GZ-P-3.4.2c", "GZ-S-A1.9")
def test_every_drawn_item_is_reported_and_what_is_wrong_is_followed_up(filed: Line) -> None:
    filed.act("spot_check.commit", None, DAY)
    check = SpotCheck.objects.get()
    filed.act("spot_check.draw", check, DAY)
    check.refresh_from_db()
    first, second = check.drawn
    one = [{"item": first, "result": "sound", "finding": ""}]
    assert list(attempt(filed, "spot_check.report", check, DAY, findings=one).form.errors) == ["findings"]
    both = [*one, {"item": second, "result": "problem", "finding": "缺签到表"}]
    filed.act("spot_check.report", check, DAY, findings=both, due_on="2010-12-08")
    follow_up = FollowUp.objects.get()
    assert (follow_up.what, follow_up.found_in) == (f"{second}：缺签到表", check.key)
    owed = Obligation.objects.get(purchase=filed.purchase, action="follow_up.answer", is_open=True)
    assert (owed.subject, owed.organisation, owed.due_on) == (
        follow_up.key, filed.cast.social[0].organisation, date(2010, 12, 8),
    )  # fmt: skip


@pytest.mark.clause("GZ-S-A1.9")
def test_a_regular_check_states_the_cycle_its_body_chose(filed: Line) -> None:
    street = filed.cast.streets[filed.street.pk]
    assert rules(attempt(filed, "spot_check.commit", None, DAY, actor=street, occasion="regular")) == [
        "regular-check-states-cycle"
    ]
    finance = filed.cast.finances[filed.district]
    for actor in (street, finance, filed.cast.bureaus[filed.district][0]):
        filed.act("spot_check.commit", None, DAY, actor=actor, occasion="regular", cycle="每季度一次")
    assert list(SpotCheck.objects.order_by("pk").values_list("number", "cycle")) == [
        (n, "每季度一次") for n in (1, 2, 3)
    ]


def test_one_bodys_check_is_carried_through_by_that_body(filed: Line) -> None:
    filed.act("spot_check.commit", None, DAY)
    street = filed.cast.streets[filed.street.pk]
    assert rules(attempt(filed, "spot_check.draw", SpotCheck.objects.get(), DAY, actor=street)) == ["kernel.owner"]


def test_more_than_there_are_cannot_be_drawn(filed: Line) -> None:
    outcome = attempt(filed, "spot_check.commit", None, DAY, size="4")
    assert outcome.form.errors.get_json_data() == {"size": [{"message": "范围里只有 3 项", "code": "size"}]}
