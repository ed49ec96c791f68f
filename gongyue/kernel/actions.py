"""How an action is declared: one decorator on its verb. Kernel, pages and packs know nothing but the declaration."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Protocol, Self, cast, get_args, get_origin, get_type_hints

from django import forms
from django.db.models import QuerySet

from gongyue.policy import ActionSpec, Vocabulary

from .dossier import Dossier
from .forms import ActionForm
from .models import Subject

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ACTIONS: dict[str, Action] = {}
BORN: set[tuple[str, str]] = set()
INPUT: dict[type[forms.Field], type] = {
    forms.DateField: date, forms.DateTimeField: datetime, forms.IntegerField: int, forms.BooleanField: bool,
    forms.CharField: str, forms.ChoiceField: str, forms.MultipleChoiceField: list[str],
}  # fmt: skip


class Facts(Protocol):
    """A frozen dataclass (of dataclasses) that reads what rules may ask of a subject."""

    @classmethod
    def of(cls, subject: Any, dossier: Dossier, /) -> Self: ...


@dataclass(frozen=True)
class Action:
    """办理事项. `reaches` is the milestone it brings its subject to (None: the milestone stays).

    `sources` set: a side exit (fail, terminate, 退回), allowed from exactly those milestones, of which `last` leaves
    only the one that ends the regime's own order. `also_from`: further
    milestones a main-line action may start from (a returned plan is submitted again). `locks`: rows of others
    that must be held before its facts are read (a fund). `variants`: of its subject's variants those it is a step of.
    """

    name: str
    subject: type[Subject]
    reaches: str | None
    label: StrOrPromise
    form: type[ActionForm]
    facts: type[Facts]
    verb: Callable[..., Iterable[Subject] | None]
    sources: frozenset[str] | None = None
    also_from: frozenset[str] = frozenset()
    locks: Callable[[Any], Iterable[QuerySet[Any]]] | None = None
    apart: str = ""
    last: bool = False
    variants: frozenset[str] | None = None

    def serves(self, method: str) -> bool:
        """Whether it is a step of this variant of the procedure."""
        return self.variants is None or method in self.variants

    @property
    def section(self) -> str:
        """The part of the purchase's page it is done on: its subject's, unless it stands apart from it."""
        return self.apart or self.subject.section

    def vocabulary(self) -> dict[str, type]:
        """What rules on this action may name: the paths of its facts, `input.*` of its form, `action.at`."""
        fed = {f"input.{n}": kind for n, f in self.form.base_fields.items() if (kind := input_type(f))}
        return dict(_paths(self.facts)) | fed | {"action.at": datetime}

    def values(self, facts: Facts, data: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        """The bound vocabulary: the same paths, each with its value (None: not known)."""
        fed = {f"input.{n}": data.get(n) for n, f in self.form.base_fields.items() if input_type(f)}
        return dict(_leaves(facts)) | fed | {"action.at": at}

    def documentation(self) -> dict[str, str]:
        """What each path means, for pack authors and the regime's page."""
        fed = {f"input.{n}": str(f.label or n) for n, f in self.form.base_fields.items() if input_type(f)}
        return dict(_documented(self.facts)) | fed | {"action.at": "办理时间"}


def input_type(field: forms.Field) -> type | None:
    """The type a rule sees, by the field's nearest base that has one; None: a file, rows, personal or sealed."""
    if getattr(field, "personal", False) or getattr(field, "sealed", False) or getattr(field, "opaque", False):
        return None
    return next((INPUT[base] for base in type(field).__mro__ if base in INPUT), None)


def _plain(hint: Any) -> Any:
    """The bare type under Annotated[...] and Optional."""
    if get_origin(hint) is Annotated:
        return _plain(get_args(hint)[0])
    inner = [a for a in get_args(hint) if a is not type(None)]
    return _plain(inner[0]) if type(None) in get_args(hint) and len(inner) == 1 else hint


def _scalar(kind: Any) -> Any:
    return str if isinstance(kind, type) and issubclass(kind, StrEnum) else kind


