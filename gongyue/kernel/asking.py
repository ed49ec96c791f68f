"""What a regime's rules ask of a form: one form serves regimes that want more of a paper and regimes that want less."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django import forms

from .forms import ActionForm


def asked(form: ActionForm, actions: Iterable[str]) -> frozenset[str]:
    """Every name that a rule in force today looks at when one of these actions is done; empty without a dossier."""
    if form.dossier is None:
        return frozenset()
    regime, on = form.dossier.regime, form.dossier.today
    return frozenset().union(*(rule.names for action in actions for rule in regime.rules(action, on)))


def narrow(
    form: ActionForm, *actions: str, beside: Mapping[str, str] | None = None, rows: Mapping[str, str] | None = None,
    free: Collection[str] = (),
) -> None:  # fmt: skip
    """Mark the fields that a rule looks at as wanted, so that the page does not call them optional, but for those that
    are `free`: wanted in some cases only. Of `rows` (a table, and the fact about it) rules look at the fact.

    Leaves out of sight those of `beside` (a field, and the name that asks for it) that no rule looks at.
    """
    names, facts = asked(form, actions), rows or {}
    for name, field in form.fields.items():
        wanted = name not in free and (f"input.{name}" in names or facts.get(name) in names)
        if beside and name in beside:
            wanted = wanted or beside[name] in names
            if not wanted:
                field.widget, field.required = forms.HiddenInput(), False
                form.initial.pop(name, None)
        field.wanted = wanted  # type: ignore[attr-defined]
