"""What can be taken out of the tree, and the clauses each carries: entries of packs, texts of code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import yaml

IN_CODE = "tests/enforced.yaml"
PACKS = "gongyue/packs"
ELSEWHERE = "无此街"
PARTS = ("phases", "norms", "tasks", "targets")  # of a programme, beside its streets and its money
CUT = ("rules", "frameworks", "obligations.yaml", "disclosure.yaml", "catalogue.yaml")
SCHEMA = re.compile(r"/migrations/|/models|/triggers\.py|/apps\.py")
Wanted = Callable[[str], bool]  # whether a clause was asked for


class CannotRun(Exception):
    """The proof itself is at fault: a text that is not there, a run that did not come to its end."""


@dataclass(frozen=True)
class Edit:
    """In this file of the tree, from this character to that, this text instead."""

    file: str
    start: int
    end: int
    text: str

    def applied(self, whole: str) -> str:
        return whole[: self.start] + self.text + whole[self.end :]


@dataclass(frozen=True)
class Removal:
    """One thing that carries clauses, and how it is taken out. `hollow`: a rule that is asked but never objects."""

    what: str
    clauses: frozenset[str]
    edits: tuple[Edit, ...]
    hollow: tuple[Edit, ...] = ()

    @property
    def python(self) -> bool:
        return any(edit.file.endswith(".py") for edit in self.edits)

    @property
    def migrations(self) -> bool:
        """Whether a database that was migrated before would not show it."""
        return any(SCHEMA.search(edit.file) for edit in self.edits)

    def __str__(self) -> str:
        return f"{self.edits[0].file.removeprefix(PACKS + '/').removeprefix('gongyue/')}: {self.what}"


# --- what packs carry -----------------------------------------------------------------------------------------------


def composed(path: Path) -> yaml.Node:
    """A YAML file as nodes that know their places; an empty one is an empty list."""
    return yaml.compose(path.read_text(encoding="utf-8")) or yaml.SequenceNode("", [])


def pairs(node: yaml.Node) -> dict[str, tuple[yaml.Node, yaml.Node]]:
    return {key.value: (key, value) for key, value in node.value} if isinstance(node, yaml.MappingNode) else {}


def carried(node: yaml.Node) -> frozenset[str]:
    """The clauses an entry names."""
    own = pairs(node)
    values = [own[key][1] for key in ("clause", "clauses") if key in own]
    names = [each for value in values for each in (value.value if isinstance(value.value, list) else [value])]
    return frozenset(name.value for name in names)


def replaced(file: str, node: yaml.Node, text: str) -> Edit:
    block = isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}
    return Edit(file, node.start_mark.index, node.end_mark.index, text + "\n" if block else text)


def cut(file: str, text: str, siblings: list[yaml.Node], place: int, parent: yaml.Node) -> Edit:
    """The lines from one of a parent's nodes to the next, or to the parent's end; the only one leaves an empty list."""
    after = siblings[place + 1].start_mark if place + 1 < len(siblings) else parent.end_mark
    start = text.rfind("\n", 0, siblings[place].start_mark.index) + 1
    end = len(text) if after.index >= len(text) else text.rfind("\n", 0, after.index) + 1
    return Edit(file, start, end, "" if len(siblings) > 1 else "[]\n")


def called(node: yaml.Node) -> str:
    own = pairs(node)
    return str(own["id"][1].value) if "id" in own else "/".join(each.value for each in own["duties"][1].value)


def listed(file: str, text: str, root: yaml.Node) -> Iterator[Removal]:
    """Entries of a list: each is cut; a rule is hollowed out as well, and only so where others use words of it."""
    for place, node in enumerate(root.value):
        own, clauses = pairs(node), carried(node)
        if clauses:
            hollow = (replaced(file, own["require"][1], '"true"'),) if "require" in own else ()
            gone = cut(file, text, root.value, place, root)
            shared = hollow and re.search(r": &\w", text[gone.start : gone.end])
            yield Removal(called(node), clauses, *((hollow,) if shared else ((gone,), hollow)))


def roles(file: str, text: str, root: yaml.Node) -> Iterator[Removal]:
    """Whoever has any capacity may do it (the entry's own come first); of a pair, one person may do both."""
    parts = pairs(root)
    everybody = list(pairs(parts["capacities"][1])) if "capacities" in parts else []
    for name, (_key, node) in pairs(parts["actions"][1]).items() if "actions" in parts else ():
        if clauses := carried(node):
            who = pairs(node)["who"][1]
            own = [each.value for each in who.value]
            widened = ", ".join(own + [each for each in everybody if each not in own])
            yield Removal(f"{name} by anybody", clauses, (replaced(file, who, f"[{widened}]"),))
    if "incompatible" in parts:
        yield from listed(file, text, parts["incompatible"][1])


def orders(file: str, text: str, root: yaml.Node, who: yaml.Node) -> Iterator[Removal]:
    """Left out of an order: each milestone that an action of the same clause leads to; with its only one the kind.

    Of a variant's (`tender.venture`) also each that is its own; and the variant itself: the common order stands in.
    """
    doing = {name: carried(node) for name, (_key, node) in pairs(pairs(who)["actions"][1]).items()}
    kept = {key: node for key, (_key, node) in pairs(root).items()}
    common = {key: [each.value for each in pairs(node)["order"][1].value] for key, node in kept.items()}
    for place, (key, node) in enumerate(kept.items()):
        kind, dot, method = key.partition(".")
        order, clauses, steps = pairs(node)["order"][1], carried(node), common[key]
        whole = cut(file, text, [each for each, _value in root.value], place, root)
        if clauses and dot:
            yield Removal(f"{key} as any other {kind}", clauses, (whole,))
        for step in steps if clauses else ():
            own = dot and step not in common.get(kind, ())
            if own or any(clauses & doing.get(name, frozenset()) for name in leading(kind, step, method)):
                rest = [each for each in steps if each != step]
                if rest or not dot:
                    edit = replaced(file, order, f"[{', '.join(rest)}]") if rest else whole
                    yield Removal(f"{key} without {step}", clauses, (edit,))


def leading(kind: str, step: str, method: str = "") -> list[str]:
    """The actions that lead to a milestone in this variant, side ways out left aside."""
    from gongyue.kernel.actions import ACTIONS

    acts = [act for act in ACTIONS.values() if act.subject.kind == kind and act.reaches == step]
    return [act.name for act in acts if act.sources is None and (not method or act.serves(method))]


def parameters(file: str, root: yaml.Node) -> Iterator[Removal]:
    """A figure or a day that carries a clause: one less and one more."""
    for name, (_key, parameter) in pairs(root).items():
        for since, (_since, entry) in pairs(pairs(parameter)["values"][1]).items():
            if clauses := carried(entry) | carried(parameter):
                value = pairs(entry)["value"][1]
                for figure in beside(value.value):
                    what = f"{name} of {since} is {figure}"
                    yield Removal(what, clauses, (replaced(file, value, figure),))


def beside(written: str) -> tuple[str, str]:
    """What stands next to a figure or a day, before and after."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", written):
        day = date.fromisoformat(written)
        return (day - timedelta(days=1)).isoformat(), (day + timedelta(days=1)).isoformat()
    return str(int(written) - 1), str(int(written) + 1)


def programme(file: str, root: yaml.Node) -> Iterator[Removal]:
    """A listed street goes by another name, so that the sums still agree."""
    for node in pairs(root)["units"][1].value:
        street = pairs(node)["street"][1]
        if clauses := carried(node):
            yield Removal(f"{street.value} is not listed", clauses, (replaced(file, street, ELSEWHERE),))
    for part in PARTS:
        if part in pairs(root):
            yield from _without(file, pairs(root)[part][1])


def _without(file: str, listing: yaml.Node) -> Iterator[Removal]:
    """An entry of a programme's other lists is taken out of its line."""
    for place, node in enumerate(listing.value):
        if clauses := carried(node):
            start = node.start_mark.index - len("- ")
            end = node.end_mark.index
            yield Removal(f"entry {place + 1} of a programme's list", clauses, (Edit(file, start, end, ""),))


def removals(tree: Path, wanted: Wanted) -> Iterator[Removal]:
    """Everything that carries a clause, in the packs and in the code; of the code only what is wanted is looked up."""
    for path in sorted((tree / PACKS).rglob("*.yaml")):
        file, text = path.relative_to(tree).as_posix(), path.read_text(encoding="utf-8")
        inside = path.relative_to(tree / PACKS).parts[1:]
        root = composed(path)
        if inside[0] in CUT:
            yield from listed(file, text, root)
        elif inside[0] == "roles.yaml":
            yield from roles(file, text, root)
        elif inside[0] == "procedure.yaml":
            yield from orders(file, text, root, composed(path.parent / "roles.yaml"))
        elif inside[0] == "parameters":
            yield from parameters(file, root)
        elif inside[0] == "programmes":
            yield from programme(file, root)
    yield from in_code(tree, wanted)


def in_code(tree: Path, wanted: Wanted) -> Iterator[Removal]:
    """What tests/enforced.yaml lists. Raises CannotRun where a text does not stand exactly once in its file."""
    for entry in yaml.safe_load((tree / IN_CODE).read_text(encoding="utf-8")):
        edits = []
        for change in entry["changes"] if any(map(wanted, entry["clauses"])) else ():
            file, old, text = change["in"], change["old"], (tree / change["in"]).read_text(encoding="utf-8")
            if text.count(old) != 1:
                raise CannotRun(f"{IN_CODE}: {entry['what']}: {old!r} stands {text.count(old)} times in {file}")
            edits.append(Edit(file, text.index(old), text.index(old) + len(old), change["new"]))
        yield Removal(entry["what"], frozenset(entry["clauses"]), tuple(edits))


# --- running --------------------------------------------------------------------------------------------------------
