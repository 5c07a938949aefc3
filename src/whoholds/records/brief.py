"""A brief: sentences, each with the statements that support it. A sentence without support cannot be made."""

from __future__ import annotations

from dataclasses import dataclass

from whoholds.errors import InternalError


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """A statement behind a sentence: ``quote == document text[start:end]``."""

    claim: str
    quote: str
    speaker: str
    document: str
    document_name: str
    date: str | None
    url: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of a brief and what it rests on."""

    text: str
    support: tuple[Support, ...]

    def __post_init__(self) -> None:
        """Refuse a sentence that nothing supports."""
        if not self.support:
            raise InternalError(f"a sentence without support: {self.text!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A page about one place. ``silence`` says what the ledger holds nothing about, where that is the answer."""

    title: str
    sentences: tuple[Sentence, ...]
    silence: str | None = None
