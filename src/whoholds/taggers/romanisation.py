"""Names of unknown speakers in Latin script, for readers and for comparison; the mention stays as written."""

from __future__ import annotations

import re
from collections.abc import Callable

from translitua import RussianICAO, UkrainianKMU, translit

#: What ends in a name ("Григорій Шаповал", "піхотинець Чиж"); a bare role ("місцева влада") stays as it is.
_NAMED = re.compile(r"[А-ЯЁІЇЄҐ][а-яёіїєґ’]+$")


def romaniser(lang: str) -> Callable[[str], str]:
    """Return the romanisation of names: the national one of 2010 for Ukrainian, that of passports for Russian."""
    table = UkrainianKMU if lang == "uk" else RussianICAO

    def romanised(name: str) -> str:
        return str(translit(name, table)) if _NAMED.search(name) else name

    return romanised
