"""YAML with 1.2 scalars: `on` and `no` are words, a float is a mistake, a key appears once, nodes know their line."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from .errors import PackError

FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?|\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))")
DATELIKE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")


class Node(dict[Any, Any]):
    """A mapping that knows the line it starts on (`line`) and the line of each of its keys (`lines`)."""

    line: int = 1
    lines: dict[Any, int]


class Items(list[Any]):
    """A list that knows the line of each of its items (`lines`)."""

    line: int = 1
    lines: list[int]


class _Loader(yaml.CSafeLoader):
    """Reads YAML 1.2 scalars (in libyaml), and notes rather than raises what is wrong with a scalar or key."""

    file: str
    errors: list[PackError]

    def refuse(self, node: yaml.Node, reason: str) -> None:
        self.errors.append(PackError(self.file, node.start_mark.line + 1, reason))


def _mapping(loader: _Loader, node: yaml.MappingNode) -> Node:
    out = Node()
    lines: dict[Any, int] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if isinstance(key, (list, dict)):
            loader.refuse(key_node, "a key must be a plain word, number or date")
            continue
        if key in out:
            loader.refuse(key_node, f"duplicate key {key}, which is also given in line {lines[key]}")
        lines[key] = key_node.start_mark.line + 1
        out[key] = loader.construct_object(value_node, deep=True)
    out.line, out.lines = node.start_mark.line + 1, lines
    return out


def _sequence(loader: _Loader, node: yaml.SequenceNode) -> Items:
    out = Items(loader.construct_object(child, deep=True) for child in node.value)
    out.line = node.start_mark.line + 1
    out.lines = [child.start_mark.line + 1 for child in node.value]
    return out


def _text(loader: _Loader, node: yaml.ScalarNode) -> str:
    text = str(node.value)
    if not node.style and FLOAT.fullmatch(text) and not text.lstrip("+-").isdigit():
        loader.refuse(node, f"{text} is a float, which is not exact: write it in quotes")
    elif not node.style and DATELIKE.fullmatch(text):
        loader.refuse(node, f"{text} is not a date: write year-month-day as 2010-08-31")
    return text


def _moment(loader: _Loader, node: yaml.ScalarNode) -> date | datetime | str:
    try:
        value: date | datetime = loader.construct_yaml_timestamp(node)
    except ValueError:
        loader.refuse(node, f"{node.value} is not a date: write year-month-day as 2010-08-31")
        return str(node.value)
    return value


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if tag.rsplit(":")[-1] in {"null", "timestamp"}]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?(?:0|[1-9][0-9]*)$"), list("-+0123456789"))
_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_constructor("tag:yaml.org,2002:seq", _sequence)
_Loader.add_constructor("tag:yaml.org,2002:str", _text)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _moment)


def read(path: Path, file: str, errors: list[PackError]) -> Any:
    """The content of one file, or None where it cannot be parsed. `file` is its name in messages."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        errors.append(PackError(file, 1, f"not readable as UTF-8 text: {error.reason}"))
        return None
    loader = _Loader(text)
    loader.file, loader.errors = file, errors
    try:
        return loader.get_single_data()
    except yaml.reader.ReaderError as error:
        errors.append(PackError(file, 1, f"not readable as UTF-8 text: {error.reason}"))
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = min(mark.line + 1, len(text.splitlines())) if mark else 1
        errors.append(PackError(file, line, f"not YAML: {error.problem}"))
        return None
    finally:
        loader.dispose()
