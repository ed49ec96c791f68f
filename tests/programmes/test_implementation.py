from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from gongyue.demonstration.cast import Cast
from gongyue.demonstration.line import Line
from gongyue.kernel.models import Document, Obligation, Post, Purchase
from gongyue.kernel.perform import Outcome
from gongyue.programmes.forms import SubmitForm
from gongyue.programmes.models import ImplementationPlan
from tests.parties.acts import attempt, content, done, errors, refusals, seat

STREET = "440104:广卫街"
TEXT = {
    "former_name": "广卫街社区服务中心",
    "goals": "两年内建成一个综合服务中心", "content": "家庭、长者、青少年服务", "site_kind": "converted",
    "site_address": "文化站二楼", "site_ready_on": "2010-08-25",
}  # fmt: skip
PANEL = [{"name": "区某", "organisation": "市民政局"}, {"name": "孔某", "organisation": "南岭学院"}]


@pytest.fixture
def purchase(line: Line) -> Purchase:
    return line.open(date(2010, 8, 3))


@pytest.fixture
def street(cast: Cast) -> Post:
    return cast.streets[STREET]


@pytest.fixture
def plan(purchase: Purchase, street: Post) -> ImplementationPlan:
    """Submitted on 20 August."""
    submitted: ImplementationPlan = done(submit(ImplementationPlan(purchase=purchase), street))
    return submitted


def submit(plan: ImplementationPlan, street: Post, on: str = "2010-08-20", /, **data: Any) -> Outcome:
    return attempt("implementation.submit", plan, street, on, **(TEXT | data))


def review(plan: ImplementationPlan, cast: Cast, on: str = "2010-08-23") -> Outcome:
    return attempt("implementation.review", plan, cast.bureaus["440104"][1], on, opinion="同意上报")


def approve(plan: ImplementationPlan, cast: Cast, on: str = "2010-08-30", /, **data: Any) -> Outcome:
    given = {"panel": PANEL, "result": "approved", "opinion": "同意"} | data
    return attempt("implementation.approve", plan, cast.city[1], on, **given)


def send_back(plan: ImplementationPlan, actor: Post, on: str = "2010-08-24", /, **data: Any) -> Outcome:
    return attempt("implementation.return", plan, actor, on, **({"reason": "目标没有量化"} | data))


def open_now(purchase: Purchase) -> list[tuple[str, str]]:
    """Open obligations about the plan, with who holds them."""
    rows = Obligation.objects.filter(purchase=purchase, is_open=True, action__startswith="implementation.")
    return [(row.action, str(row.organisation)) for row in rows.order_by("pk")]


@pytest.mark.clause("GZ-S-4.2a")
def test_the_street_submits_its_plan_with_its_site(plan: ImplementationPlan, purchase: Purchase) -> None:
    assert (plan.state, plan.version, plan.submitted_on) == ("submitted", 1, date(2010, 8, 20))
    assert (plan.goals, plan.content) == (TEXT["goals"], TEXT["content"])
    assert (plan.site_kind, plan.site_address, plan.site_ready_on) == ("converted", "文化站二楼", date(2010, 8, 25))
    purchase.refresh_from_db()
    assert purchase.stage == "implementation:submitted"


@pytest.mark.clause("GZ-S-4.1b")
def test_three_levels_one_after_the_other(plan: ImplementationPlan, purchase: Purchase, cast: Cast) -> None:
    assert open_now(purchase) == [("implementation.review", "越秀区民政局")]
    assert refusals(approve(plan, cast)) == ["kernel.state"]
    reviewed = done(review(plan, cast))
    assert (reviewed.state, reviewed.reviewed_on, reviewed.review_opinion) == (
        "reviewed", date(2010, 8, 23), "同意上报",
    )  # fmt: skip
    assert open_now(purchase) == [("implementation.approve", "广州市民政局")]
    approved = done(approve(plan, cast))
    assert (approved.state, approved.approved_on) == ("approved", date(2010, 8, 30))
    assert (approved.approval_result, approved.approval_opinion) == ("approved", "同意")
    assert open_now(purchase) == []


