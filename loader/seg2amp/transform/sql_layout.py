"""SQL laid out for people: one column a line, long expressions broken where their parts end.

What stands in quotes is never touched, and no word is added or lost: only blanks change.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 120
_STEP = 4
_TOKEN = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|[(),\[\]]|[^\s'"(),\[\]]+""")
_CLAUSES = {"select", "from", "where", "union"}
_OPENING, _CLOSING = {"(", "[", "case"}, {")", "]", "end"}


@dataclass(frozen=True, slots=True)
class _Word:
    """A word, a literal or a sign; spaced: a blank stands before it."""

    text: str
    spaced: bool


@dataclass(frozen=True, slots=True)
class _Group:
    """What stands between brackets, or between `case` and `end`."""

    opening: str
    closing: str
    inner: tuple["_Node", ...]
    spaced: bool


_Node = _Word | _Group


def laid_out(sql: str) -> str:
    """Lay out one query."""
    return "\n".join(_query(_parsed(sql), 0))


def _parsed(sql: str) -> list[_Node]:
    open_groups: list[tuple[str, bool, list[_Node]]] = [("", False, [])]
    end = 0
    for found in _TOKEN.finditer(sql):
        text, spaced = found[0], found.start() > end
        end = found.end()
        if text in _OPENING:
            open_groups.append((text, spaced, []))
        elif text in _CLOSING and len(open_groups) > 1:
            opening, before, inner = open_groups.pop()
            open_groups[-1][2].append(_Group(opening, text, tuple(inner), before))
        else:
            open_groups[-1][2].append(_Word(text, spaced))
    return open_groups[0][2]


def _flat(nodes: Sequence[_Node]) -> str:
    text = ""
    for node in nodes:
        if isinstance(node, _Word):
            part, spaced = node.text, node.spaced and node.text != ","
        else:
            blank = " " if node.opening == "case" else ""
            part = f"{node.opening}{blank}{_flat(node.inner)}{blank}{node.closing}"
            spaced = node.spaced
        text += (" " if spaced and text else "") + part
    return text


def _is(node: _Node, word: str) -> bool:
    return isinstance(node, _Word) and node.text == word


def _split(nodes: Sequence[_Node], *words: str) -> list[list[_Node]]:
    """Split at words; all but a comma begin the part that follows."""
    parts: list[list[_Node]] = [[]]
    for node in nodes:
        if isinstance(node, _Word) and node.text in words:
            parts.append([] if node.text == "," else [node])
        else:
            parts[-1].append(node)
    return [part for part in parts if part]


def _clauses(nodes: Sequence[_Node]) -> list[list[_Node]]:
    return _split(nodes, *_CLAUSES)


def _query(nodes: Sequence[_Node], indent: int) -> list[str]:
    lines = []
    for clause in _clauses(nodes):
        if _is(clause[0], "select"):
            items = _split(clause[1:], ",")
            lines.append(" " * indent + "select")
            lines += _listed([_broken(item, indent + _STEP) for item in items])
        elif _is(clause[0], "where"):
            lines.append(" " * indent + "where")
            for part in _split(clause[1:], "and"):
                lines += _broken(part, indent + _STEP)
        else:
            lines += _broken(clause, indent)
    return lines


def _listed(items: Sequence[list[str]]) -> list[str]:
    last = len(items) - 1
    return [
        line + ("," if number < last and line is item[-1] else "")
        for number, item in enumerate(items)
        for line in item
    ]


def _broken(nodes: Sequence[_Node], indent: int) -> list[str]:
    """Give an expression as lines, broken at `or`, else inside its longest brackets."""
    margin = " " * indent
    flat = _flat(nodes)
    groups = [node for node in nodes if isinstance(node, _Group) and node.inner]
    if len(flat) + indent <= WIDTH or not groups:
        return [margin + flat]
    if len(parts := _split(nodes, "or")) > 1:
        return [line for part in parts for line in _broken(part, indent)]
    longest = max(groups, key=lambda group: len(_flat([group])))
    place = next(index for index, node in enumerate(nodes) if node is longest)
    before, after = _flat(nodes[:place]), _flat(nodes[place + 1 :])
    blank = " " if longest.spaced and before else ""
    lines = [margin + before + blank + longest.opening, *_inner(longest, indent + _STEP)]
    rest = nodes[place + 1 :]
    after = (" " if rest and rest[0].spaced and not _is(rest[0], ",") else "") + after
    return [*lines, margin + longest.closing + (after if rest else "")]


def _inner(group: _Group, indent: int) -> list[str]:
    if group.opening == "case":
        arms = _split(group.inner, "when", "then", "else")
        return [line for arm in arms for line in _broken(arm, indent)]
    if _is(group.inner[0], "select"):
        return _query(group.inner, indent)
    return _listed([_broken(item, indent) for item in _split(group.inner, ",")])
