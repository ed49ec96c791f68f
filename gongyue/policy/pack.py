"""Reading packs: every file of every pack, each mistake with its file and line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .errors import PackError, PackErrors
from .schema import FOLDERS, HEAD, SHEETS
from .shapes import Shape, Sheet, guess
from .yaml12 import read


@dataclass
class Pack:
    """One pack as its files say it, in canonical units, before it is laid over its parents."""

    id: str
    head: dict[str, Any]
    sections: dict[str, Any] = field(default_factory=dict)
    sheets: list[Sheet] = field(default_factory=list, repr=False)

    @property
    def jurisdiction(self) -> str:
        """The GB/T 2260 code of the place it governs; empty for one that is only extended."""
        return str(self.head.get("jurisdiction", ""))

    @property
    def parents(self) -> list[str]:
        return [parent["pack"] for parent in self.head.get("extends", ())]

    def entries(self, section: str) -> list[dict[str, Any]]:
        """The entries of a list-like section, in file order."""
        return list(self.sections.get(section, ()))

    def roles(self, part: str) -> Any:
        """`capacities` and `actions` by name, `incompatible` as a list; empty where the pack has none."""
        return self.sections.get("roles", {}).get(part, [] if part == "incompatible" else {})

    def named(self, section: str) -> dict[str, dict[str, Any]]:
        """The entries of a section keyed by name."""
        return dict(self.sections.get(section, {}))


def read_packs(roots: Sequence[Path], *, code: str | None = None) -> dict[str, Pack]:
    """Every pack in these folders, or only `code` and its parents. Raises PackErrors with all that is wrong with
    their YAML, shapes, figures, extends and citations."""
    errors: list[PackError] = []
    folders = _folders(roots, errors)
    packs: dict[str, Pack] = {}
    wanted = [code] if code is not None else sorted(folders)
    if code is not None and code not in folders:
        raise PackErrors([PackError(code, 1, f"there is no pack {code}{guess(code, folders)}")])
    while wanted:
        name = wanted.pop()
        if name in folders and name not in packs:
            packs[name] = _read_pack(name, folders[name], errors)
            wanted += packs[name].parents
    errors += _wrong_parents(packs, folders)
    errors += [error for pack in packs.values() for sheet in pack.sheets for error in sheet.errors]
    errors += _wrong_citations(packs)
    if errors:
        raise PackErrors(errors)
    return dict(sorted(packs.items()))


def _folders(roots: Sequence[Path], errors: list[PackError]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for root in roots:
        for head in sorted(Path(root).glob("*/pack.yaml")):
            if head.parent.name in found:
                errors.append(
                    PackError(f"{head.parent.name}/pack.yaml", 1, "two folders of packs have a pack of this id")
                )
            found[head.parent.name] = head.parent
    return found


def _read_pack(name: str, folder: Path, errors: list[PackError]) -> Pack:
    pack = Pack(name, {})
    pack.head = _sheet(pack, folder, "pack.yaml", HEAD, errors) or {}
    if pack.head.get("id", name) != name:
        errors.append(PackError.at(pack.head["where"], f"id is {pack.head['id']}, but the folder is {name}"))
    for path in sorted(folder.rglob("*.y*ml")):
        inside = path.relative_to(folder).as_posix()
        parent, _, file = inside.rpartition("/")
        if parent in FOLDERS and file.endswith(".yaml"):
            _add(pack, parent, _sheet(pack, folder, inside, FOLDERS[parent], errors), errors)
        elif inside in SHEETS:
            pack.sections[inside.removesuffix(".yaml")] = _sheet(pack, folder, inside, SHEETS[inside], errors)
        elif inside != "pack.yaml":
            hint = "" if parent else guess(inside, SHEETS)
            errors.append(PackError(f"{name}/{inside}", 1, f"a pack has no such file{hint}"))
    pack.sections = {key: value for key, value in pack.sections.items() if value is not None}
    return pack


def _sheet(pack: Pack, folder: Path, inside: str, shape: Shape, errors: list[PackError]) -> Any:
    """One file, read into its shape; None where it is not even YAML."""
    sheet = Sheet(f"{pack.id}/{inside}")
    before = len(errors)
    content = read(folder / inside, sheet.file, errors)
    if len(errors) > before:
        return None
    if content is None:
        errors.append(PackError(sheet.file, 1, "the file is empty"))
        return None
    pack.sheets.append(sheet)
    return shape(content, getattr(content, "line", 1), sheet)


def _add(pack: Pack, section: str, content: Any, errors: list[PackError]) -> None:
    """Join one file of a folder to its section; a parameter, programme or framework may be given only once."""
    if content is None:
        return
    if section == "parameters":
        kept = pack.sections.setdefault(section, {})
        for name, entry in content.items():
            if name in kept and "where" in entry:
                errors.append(PackError.at(entry["where"], f"{name} is also given at {kept[name].get('where')}"))
            kept[name] = entry
        return
    kept = pack.sections.setdefault(section, [])
    for entry in content if isinstance(content, list) else [content]:
        alone = section in ("programmes", "frameworks") and "id" in entry
        twice = next((k for k in kept if alone and k.get("id") == entry["id"]), None)
        if twice is not None:
            errors.append(PackError.at(entry["where"], f"{entry['id']} is also given at {twice['where']}"))
        kept.append(entry)


def _wrong_parents(packs: Mapping[str, Pack], known: Iterable[str]) -> Iterator[PackError]:
    for pack in packs.values():
        for parent in pack.head.get("extends", ()):
            name = parent.get("pack", "")
            if name not in packs:
                yield PackError.at(parent["where"], f"there is no pack {name}{guess(name, known)}")
            elif pack.id in ancestors(packs, name):
                yield PackError.at(parent["where"], f"{pack.id} extends itself through {name}")


def ancestors(packs: Mapping[str, Pack], name: str) -> set[str]:
    """The pack and everything it extends, directly or not. Safe on a cycle and on an unknown name."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        each = waiting.pop()
        if each in packs and each not in seen:
            seen.add(each)
            waiting += packs[each].parents
    return seen


def _wrong_citations(packs: Mapping[str, Pack]) -> Iterator[PackError]:
    for pack in packs.values():
        declared: dict[str, Any] = {}
        for name in ancestors(packs, pack.id):
            declared |= packs[name].head.get("instruments", {})
        for sheet in pack.sheets:
            for line, cite, must_be_loaded in sheet.cites:
                instrument = cite.partition("#")[0]
                if instrument not in declared:
                    yield PackError(sheet.file, line, f"unknown instrument {instrument}{guess(instrument, declared)}")
                elif must_be_loaded and not declared[instrument].get("loaded", True):
                    yield PackError(sheet.file, line, f"{instrument} is not loaded, so nothing may rest on it")
