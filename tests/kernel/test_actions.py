"""The declaration of an action, and that nothing personal or sealed can be named by a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import pytest
import yaml
from django import forms

from gongyue.kernel import actions
from gongyue.kernel.actions import ACTIONS, Action, action, input_type, kinds, of, vocabulary
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.fields import BatchField, DayField, DocumentField, MomentField, MoneyField, RowsField
from gongyue.kernel.forms import ActionForm, NoteForm
from gongyue.needs.models import NeedsAssessment
from gongyue.payments.models import Claim

AT = datetime(2010, 9, 15, 2, tzinfo=UTC)
RULES_KNOW = {bool, int, str, date, datetime, list[str], dict[str, int]}

# Every text that a rule may read, and the ledger's leaf holds as it is, by the reason why neither a person nor a secret
# can stand in it. A name that is not there is refused by the test below.
REVIEWED = yaml.safe_load(Path(__file__).with_name("vocabulary.yaml").read_text(encoding="utf-8"))


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Inner:
    colour: Annotated[Colour, "颜色"]
    day: Annotated[date | None, "日期"]


@dataclass(frozen=True, slots=True)
class Gate:
    inner: Inner
    shares: Annotated[dict[str, int], "份额"]
    untold: bool

    @classmethod
    def of(cls, subject: Any, dossier: Dossier) -> Gate:
        return cls(Inner(Colour.RED, None), {"city": 1}, True)


class Form(ActionForm):
    amount = MoneyField(label="金额")
    paper = DocumentField(label="材料", required=False)


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> dict[str, Action]:
    """A copy that a test may write to."""
    copy = dict(ACTIONS)
    monkeypatch.setattr(actions, "ACTIONS", copy)
    monkeypatch.setattr(actions, "BORN", set(actions.BORN))
    return copy


def declare(verb: Callable[..., Any], name: str = "needs.try", **options: Any) -> Callable[..., Any]:
    given: dict[str, Any] = {"reaches": NeedsAssessment.State.STARTED, "label": "试", "form": Form, "facts": Gate}
    return action(name, NeedsAssessment, **(given | options))(verb)


def verb(needs: Any, *, at: Any, actor: Any, dossier: Any, amount: int, paper: Any) -> None:
    """Takes what the form gives."""


# --- declaring ----------------------------------------------------------------------------------------------------


def test_a_verb_that_leaves_out_a_field_is_refused(registry: dict[str, Action]) -> None:
    def less(needs: Any, *, at: Any, actor: Any, dossier: Any, amount: int) -> None: ...

    with pytest.raises(TypeError) as found:
        declare(less)
    assert str(found.value) == (
        "needs.try: the verb takes ['actor', 'amount', 'at', 'dossier'], "
        "it is given ['actor', 'amount', 'at', 'dossier', 'paper']"
    )
    assert "needs.try" not in registry


def test_a_verb_that_wants_more_than_the_form_has_is_refused(registry: dict[str, Action]) -> None:
    def more(needs: Any, *, at: Any, actor: Any, dossier: Any, amount: int, paper: Any, opinion: str) -> None: ...

    with pytest.raises(TypeError, match=r"^needs\.try: the verb takes .*'opinion'"):
        declare(more)
    assert "needs.try" not in registry


def test_a_verb_that_takes_no_moment_is_refused(registry: dict[str, Action]) -> None:
    def timeless(needs: Any, *, actor: Any, dossier: Any, amount: int, paper: Any) -> None: ...

    with pytest.raises(TypeError, match=r"^needs\.try: the verb takes"):
        declare(timeless)


def test_an_action_is_declared_once(registry: dict[str, Action]) -> None:
    declare(verb)
    with pytest.raises(TypeError, match=r"^needs\.try is declared twice$"):
        declare(verb)
    with pytest.raises(TypeError, match=r"^needs\.start is declared twice$"):
        declare(verb, "needs.start")
    assert registry["needs.start"].verb is not verb


def test_what_is_declared_is_kept_in_plain_words(registry: dict[str, Action]) -> None:
    states = NeedsAssessment.State
    assert declare(verb, sources=[states.STARTED], also_from=[states.CONCLUDED]) is verb
    act = registry["needs.try"]
    assert (act.name, act.subject, act.form, act.facts, act.verb) == ("needs.try", NeedsAssessment, Form, Gate, verb)
    assert (act.reaches, act.sources, act.also_from) == ("started", {"started"}, {"concluded"})
    assert {type(text) for text in (act.reaches, *act.sources, *act.also_from)} == {str}


def test_actions_are_found_by_their_kind(registry: dict[str, Action]) -> None:
    declare(verb, reaches=None)
    assert of(NeedsAssessment)[-1] is registry["needs.try"]
    assert kinds().count(NeedsAssessment) == 1
    assert registry["needs.try"].reaches is None


def test_packs_learn_what_leads_where(registry: dict[str, Action]) -> None:
    before = vocabulary()
    declare(verb, "needs.main")
    declare(verb, "needs.back", sources=[NeedsAssessment.State.CONCLUDED])
    declare(verb, "needs.note", reaches=None, bears=[(Claim, Claim.State.SUBMITTED)])
    now = vocabulary()
    specs = {name: now.actions[f"needs.{name}"] for name in ("main", "back", "note")}
    assert {name: (spec.subject, spec.reaches, spec.side) for name, spec in specs.items()} == {
        "main": ("needs", "started", False), "back": ("needs", "started", True), "note": ("needs", None, True),
    }  # fmt: skip
    assert now.born - before.born == {("claim", "submitted")}
    assert now.milestones["needs"] == {"started", "concluded"}


def test_what_other_verbs_give_birth_to_is_declared() -> None:
    assert sorted(f"{kind}:{state}" for kind, state in vocabulary().born) == REVIEWED["born"]


# --- what a rule may name -----------------------------------------------------------------------------------------


def test_facts_and_input_are_named_by_their_paths(registry: dict[str, Action]) -> None:
    declare(verb)
    assert registry["needs.try"].vocabulary() == {
        "inner.colour": str, "inner.day": date, "shares": dict[str, int], "untold": bool, "input.amount": int,
        "action.at": datetime,
    }  # fmt: skip


def test_values_come_under_the_same_names(registry: dict[str, Action]) -> None:
    declare(verb)
    act = registry["needs.try"]
    assert act.values(Gate.of(None, None), {"amount": 5, "paper": "x", "stray": 1}, AT) == {  # type: ignore[arg-type]
        "inner.colour": "red", "inner.day": None, "shares": {"city": 1}, "untold": True, "input.amount": 5,
        "action.at": AT,
    }  # fmt: skip


def test_each_name_is_documented_by_its_annotation_or_label(registry: dict[str, Action]) -> None:
    declare(verb)
    assert registry["needs.try"].documentation() == {
        "inner.colour": "颜色", "inner.day": "日期", "shares": "份额", "untold": "", "input.amount": "金额",
        "action.at": "办理时间",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        (forms.CharField(), str),
        (forms.ChoiceField(), str),
        (forms.RegexField("x"), str),
        (forms.MultipleChoiceField(), list[str]),
        (forms.BooleanField(), bool),
        (forms.IntegerField(), int),
        (MoneyField(), int),
        (DayField(), date),
        (MomentField(), datetime),
        (forms.FileField(), None),
        (DocumentField(), None),
        (RowsField(forms.Form), None),
    ],
)
def test_a_field_has_the_type_of_its_nearest_base(field: forms.Field, kind: Any) -> None:
    assert input_type(field) == kind


@pytest.mark.parametrize("flag", ["personal", "sealed", "opaque"])
def test_a_flag_set_on_one_field_keeps_it_from_rules(flag: str) -> None:
    field = MoneyField()
    setattr(field, flag, True)
    assert (input_type(field), input_type(MoneyField())) == (None, int)


# --- the whole vocabulary -----------------------------------------------------------------------------------------


def every() -> Iterator[tuple[Action, str, forms.Field]]:
    for act in ACTIONS.values():
        for name, field in act.form.base_fields.items():
            yield act, name, field


def kept_back(field: forms.Field) -> bool:
    return any(getattr(field, flag, False) for flag in ("personal", "sealed", "opaque"))


def test_nothing_personal_sealed_or_opaque_has_a_name_in_rules() -> None:
    hidden = [(act, f"input.{name}") for act, name, field in every() if kept_back(field)]
    assert {f"{act.name} {name}" for act, name in hidden} >= {
        "post.assign input.name", "purchase.recuse input.reason", "implementation.approve input.panel",
        "tender.appoint input.experts", "tender.open input.attendance", "bid.submit input.price",
        "bid.submit input.plan", "bid.submit input.fund_rules", "sheet.submit input.scores",
        "contract.copy_finance input.receipt", "enquiry.ask input.question",
    }  # fmt: skip
    named = [f"{act.name} {name}" for act, name in hidden if name in act.vocabulary() or name in act.documentation()]
    assert named == []


def test_everything_else_has_one() -> None:
    """A field of a kind that rules do not know must say that it is opaque, and not just go missing."""
    lost = [f"{act.name} {name}" for act, name, field in every() if not kept_back(field) and not input_type(field)]
    assert lost == []


def test_no_row_of_a_table_is_handed_to_rules_as_text() -> None:
    rows = (forms.ModelChoiceField, BatchField, forms.FileField)
    assert [f"{act.name} {name}" for act, name, field in every() if isinstance(field, rows) and input_type(field)] == []


def test_rules_are_given_types_they_know() -> None:
    wrong = {n: kind for act in ACTIONS.values() for n, kind in act.vocabulary().items() if kind not in RULES_KNOW}
    assert wrong == {}


@pytest.mark.parametrize("part", ["facts", "input"])
def test_every_text_that_rules_read_has_a_reason_to_be_there(part: str) -> None:
    texts = {
        name
        for act in ACTIONS.values()
        for name, kind in act.vocabulary().items()
        if kind in (str, list[str]) and name.startswith("input.") == (part == "input")
    }
    assert sorted(texts) == sorted(name for names in REVIEWED[part].values() for name in names)


def test_a_common_name_is_not_another_things_elsewhere() -> None:
    common = REVIEWED["common"]
    found = {name: sorted(a.name for a in ACTIONS.values() if name in a.vocabulary()) for name in common}
    assert found == common


def test_every_name_has_words_for_those_who_write_packs() -> None:
    said = {a.name: a.documentation() for a in ACTIONS.values()}
    silent = [f"{name} {n}" for name, words in said.items() for n, text in words.items() if not text.strip()]
    assert silent == []
    assert [a.name for a in ACTIONS.values() if set(said[a.name]) != set(a.vocabulary())] == []


def test_an_input_is_documented_by_a_label_and_not_by_its_name() -> None:
    bare = [f"{a.name} {n}" for a, n, f in every() if input_type(f) and a.documentation()[f"input.{n}"] == n]
    assert bare == []


def test_a_note_is_all_that_some_actions_take() -> None:
    review = ACTIONS["implementation.review"]
    assert review.form is NoteForm
    assert [name for name in review.vocabulary() if name.startswith("input.")] == ["input.opinion"]
