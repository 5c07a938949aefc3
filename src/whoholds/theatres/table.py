"""One TOML table, read key by key; every fault is noted and none is raised."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from whoholds.theatres.faults import Fault, suggestion

LANGUAGE = re.compile(r"[a-z]{2,3}")


class Table:
    """A table of a TOML file with the place it stands at and the list that takes its faults.

    A value of the wrong type reads as absent, with a fault noted, so that one run tells all faults of a file.
    """

    def __init__(self, data: dict[str, Any], *, file: str, where: str, faults: list[Fault]) -> None:
        self.data = data
        self.file = file
        self.where = where
        self.faults = faults

    def fault(self, key: str, what: str, do: str = "") -> None:
        """Note a fault at a key of this table."""
        where = f"{self.where}.{key}" if self.where and key else self.where or key
        self.faults.append(Fault(file=self.file, where=where, what=what, do=do))

    def only(self, keys: Collection[str]) -> None:
        """Note every key that is not one of ``keys``, with the nearest right one."""
        for key in self.data:
            if key not in keys:
                self.fault(key, f"unknown key {key!r}", suggestion(key, keys))

    def text(self, key: str, *, required: bool = False) -> str | None:
        """Return a non-empty string, or None."""
        value = self.data.get(key)
        if isinstance(value, str) and value.strip():
            return value
        if value is not None:
            self.fault(key, f"must be text, is {value!r}", 'write it as "…"')
        elif required:
            self.fault(key, "missing", f'add {key} = "…"')
        return None

    def whole(self, key: str, *, default: int) -> int:
        """Return a positive whole number."""
        value = self.data.get(key, default)
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value
        self.fault(key, f"must be a whole number above 0, is {value!r}")
        return default

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """Return a list of non-empty strings."""
        value = self.data.get(key)
        if value is None:
            if required:
                self.fault(key, "missing", f'add {key} = ["…"]')
            return ()
        if isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value):
            return tuple(value)
        self.fault(key, f"must be a list of texts, is {value!r}", 'write it as ["…", "…"]')
        return ()

    def words(self, key: str) -> dict[str, tuple[str, ...]]:
        """Return lists of words by language: ``aliases.en = ["…"]``."""
        value = self.data.get(key, {})
        if not isinstance(value, dict):
            self.fault(key, "must be lists by language", f'write {key}.en = ["…"]')
            return {}
        table = Table(value, file=self.file, where=f"{self.where}.{key}", faults=self.faults)
        for language in value:
            if not LANGUAGE.fullmatch(language):
                table.fault(language, f"{language!r} is no language code", "use two small letters, as in en, ru, uk")
        return {language: tuple(dict.fromkeys(table.texts(language))) for language in value}

    def day(self, key: str, *, required: bool = False) -> str | None:
        """Return an ISO date (``2024-01-31``, quoted or bare) as text, or None."""
        value = self.data.get(key)
        if isinstance(value, date):
            return value.isoformat()[:10]
        if value is None:
            if required:
                self.fault(key, "missing", f'add {key} = "YYYY-MM-DD"')
            return None
        try:
            return date.fromisoformat(value).isoformat()
        except (TypeError, ValueError):
            self.fault(key, f"{value!r} is no date", "write it as YYYY-MM-DD")
            return None

    def choice(self, key: str, allowed: Collection[str], *, default: str | None = None) -> str | None:
        """Return one of the allowed words; a missing one is a fault unless there is a default."""
        value = self.data.get(key, default)
        if isinstance(value, str) and value in allowed:
            return value
        if value is None:
            self.fault(key, "missing", "one of " + ", ".join(sorted(allowed)))
        else:
            self.fault(key, f"unknown {key} {value!r}", suggestion(str(value), allowed))
        return None

    def tables(self, key: str, *, named: str) -> Iterator[Table]:
        """Yield the entries of an array of tables; ``named`` is the key whose value tells them apart."""
        value = self.data.get(key, [])
        if not (isinstance(value, list) and all(isinstance(item, dict) for item in value)):
            self.fault(key, "must be an array of tables", f"write each as [[{key}]]")
            return
        for number, item in enumerate(value, start=1):
            name = item.get(named)
            where = f"{key} {name!r}" if isinstance(name, str) else f"{key} number {number}"
            where = f"{self.where}, {where}" if self.where else where
            yield Table(item, file=self.file, where=where, faults=self.faults)
