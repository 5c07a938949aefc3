"""The template language: parse a production into nodes.

``<slot:option>`` fills a slot or expands a symbol (``<*symbol>`` with numbers of its own), ``(a|b|)`` chooses,
``{P|..}`` is a mark whose number and attributes the writer fills in, ``[has]`` and ``[takes/take]``-like pairs agree
with the last subject (singular/plural), ``$past`` is a form of the verb in hand, a backslash takes the next character
as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_MARK = re.compile(r"\{([SQCPLARWNKG])([\d,]*)((?:\s[^|{}<>]*)?)\|")
_VERB = re.compile(r"\$(base|pres|past|pp|ing)")
_PAIRS = {"is": "is/are", "has": "has/have", "was": "was/were", "does": "does/do", "its": "its/their", "s": "s/"}
_SPECIAL = set("<({[$\\|)}")


class TemplateError(ValueError):
    """A production that cannot be parsed."""


@dataclass(slots=True)
class Node:
    """One node: ``kind`` is text, slot, choice, mark, pair or verb."""

    kind: str
    text: str = ""
    args: list[str] = field(default_factory=list)
    numbers: tuple[str, ...] = ("1",)
    parts: list[list[Node]] = field(default_factory=list)


def parse(source: str) -> list[Node]:
    """Return the nodes of a production. Raises :class:`TemplateError`."""
    nodes, at = _sequence(source, 0, "")
    if at != len(source):
        raise TemplateError(f"unexpected {source[at:][:20]!r} in {source!r}")
    return nodes


def _sequence(source: str, at: int, stop: str) -> tuple[list[Node], int]:
    nodes: list[Node] = []
    text: list[str] = []

    def flush() -> None:
        if text:
            nodes.append(Node("text", "".join(text)))
            text.clear()

    while at < len(source):
        char = source[at]
        if char in stop:
            break
        if char not in _SPECIAL or (char in "|)}" and not stop):
            text.append(char)
            at += 1
            continue
        if char == "\\":
            text.append(source[at + 1])
            at += 2
            continue
        flush()
        node, at = _special(source, at, char)
        nodes.append(node)
    flush()
    return nodes, at


def _special(source: str, at: int, char: str) -> tuple[Node, int]:
    if char == "<":
        end = source.index(">", at)
        inside = source[at + 1 : end]
        maybe = inside.endswith("?")
        name, *args = inside.rstrip("?").split(":")
        match = re.fullmatch(r"([A-Z]\w*?|\*?[a-z][\w.%]*?)([\d,]*)", name)
        if match is None:
            raise TemplateError(f"slot {name!r} in {source!r}")
        plain = name[0] in "*" or name[0].islower()
        numbers = ("1",) if plain or not match[2] else tuple(match[2].split(","))
        slot = Node("slot", name if plain else match[1], [*args, *(["?"] if maybe else [])], numbers)
        return slot, end + 1
    if char == "(":
        return _choice(source, at)
    if char == "[":
        end = source.index("]", at)
        pair = source[at + 1 : end]
        pair = _PAIRS.get(pair, pair)
        if "/" not in pair:
            raise TemplateError(f"pair {pair!r} in {source!r}")
        return Node("pair", args=pair.split("/")), end + 1
    if char == "$":
        match = _VERB.match(source, at)
        if match is None:
            raise TemplateError(f"verb form in {source!r}")
        return Node("verb", match[1]), match.end()
    match = _MARK.match(source, at)
    if match is None:
        raise TemplateError(f"mark {source[at:][:20]!r} in {source!r}")
    inner, end = _sequence(source, match.end(), "}")
    if end >= len(source):
        raise TemplateError(f"mark never closed in {source!r}")
    numbers = tuple(match[2].split(",")) if match[2] else ("1",)
    return Node("mark", match[1], match[3].split(), numbers, [inner]), end + 1


def _choice(source: str, at: int) -> tuple[Node, int]:
    node = Node("choice")
    at += 1
    while True:
        branch, at = _sequence(source, at, "|)")
        node.parts.append(branch)
        if at >= len(source):
            raise TemplateError(f"choice never closed in {source!r}")
        at += 1
        if source[at - 1] == ")":
            return node, at
