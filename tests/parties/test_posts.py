from __future__ import annotations

from typing import Any

import pytest

from gongyue.clock import LOCAL
from gongyue.demonstration.cast import Cast
from gongyue.kernel.models import Obligation, Organisation, Person, Post, Purchase
from gongyue.kernel.perform import Outcome
from gongyue.ledger.models import Entry, Opening
from tests.parties.acts import assign, attempt, content, done, errors, refusals, register, seat

STREET = "440104:广卫街"


@pytest.fixture
def office(cast: Cast) -> Organisation:
    return cast.streets[STREET].organisation


@pytest.fixture
def purchase(cast: Cast) -> Purchase:
    """广卫街's project, with two things waiting at its office's only post: the plan and the needs assessment."""
    street = cast.streets[STREET]
    opened: Purchase = done(
        attempt(
            "purchase.open", Purchase.unborn(None, street)[0], street, "2010-09-06", title="广卫街中心", scope="centre"
        )
    )
    return opened


def hand_over(cast: Cast, post: Post, until: str, successor: Post | None = None, on: str = "2010-09-10") -> Outcome:
    given: dict[str, Any] = {"until": until} | ({"successor": successor.pk} if successor else {})
    return attempt("post.hand_over", Post.objects.get(pk=post.pk), cast.registrar, on, **given)


def waiting(post: Post) -> list[str]:
    return sorted(Obligation.objects.filter(post=post, is_open=True).values_list("rule", flat=True))


def test_a_new_username_is_a_new_person_who_cannot_log_in_yet(cast: Cast, office: Organisation) -> None:
    post = done(assign(cast.registrar, office, "wu", title="社区服务岗"))
    assert (post.person.username, post.person.name, post.person.has_usable_password()) == ("wu", "伍思齐", False)
    assert (post.organisation_id, post.title, post.since.isoformat()) == (office.pk, "社区服务岗", "2010-07-05")
    assert (post.until, post.state, post.version) == (None, "held", 1)


def test_the_ledger_commits_to_a_name_without_holding_it(cast: Cast, office: Organisation) -> None:
    entry = assign(cast.registrar, office, "wu-siqi").entry
    assert entry is not None
    assert "伍思齐" not in entry.body
    assert "wu-siqi" not in entry.body
    kept = {opening.path: opening.value for opening in Opening.objects.filter(entry=entry)}
    assert kept == {"input.name": "伍思齐", "input.username": "wu-siqi"}


def test_a_person_may_hold_several_posts(cast: Cast, office: Organisation) -> None:
    bureau = cast.bureaus["440104"][0].organisation
    first = done(assign(cast.registrar, office, "wu"))
    second = done(assign(cast.registrar, bureau, "wu"))
    assert first.person_id == second.person_id
    assert Person.objects.filter(username="wu").count() == 1


def test_a_username_belongs_to_one_name(cast: Cast, office: Organisation) -> None:
    done(assign(cast.registrar, office, "wu"))
    other = assign(cast.registrar, office, "wu", name="伍思贤", title="另一岗")
    assert errors(other) == {"username": ["该用户名已属于另一姓名的人员"]}


def test_one_seat_of_a_title_for_one_person(cast: Cast, office: Organisation) -> None:
    done(assign(cast.registrar, office, "wu"))
    assert errors(assign(cast.registrar, office, "wu")) == {"title": ["此人已在该机构任同一岗位"]}


def test_organisations_of_other_cities_cannot_be_chosen(cast: Cast, office: Organisation) -> None:
    Organisation.objects.filter(pk=office.pk).update(division="440000")
    assert list(errors(assign(cast.registrar, office, "wu"))) == ["organisation"]


def test_only_the_registrar_assigns(cast: Cast) -> None:
    street = cast.streets[STREET]
    outcome = attempt("post.assign", Post.unborn(None, street)[0], street, "2010-07-05")
    assert refusals(outcome) == ["kernel.capacity"]


def test_a_post_begun_later_may_not_act_yet(cast: Cast, office: Organisation) -> None:
    post = seat(cast.registrar, office, "wu", since="2010-09-01")
    early = attempt("purchase.open", Purchase.unborn(None, post)[0], post, "2010-08-31", title="早", scope="centre")
    assert refusals(early) == ["kernel.post"]


def test_a_hand_over_moves_the_clocks(cast: Cast, office: Organisation, purchase: Purchase) -> None:
    street = cast.streets[STREET]
    assert waiting(street) == ["start-needs", "submit-plan"]
    heir = seat(cast.registrar, office, "wu", "2010-09-08")
    outcome = hand_over(cast, street, "2010-09-11", heir)
    left = done(outcome)
    assert (left.state, left.until.isoformat()) == ("left", "2010-09-11")
    assert (waiting(street), waiting(heir)) == ([], ["start-needs", "submit-plan"])
    plan = Obligation.objects.get(purchase=purchase, rule="submit-plan")
    assert (plan.organisation_id, plan.due_on.isoformat() if plan.due_on else "") == (office.pk, "2010-08-31")


