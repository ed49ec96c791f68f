"""What the proof of the marks takes out of a pack: tools/removals.py."""

from __future__ import annotations

from pathlib import Path

from tools.removals import composed, listed, orders

PROCEDURE = """\
catalogue: {order: [drafted, approved], cite: "x#1", clause: A}
departmentbudget: {order: [recorded], cite: "x#1", clause: B}
tender: {order: [drafted, announced, opened, scored, awarded], cite: "x#1"}
tender.entrustment: {order: [drafted, announced, opened, settled, awarded], cite: "x#1", clause: C}
tender.venture: {order: [drafted, announced, opened, scored, awarded], cite: "x#1", clause: D}
tender.invited:
  order: [drafted, invited, announced]
  cite: "x#1"
method: {order: [chosen], cite: "x#1"}
method.publicity: {order: [chosen, published, approved], cite: "x#1", clause: E}
"""
ROLES = """\
actions:
  catalogue.approve: {who: [finance], cite: "x#1", clause: A}
  departmentbudget.record: {who: [finance], cite: "x#1", clause: B}
  tender.award: {who: [purchaser], cite: "x#1", clause: [C, D]}
  tender.score: {who: [purchaser], cite: "x#1", clause: D}
"""


def test_a_variant_loses_its_own_steps_those_of_its_clause_and_itself(tmp_path: Path) -> None:
    """An order without a clause is left as it is; so is a step of it that acts of other clauses or variants lead to."""
    (tmp_path / "procedure.yaml").write_text(PROCEDURE, encoding="utf-8")
    (tmp_path / "roles.yaml").write_text(ROLES, encoding="utf-8")
    root, who = composed(tmp_path / "procedure.yaml"), composed(tmp_path / "roles.yaml")
    found = {each.what: each for each in orders("procedure.yaml", PROCEDURE, root, who)}
    after = {what: each.edits[0].applied(PROCEDURE).splitlines() for what, each in found.items()}
    before = PROCEDURE.splitlines()
    assert {what: "".join(sorted(each.clauses)) for what, each in found.items()} == {
        "catalogue without approved": "A",
        "departmentbudget without recorded": "B",
        "tender.entrustment as any other tender": "C",
        "tender.entrustment without settled": "C",
        "tender.entrustment without awarded": "C",
        "tender.venture as any other tender": "D",
        "tender.venture without awarded": "D",
        "method.publicity as any other method": "E",
        "method.publicity without published": "E",
        "method.publicity without approved": "E",
    }
    assert after["departmentbudget without recorded"] == before[:1] + before[2:]
    assert after["tender.entrustment as any other tender"] == before[:3] + before[4:]
    assert after["method.publicity as any other method"] == before[:-1]
    assert after["tender.entrustment without settled"][3] == (
        'tender.entrustment: {order: [drafted, announced, opened, awarded], cite: "x#1", clause: C}'
    )


def test_a_rule_whose_words_another_uses_stays_and_never_objects(tmp_path: Path) -> None:
    rules = (
        '- {id: one, require: "a > 1", refuse: &words {zh: 甲}, cite: "x#1", clause: A}\n'
        '- {id: two, require: "b > 1", refuse: *words, cite: "x#1", clause: A}\n'
    )
    (tmp_path / "rules.yaml").write_text(rules, encoding="utf-8")
    one, two = listed("rules.yaml", rules, composed(tmp_path / "rules.yaml"))
    assert ([each.text for each in one.edits], one.hollow) == (['"true"'], ())
    assert one.edits[0].applied(rules) == rules.replace('"a > 1"', '"true"')
    assert two.edits[0].applied(rules) == rules.splitlines(keepends=True)[0]
    assert two.hollow[0].applied(rules) == rules.replace('"b > 1"', '"true"')