@cache
def _paths(record: Any) -> tuple[tuple[str, type], ...]:
    """The dotted names of a fact class and their types; a class is read once, however many actions use it."""
    found: list[tuple[str, type]] = []
    for name, hint in get_type_hints(record).items():
        kind = _plain(hint)
        if is_dataclass(kind):
            found += [(f"{name}.{path}", leaf) for path, leaf in _paths(cast(type, kind))]
        else:
            found.append((name, _scalar(kind)))
    return tuple(found)


def _leaves(record: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for f in fields(record):
        value = getattr(record, f.name)
        yield from _leaves(value, f"{prefix}{f.name}.") if is_dataclass(value) else [(prefix + f.name, value)]


def _documented(record: Any, prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, hint in get_type_hints(record, include_extras=True).items():
        kind = _plain(hint)
        if is_dataclass(kind):
            yield from _documented(kind, f"{prefix}{name}.")
        else:
            yield prefix + name, next((m for m in getattr(hint, "__metadata__", ()) if isinstance(m, str)), "")


def action(
    name: str, subject: type[Subject], *, reaches: str | None, label: StrOrPromise, form: type[ActionForm],
    facts: type[Facts], sources: Iterable[str] | None = None, also_from: Iterable[str] = (),
    locks: Callable[[Any], Iterable[QuerySet[Any]]] | None = None, bears: Iterable[tuple[type[Subject], str]] = (),
    section: str = "", last: bool = False, variants: Iterable[str] | None = None,
) -> Callable[[Callable[..., Iterable[Subject] | None]], Callable[..., Iterable[Subject] | None]]:  # fmt: skip
    """Register a verb `verb(subject, *, at, actor, dossier, <the form's fields>)`; anything else fails at import.

    `section`: where it is done, if that is not where its subject stands. `variants`: those of the procedure it is a
    step of, if not of all ("": the common one).

    It changes the subject and may create others, which it returns; `bears` names their kind and first milestone.
    The kernel saves the subject, sets its milestone and writes the ledger.
    """

    def register(verb: Callable[..., Iterable[Subject] | None]) -> Callable[..., Iterable[Subject] | None]:
        takes = set(list(inspect.signature(verb).parameters)[1:])
        gives = {"at", "actor", "dossier", *form.base_fields}
        if takes != gives:
            raise TypeError(f"{name}: the verb takes {sorted(takes)}, it is given {sorted(gives)}")
        if name in ACTIONS:
            raise TypeError(f"{name} is declared twice")
        ACTIONS[name] = Action(
            name, subject, str(reaches) if reaches is not None else None, label, form, facts, verb,
            None if sources is None else frozenset(map(str, sources)), frozenset(map(str, also_from)), locks, section,
            last,
            None if variants is None else frozenset(map(str, variants)),
        )  # fmt: skip
        BORN.update((kind.kind, str(state)) for kind, state in bears)
        return verb

    return register


def kinds() -> list[type[Subject]]:
    """Every kind of subject that an action is declared on, in the order of declaration."""
    return list(dict.fromkeys(act.subject for act in ACTIONS.values()))


def in_section(section: str) -> frozenset[str]:
    """The names of the actions done on one part of a purchase's page."""
    return frozenset(act.name for act in ACTIONS.values() if act.section == section)


def in_other_sections(section: str) -> frozenset[str]:
    return frozenset(act.name for act in ACTIONS.values() if act.section != section)


def of(kind: type[Subject]) -> list[Action]:
    return [act for act in ACTIONS.values() if act.subject is kind]


def vocabulary() -> Vocabulary:
    """What the packs may name."""
    specs = {
        act.name: ActionSpec(
            subject=act.subject.kind, reaches=act.reaches, side=act.sources is not None or act.reaches is None,
            names=act.vocabulary(),
        )
        for act in ACTIONS.values()
    }  # fmt: skip
    milestones = {kind.kind: frozenset(str(v) for v in kind.State.values) for kind in kinds()}
    variants = {kind.kind: frozenset(kind.variants) for kind in kinds()}
    dated = frozenset(kind.kind for kind in kinds() if kind.dated)
    return Vocabulary(actions=specs, milestones=milestones, born=frozenset(BORN), variants=variants, dated=dated)
