"""Expand productions into marked text: numbering of marks, agreement, choice by weight."""

from __future__ import annotations

import random
import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

from train.generate.inflect import inflect
from train.generate.template import Node, TemplateError, parse
from train.generate.world import Scene, Speaker

_SERIES = {letter: series for series, letters in (("P", "PLARW"), ("Q", "SQC"), ("N", "NKG")) for letter in letters}
_WEIGHT = re.compile(r"(\d+)\* ")


class Grammar:
    """All productions by symbol: weights, sources, parsed nodes."""

    def __init__(self, folder: Path) -> None:
        self.sources: dict[str, list[str]] = {}
        self.weights: dict[str, list[int]] = {}
        self.nodes: dict[str, list[list[Node]]] = {}
        self.texts: dict[str, str] = {}
        for path in sorted(folder.glob("*.toml")):
            self._add("", tomllib.loads(path.read_text(encoding="utf-8")))

    def _add(self, prefix: str, table: dict[str, object]) -> None:
        for key, entry in table.items():
            name = f"{prefix}.{key}" if prefix else key
            if isinstance(entry, dict):
                self._add(name, entry)
            else:
                self._lines(name, str(entry))

    def _lines(self, name: str, block: str) -> None:
        for raw in block.strip("\n").splitlines():
            line = raw.strip()
            if not line or line.startswith("#"):
                continue
            weight = _WEIGHT.match(line)
            source = line[weight.end() :] if weight else line
            self.sources.setdefault(name, []).append(source)
            self.weights.setdefault(name, []).append(int(weight[1]) if weight else 1)
            try:
                self.nodes.setdefault(name, []).append(parse("" if source == "_" else source))
            except (TemplateError, ValueError, IndexError) as error:
                raise TemplateError(f"{name}: {error}: {source}") from error

    def productions(self) -> int:
        """Return how many productions there are."""
        return sum(map(len, self.sources.values()))


@cache
def grammar() -> Grammar:
    """Return the grammar of this package."""
    return Grammar(Path(__file__).parent / "grammar")


class Writer:
    """Writes one passage: holds the scene, the counters of the three series of marks and what agreement needs."""

    def __init__(self, rng: random.Random, scene: Scene, used: Counter[tuple[str, int]] | None = None) -> None:
        self.rng, self.scene, self.grammar = rng, scene, grammar()
        self.used = used if used is not None else Counter()
        self.counters = dict.fromkeys("PQN", 0)
        self.scopes: list[dict[tuple[str, str], int]] = [{}]
        self.plural = True
        self.verb = self.entry = self.rest = self.subject = self.noun = ""
        self.pending: tuple[Speaker, str] | None = None
        self.thousands = rng.choice((",", ",", ",", ",", " ", ".", ""))
        self.depth = 0

    def number(self, letter: str, local: str) -> int:
        """Return the number in the report of a local number of the production in hand."""
        key = (_SERIES[letter], local)
        scope = self.scopes[-1]
        if key not in scope:
            self.counters[key[0]] += 1
            scope[key] = self.counters[key[0]]
        return scope[key]

    def mark(self, letter: str, numbers: tuple[str, ...], attributes: str, text: str) -> str:
        """Return marked text."""
        spelled = ",".join(str(self.number(letter, n)) for n in numbers)
        return f"{{{letter}{spelled}{' ' if attributes else ''}{attributes}|{text}}}"

    def pick(self, symbol: str) -> tuple[int, list[Node]]:
        """Choose a production of a symbol by weight."""
        choices = self.grammar.nodes[symbol]
        index = self.rng.choices(range(len(choices)), self.grammar.weights[symbol])[0] if len(choices) > 1 else 0
        self.used[symbol, index] += 1
        return index, choices[index]

    def word(self, symbol: str) -> str:
        """Expand a symbol without numbers of its own."""
        return self.run(self.pick(symbol)[1])

    def scoped(self, symbol: str) -> str:
        """Expand a symbol with numbers of its own."""
        self.scopes.append({})
        try:
            return self.word(symbol)
        finally:
            self.scopes.pop()

    def chance(self, share: float) -> bool:
        """Return True in that share of the calls."""
        return self.rng.random() < share

    def run(self, nodes: list[Node]) -> str:
        """Expand nodes."""
        return "".join([self._node(node) for node in nodes])

    def _node(self, node: Node) -> str:
        match node.kind:
            case "text":
                return node.text
            case "choice":
                return self.run(self.rng.choice(node.parts))
            case "pair":
                return node.args[self.plural]
            case "verb":
                return inflect(self.verb, node.text, self.plural)
            case "slot":
                return self._slot(node)
        return self._mark(node)

    def _mark(self, node: Node) -> str:
        attributes = list(node.args)
        frame = self.scene.frame
        if node.text == "P":
            if not attributes:
                attributes = [frame.relation, frame.stance, "x"]
            attributes[2] = self.scene.code(attributes[2])
        spelled = " ".join(attributes)
        if spelled == "=subj" and self.scene.speaker:
            spelled = f"={self.scene.speaker.name}"
        elif "=" in spelled:  # a place or person by its letter in the scene
            spelled = re.sub(r"=(\w+)", lambda m: "=" + self.scene.called(m[1]), spelled)
        numbers = [str(self.number(node.text, n)) for n in node.numbers]
        inner = self.run(node.parts[0])
        if node.text == "P" and spelled.endswith("@p"):
            spelled = spelled[:-1] + self.scene.places["p"].name
        return f"{{{node.text}{','.join(numbers)}{' ' if spelled else ''}{spelled}|{inner}}}"

    def _slot(self, node: Node) -> str:
        from train.generate import clauses, slots  # they call back into this class

        name = node.text
        if name[0].isupper():
            return slots.fill(self, name, node.numbers, node.args)
        scoped = name[0] == "*"
        symbol = name.lstrip("*")
        if symbol in clauses.BUILT:
            return clauses.BUILT[symbol](self, node.args)
        if symbol not in self.grammar.nodes:
            raise TemplateError(f"no symbol {symbol}")
        self.depth += 1
        try:
            return self.scoped(symbol) if scoped else self.word(symbol)
        finally:
            self.depth -= 1
