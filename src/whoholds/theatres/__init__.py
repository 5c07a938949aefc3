"""Theatres from folders of TOML: the adapter behind :class:`whoholds.ports.Theatres`.

:mod:`.schema` what keys and values a file may have · :mod:`.table` one TOML table, read with its faults noted ·
:mod:`.parsing` tables to records · :mod:`.checking` faults across records · :mod:`.folders` finding and loading.
"""

from whoholds.theatres.faults import Fault
from whoholds.theatres.folders import BUNDLED, FolderTheatres, faults_of

__all__ = ["BUNDLED", "Fault", "FolderTheatres", "faults_of"]
