"""Articles as links, and findings and rules as sentences: what components need to show the law on a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse

from gongyue.kernel import findings
from gongyue.policy import Finding, Regime, Rule
from gongyue.policy.rules import jsonable
from gongyue.policy.words import PLACE, fill

Chip = dict[str, str]


def anchor(cite: str) -> str:
    """The name of an article's place on its regime's public page."""
    return cite.replace("#", "--").replace(" ", "")


def chip(regime: Regime, cite: str) -> Chip:
    """`citation`'s arguments; empty where the objection is the program's own and no article stands behind it."""
    if "#" not in cite:
        return {"label": "", "url": ""}
    url = f"{reverse('portal:regime', args=[regime.code])}#{anchor(cite)}"
    return {"label": str(regime.citation(cite)), "url": url}


def finding(found: Finding, regime: Regime) -> dict[str, Any]:
    """`finding`'s arguments, with the rule's id."""
    article = chip(regime, found.cite)
    return {
        "rule": found.rule, "sentence": findings.say(found, regime), "severity": found.severity,
        "cite": article["label"], "url": article["url"], "reading": reading(regime, found.rule),
    }  # fmt: skip


def all_findings(found: Iterable[Finding], regime: Regime) -> list[dict[str, Any]]:
    return [finding(one, regime) for one in found]


def reading(regime: Regime, rule: str) -> str:
    """Which reading of an unclear text a rule follows, in the reader's language."""
    chosen = next((r for r in regime.all_rules() if r.id == rule and r.reading), None)
    return str(chosen.reading[findings.language()]) if chosen and chosen.reading else ""


def sentence(rule: Rule, values: Mapping[str, Any], regime: Regime) -> str:
    """A rule's refusal with the figures known now; what is still to be typed is left open."""
    known = {name: jsonable(values[name]) for name in rule.names if values.get(name) is not None}
    message = PLACE.sub(lambda m: m[0] if m[1].strip() in known else "……", rule.message[findings.language()])
    units = {f"param.{parameter.name}": parameter.unit for parameter in regime.parameters()}
    return fill(message, known, units, findings.language())