@pytest.mark.clause("GZ-S-4.1c")
def test_the_panel_is_on_record_and_not_in_the_ledger(plan: ImplementationPlan, cast: Cast) -> None:
    done(review(plan, cast))
    outcome = approve(plan, cast)
    assert list(done(outcome).panel.order_by("pk").values("name", "organisation")) == PANEL
    assert outcome.entry is not None
    assert "区某" not in outcome.entry.body
    assert "孔某" not in outcome.entry.body
    assert outcome.entry.openings.get().value == PANEL
    assert content(outcome.entry)["input"]["result"] == "approved"


@pytest.mark.clause("GZ-S-4.1c")
def test_there_is_no_approval_without_a_panel(plan: ImplementationPlan, cast: Cast) -> None:
    done(review(plan, cast))
    assert errors(approve(plan, cast, panel=[])) == {"panel": ["至少填写 1 行"]}
    assert errors(approve(plan, cast, panel=[{"name": "区某", "organisation": ""}])) == {
        "panel": ["第 1 行 所在单位：这个字段是必填项。"]
    }
    elsewhere = attempt("implementation.approve", plan, cast.bureaus["440104"][0], "2010-08-30", panel=PANEL)
    assert refusals(elsewhere) == ["kernel.capacity"]


def test_a_plan_that_did_not_pass_is_not_approved(plan: ImplementationPlan, cast: Cast) -> None:
    done(review(plan, cast))
    assert list(errors(approve(plan, cast, result="rejected"))) == ["result"]


@pytest.mark.clause("GZ-S-4.3a")
def test_a_plan_without_goals_is_not_approved(purchase: Purchase, street: Post, cast: Cast) -> None:
    plan = done(submit(ImplementationPlan(purchase=purchase), street, goals="  "))
    done(review(plan, cast))
    assert refusals(approve(plan, cast)) == ["goals-stated"]


def test_a_plan_goes_back_with_a_reason(plan: ImplementationPlan, purchase: Purchase, cast: Cast) -> None:
    bureau = cast.bureaus["440104"][1]
    assert list(errors(send_back(plan, bureau, reason=""))) == ["reason"]
    returned = done(send_back(plan, bureau))
    assert (returned.state, returned.returned_on, returned.return_reason) == (
        "returned", date(2010, 8, 24), "目标没有量化",
    )  # fmt: skip
    assert open_now(purchase) == [("implementation.submit", "广卫街道办事处")]


def test_the_city_sends_back_what_was_reviewed(plan: ImplementationPlan, cast: Cast, street: Post) -> None:
    done(review(plan, cast))
    returned = done(send_back(plan, cast.city[1]))
    assert returned.reviewed_on == date(2010, 8, 23)
    again = done(submit(plan, street, "2010-08-26", goals="一年服务 2500 人次"))
    assert (again.state, again.version, again.goals) == ("submitted", 4, "一年服务 2500 人次")
    assert (again.submitted_on, again.reviewed_on, again.review_opinion) == (date(2010, 8, 26), None, "")
    assert refusals(approve(plan, cast)) == ["kernel.state"]
    assert done(review(plan, cast, "2010-08-27")).reviewed_on == date(2010, 8, 27)


def test_a_returned_plan_is_sent_again_from_what_it_said(plan: ImplementationPlan, cast: Cast, street: Post) -> None:
    returned = done(send_back(plan, cast.bureaus["440104"][1]))
    form = SubmitForm(subject=returned, actor=street)
    assert form.initial == TEXT | {"site_ready_on": date(2010, 8, 25)}


def test_a_new_plan_starts_empty(purchase: Purchase, street: Post) -> None:
    assert SubmitForm(subject=ImplementationPlan(purchase=purchase), actor=street).initial == {}


def test_an_approved_plan_does_not_go_back(plan: ImplementationPlan, cast: Cast) -> None:
    done(review(plan, cast))
    done(approve(plan, cast))
    assert refusals(send_back(plan, cast.city[1], "2010-09-01")) == ["kernel.state"]
    assert refusals(review(plan, cast, "2010-09-01")) == ["kernel.done"]