def test_the_entry_says_how_many_and_which(cast: Cast, office: Organisation, purchase: Purchase) -> None:
    street = cast.streets[STREET]
    moved = Obligation.objects.filter(post=street).order_by("pk")
    names = [f"{row.pk} {row.action} purchase:{purchase.pk}" for row in moved]
    heir = seat(cast.registrar, office, "wu", "2010-09-08")
    kept = content(hand_over(cast, street, "2010-09-11", heir).entry)
    assert kept["facts"]["post.open_obligations"] == 2
    assert kept["facts"]["post.obligations"] == names
    assert kept["input"]["successor"] == heir.key


def test_nobody_named_it_goes_to_the_post_that_stood_longest(
    cast: Cast, office: Organisation, purchase: Purchase
) -> None:
    younger = seat(cast.registrar, office, "younger", "2010-09-08", since="2010-08-01")
    older = seat(cast.registrar, office, "older", "2010-09-08", since="2010-07-20")
    kept = content(hand_over(cast, cast.streets[STREET], "2010-09-11").entry)
    assert (waiting(younger), waiting(older)) == ([], ["start-needs", "submit-plan"])
    assert kept["input"]["successor"] == older.key


def test_the_last_post_with_open_obligations_needs_a_successor(cast: Cast, purchase: Purchase) -> None:
    outcome = hand_over(cast, cast.streets[STREET], "2010-09-11")
    assert errors(outcome) == {"successor": ["尚有 2 项未办结，而机构没有其他在岗岗位，请先任命接任者"]}
    assert waiting(cast.streets[STREET]) == ["start-needs", "submit-plan"]


def test_the_last_post_with_nothing_open_may_leave(cast: Cast) -> None:
    left = done(hand_over(cast, cast.streets[STREET], "2010-09-11"))
    assert left.state == "left"


def test_the_registrar_is_never_left_without_a_post(cast: Cast) -> None:
    first, second = cast.city
    done(hand_over(cast, second, "2010-09-11"))
    assert errors(hand_over(cast, first, "2010-09-12")) == {
        "successor": ["这是登记机关最后一个在岗岗位，请先任命接任者"]
    }


def test_successors_stand_in_the_same_organisation(cast: Cast, purchase: Purchase) -> None:
    elsewhere = cast.bureaus["440104"][0]
    assert list(errors(hand_over(cast, cast.streets[STREET], "2010-09-11", elsewhere))) == ["successor"]


def test_what_binds_a_person_by_appointment_stays(cast: Cast, purchase: Purchase) -> None:
    expert, heir = cast.experts[:2]
    Obligation.objects.create(
        purchase=purchase, regime="", rule="submit-sheet", action="sheet.submit", capacity="expert",
        organisation=expert.organisation, post=expert, personal=True, opened_at="2010-08-05T02:00:00Z", opened_by=1,
    )  # fmt: skip
    kept = content(hand_over(cast, expert, "2010-09-11", heir).entry)
    assert (kept["facts"]["post.open_obligations"], kept["facts"]["post.appointments"]) == (0, 1)
    assert (waiting(expert), waiting(heir)) == (["submit-sheet"], [])


def test_leaving_comes_after_beginning(cast: Cast) -> None:
    assert errors(hand_over(cast, cast.streets[STREET], "2010-06-30")) == {"until": ["离任不能早于任职日期"]}


def test_leaving_comes_after_the_last_act(cast: Cast, office: Organisation, purchase: Purchase) -> None:
    heir = seat(cast.registrar, office, "wu", "2010-09-08")
    street = cast.streets[STREET]
    assert Entry.objects.get(post_id=street.pk).at.astimezone(LOCAL).date().isoformat() == "2010-09-06"
    assert errors(hand_over(cast, street, "2010-09-06", heir)) == {
        "until": ["该岗位 2010-09-06 还有办理记录，离任日期须在其后"]
    }
    assert done(hand_over(cast, street, "2010-09-07", heir)).state == "left"


def test_a_post_is_left_once(cast: Cast) -> None:
    street = cast.streets[STREET]
    done(hand_over(cast, street, "2010-09-11"))
    assert refusals(hand_over(cast, street, "2010-09-12")) == ["kernel.state"]


def test_who_has_left_acts_no_more(cast: Cast, office: Organisation, purchase: Purchase) -> None:
    street = cast.streets[STREET]
    seat(cast.registrar, office, "wu", "2010-09-08")
    done(hand_over(cast, street, "2010-09-11"))
    left = Post.objects.select_related("organisation__division", "person").get(pk=street.pk)
    outcome = attempt("purchase.recuse", purchase, left, "2010-09-11", reason="亲属")
    assert refusals(outcome) == ["kernel.post"]


def test_the_first_post_of_an_office_takes_up_what_waited(cast: Cast) -> None:
    office = done(register(cast.registrar))
    row = Obligation.objects.create(
        regime="", rule="x", action="needs.start", capacity="street_office", organisation=office,
        opened_at="2010-08-05T02:00:00Z", opened_by=1,
    )  # fmt: skip
    post = done(assign(cast.registrar, office, "wu"))
    row.refresh_from_db()
    assert row.post_id == post.pk
