"""机构档案: kept by its organisation alone, with dates that make sense, and what is personal outside the leaf."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongyue.demonstration.cast import Cast
from gongyue.demonstration.written.parties import PAPERS
from gongyue.kernel.models import Post
from gongyue.ledger.models import Entry
from gongyue.parties.profile import ProfileItem, ProviderProfile
from gongyue.parties.snapshot import digests, snapshot

from .acts import attempt, done, errors, refusals

pytestmark = pytest.mark.django_db
ON, DAY = "2010-08-02", date(2010, 8, 2)


def given(name: str, **changes: Any) -> dict[str, Any]:
    return PAPERS[name](None, None, DAY) | changes


def keep(post: Post, on: str = ON, **changes: Any) -> Any:
    unborn = ProviderProfile.unborn(None, post)
    subject = unborn[0] if unborn else ProviderProfile.objects.get(organisation=post.organisation)
    return attempt("profile.keep", subject, post, on, **given("profile.keep", **changes))


def enter(post: Post, name: str, **changes: Any) -> Any:
    return attempt(name, ProfileItem.unborn(None, post)[0], post, ON, **changes)


def certificate() -> dict[str, Any]:
    return {
        "title": "社会组织评估 4A", "number": "2009-12", "issuer": "广州市民政局", "begins_on": "2009-12-01",
        "ends_on": "2014-11-30", "paper": SimpleUploadedFile("证书.pdf", b"%PDF-1.4 4A"),
    }  # fmt: skip


@pytest.mark.clause("GZ-P-3.2.3c")
def test_a_profile_is_kept_and_kept_anew(cast: Cast) -> None:
    post = cast.social[0]
    profile = done(keep(post))
    assert (profile.state, profile.organisation, profile.kept_on) == ("kept", post.organisation, DAY)
    assert ProviderProfile.unborn(None, post) == []
    done(keep(post, "2010-09-01", introduction="新的简介"))
    profile.refresh_from_db()
    assert (profile.version, profile.introduction, profile.kept_on) == (2, "新的简介", date(2010, 9, 1))
    assert all("甘某" not in entry.body for entry in Entry.objects.filter(subject=profile.key))


@pytest.mark.clause("GZ-P-3.2.3c")
def test_a_profile_is_for_social_organisations_to_keep(cast: Cast) -> None:
    assert cast.legal is not None
    for office in (cast.legal, cast.city[0], cast.finances["440104"]):
        basics = ProviderProfile(organisation=office.organisation)
        assert refusals(attempt("profile.keep", basics, office, ON, **given("profile.keep"))) == ["kernel.capacity"]
        item = ProfileItem(organisation=office.organisation)
        refused = attempt("pastproject.list", item, office, ON, **given("pastproject.list"))
        assert refusals(refused) == ["kernel.capacity"]


def test_nobody_keeps_anothers(cast: Cast) -> None:
    done(keep(cast.social[0]))
    profile = ProviderProfile.objects.get()
    refused = attempt("profile.keep", profile, cast.social[1], ON, **given("profile.keep"))
    assert refusals(refused) == ["kernel.owner"]
    assert (profile.visible_to(cast.social[0]), profile.visible_to(cast.city[0])) == (True, False)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"established_on": "2011-01-01"}, {"established_on": ["日期不能晚于办理当日"]}),
        ({"registration_until": "2000-01-01"}, {"registration_until": ["不能早于开始日期"]}),
        ({"registration_number": ""}, {"registration_number": ["这个字段是必填项。"]}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(cast: Cast, changes: dict[str, str], said: object) -> None:
    assert errors(keep(cast.social[0], **changes)) == said


@pytest.mark.clause("GZ-P-3.2.3c")
def test_the_library_holds_what_was_entered_and_a_snapshot_takes_it_as_it_stands(cast: Cast) -> None:
    post = cast.social[0]
    done(keep(post))
    first = done(enter(post, "qualification.list", **certificate()))
    for name in ("staffmember.list", "pastproject.list", "penalty.list"):
        done(enter(post, name, **given(name)))
    taken = snapshot(post.organisation, DAY)
    assert (taken["taken_on"], taken["organisation"]["name"]) == ("2010-08-02", post.organisation.name)
    assert taken["profile"]["representative"] == "甘某"
    assert [(item["category"], item["title"]) for item in taken["items"]] == [
        ("qualification", "社会组织评估 4A"), ("staff", "项目主任，社会工作师（中级）"),
        ("project", "社区长者日间照料服务（演示）"), ("penalty", "年度检查基本合格"),
    ]  # fmt: skip
    assert taken["items"][2]["amount_fen"] == 38_000_000
    assert [paper["name"] for paper in taken["items"][0]["papers"]] == ["证书.pdf"]
    assert digests(taken) == {taken["items"][0]["papers"][0]["sha256"]}
    assert all("霍某" not in entry.body and "2008-0101" not in entry.body for entry in Entry.objects.all())
    assert done(attempt("profileitem.remove", first, post, "2010-08-03", reason="证书换发")).state == "removed"
    assert len(snapshot(post.organisation, DAY)["items"]) == 3


def test_a_qualification_needs_its_paper_and_nobody_removes_anothers(cast: Cast) -> None:
    assert list(errors(enter(cast.social[0], "qualification.list", **(certificate() | {"paper": None})))) == ["paper"]
    item = done(enter(cast.social[0], "pastproject.list", **given("pastproject.list")))
    refused = attempt("profileitem.remove", item, cast.social[1], ON, reason="误")
    assert refusals(refused) == ["kernel.owner"]


def test_an_organisation_without_a_profile_has_an_empty_snapshot(cast: Cast) -> None:
    taken = snapshot(cast.social[2].organisation, DAY)
    assert (taken["profile"], taken["items"], digests(taken)) == (None, [], set())
