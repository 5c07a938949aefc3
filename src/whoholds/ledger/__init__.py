"""The append-only book, in one SQLite file.

:mod:`.schema` tables · :mod:`.views` views, full text, triggers · :mod:`.describe` what each column holds ·
:mod:`.connection` opening the file · :mod:`.migrations` versions · :mod:`.encode` and :mod:`.decode` records and
rows · :mod:`.verify` what must hold · :mod:`.reading` queries · :mod:`.sqlite` the ledger.
"""

from whoholds.ledger.describe import datasette_metadata
from whoholds.ledger.encode import Provenance, understanding_id
from whoholds.ledger.reading import VersionLink
from whoholds.ledger.sqlite import SqliteLedger, open_ledger
from whoholds.ledger.verify import verify

__all__ = [
    "Provenance",
    "SqliteLedger",
    "VersionLink",
    "datasette_metadata",
    "open_ledger",
    "understanding_id",
    "verify",
]
