"""What a public export of positions says about itself: its clocks, and what it holds back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from whoholds.records import Clocks

__all__ = ["Release"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """The terms of one export of who holds what.

    ``embargo_hours``: 0 means that nothing was held back. ``asked``: the clocks as asked for; ``clocks``:
    as used. Positions move while a map is read, so the newest days stay out of what is passed on.
    """

    clocks: Clocks
    asked: Clocks
    embargo_hours: int

    @property
    def held_back(self) -> bool:
        """Whether the embargo moved a clock."""
        return self.clocks != self.asked

    def sentence(self) -> str:
        """Say in one sentence what the reader is, and is not, looking at."""
        base = f"Who holds what as of {self.clocks.as_of}, from reports published up to {self.clocks.known_by}."
        if not self.embargo_hours:
            return f"{base} No embargo: for private use, do not pass on."
        if self.held_back:
            return (
                f"{base} Asked for {self.asked.as_of}; what was published in the last "
                f"{self.embargo_hours} hours is held back."
            )
        return f"{base} The {self.embargo_hours}-hour embargo holds nothing back here."

    def as_object(self) -> dict[str, Any]:
        """Return the terms as a JSON object."""
        return {
            "as_of": self.clocks.as_of,
            "known_by": self.clocks.known_by,
            "asked_as_of": self.asked.as_of,
            "asked_known_by": self.asked.known_by,
            "embargo_hours": self.embargo_hours,
            "held_back": self.held_back,
            "note": self.sentence(),
        }