@pytest.mark.clause("GZ-S-4.1b")
def test_one_person_does_not_review_and_approve(plan: ImplementationPlan, cast: Cast) -> None:
    reviewer = cast.bureaus["440104"][1]
    done(review(plan, cast))
    both = seat(
        cast.registrar, cast.registrar.organisation, reviewer.person.username, "2010-08-24", name=reviewer.person.name
    )
    outcome = attempt("implementation.approve", plan, both, "2010-08-30", panel=PANEL, result="approved")
    assert refusals(outcome) == ["kernel.incompatible"]


@pytest.mark.clause("GZ-S-4.1b")
def test_each_level_does_its_own_part(plan: ImplementationPlan, cast: Cast, street: Post) -> None:
    refused = [
        submit(ImplementationPlan(purchase=plan.purchase), cast.city[1]),
        attempt("implementation.review", plan, street, "2010-08-23"),
        attempt("implementation.review", plan, cast.bureaus["440104"][1], "2010-08-23"),
    ]
    assert refusals(refused[0]) == ["kernel.capacity"]
    assert refusals(refused[1]) == ["kernel.capacity"]
    assert refused[2].entry is not None
    assert refusals(send_back(plan, street)) == ["kernel.capacity"]


def test_the_plan_says_what_where_and_how(purchase: Purchase, street: Post) -> None:
    empty = submit(ImplementationPlan(purchase=purchase), street, content="", site_kind="found", site_address="")
    assert sorted(errors(empty)) == ["content", "site_address", "site_kind"]


def test_a_site_may_still_be_on_its_way(purchase: Purchase, street: Post) -> None:
    later = submit(ImplementationPlan(purchase=purchase), street, site_ready_on="2011-01-01")
    assert done(later).site_ready_on == date(2011, 1, 1)


def test_the_day_may_be_open(purchase: Purchase, street: Post) -> None:
    assert done(submit(ImplementationPlan(purchase=purchase), street, site_ready_on="")).site_ready_on is None


def test_a_purchase_has_one_plan(plan: ImplementationPlan, street: Post) -> None:
    second = submit(ImplementationPlan(purchase=plan.purchase), street, "2010-08-21")
    assert refusals(second) == ["kernel.conflict"]


def test_late_submission_is_recorded_with_its_days(purchase: Purchase, street: Post) -> None:
    outcome = submit(ImplementationPlan(purchase=purchase), street, "2010-09-03")
    assert content(outcome.entry)["late"] == [
        {"rule": "submit-plan", "days": 3, "organisation": street.organisation_id, "post": street.pk}
    ]


def test_the_paper_is_kept_by_its_digest(purchase: Purchase, street: Post, tmp_path: Any) -> None:
    with override_settings(MEDIA_ROOT=tmp_path):
        paper = SimpleUploadedFile("方案.txt", b"plan")
        outcome = submit(ImplementationPlan(purchase=purchase), street, paper=paper)
        kept = Document.objects.get(purchase=purchase)
    assert (kept.field, kept.name, kept.size) == ("paper", "方案.txt", 4)
    assert content(outcome.entry)["documents"]["paper"]["sha256"] == kept.sha256
    assert kept.sha256 == "64879f7d6b960a01909762d911a32d4582c20010c5641ee90278b644a9e3b525"


@pytest.mark.clause("GZ-S-3.0")
def test_the_plan_says_what_the_centre_was_called_before(purchase: Purchase, street: Post) -> None:
    silent = submit(ImplementationPlan(purchase=purchase), street, former_name="")
    assert [(found.rule, found.severity, found.cite) for found in silent.findings] == [
        ("former-centre-named", "warn", "gz-scheme-2010#三")
    ]
    reason = {"acknowledge-former-centre-named": "本街道原来没有社区服务中心"}
    assert done(submit(ImplementationPlan(purchase=purchase), street, former_name="", **reason)).former_name == ""


@pytest.mark.clause("GZ-S-3.0")
def test_the_former_name_stays_with_the_plan(plan: ImplementationPlan) -> None:
    assert plan.former_name == "广卫街社区服务中心"
    assert SubmitForm(subject=plan).initial["former_name"] == "广卫街社区服务中心"
