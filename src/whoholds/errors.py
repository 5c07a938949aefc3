"""Every error that Whoholds raises, in one tree.

::

    WhoholdsError                  code, what happened, what to do next, exit status, HTTP status
    ├── UserError                  exit 2: the user can mend it
    │   ├── UsageError             an option or a date that cannot be read
    │   ├── SettingsError          whoholds.toml or the environment is wrong
    │   ├── InputUnreadable        a path that is absent, unreadable or not a report
    │   ├── UnknownPlace           no gazetteer knows the name; near names are given
    │   ├── AmbiguousPlace         several places of one name; each is given with its district
    │   ├── NotFound               no such claim, document or theatre
    │   ├── TheatreInvalid         a theatre folder breaks its schema
    │   └── LedgerUnusable         not a ledger, newer than this program, locked, disk full, no permission
    └── InternalError              exit 1: ours to mend
        └── QuoteMismatch          a quote that is not a slice of its document

A bad *document* is no exception: it is a :class:`whoholds.records.Rejection`.
"""

from __future__ import annotations

__all__ = [
    "AmbiguousPlace",
    "InputUnreadable",
    "InternalError",
    "LedgerUnusable",
    "NotFound",
    "QuoteMismatch",
    "SettingsError",
    "TheatreInvalid",
    "UnknownPlace",
    "UsageError",
    "UserError",
    "WhoholdsError",
]


class WhoholdsError(Exception):
    """An error with a stable code and a sentence saying what to do next."""

    code = "error"
    exit_status = 1
    http_status = 500

    def __init__(self, what: str, *, do: str = "", code: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.do = do
        if code is not None:
            self.code = code

    def __str__(self) -> str:
        """One line: what happened; what to do."""
        return f"{self.what}; {self.do}" if self.do else self.what


class UserError(WhoholdsError):
    """Something the user can mend."""

    code = "user-error"
    exit_status = 2
    http_status = 400


class UsageError(UserError):
    """An option, argument or date that cannot be read."""

    code = "usage"


class SettingsError(UserError):
    """``whoholds.toml``, an option or the environment holds a wrong setting."""

    code = "settings"


class InputUnreadable(UserError):
    """A path that is absent, not permitted, or holds nothing that can be read."""

    code = "input-unreadable"


class UnknownPlace(UserError):
    """No active gazetteer knows the name."""

    code = "place-unknown"
    http_status = 404


class AmbiguousPlace(UserError):
    """Several places bear the name and nothing decides between them."""

    code = "place-ambiguous"
    http_status = 300


class NotFound(UserError):
    """No such claim, document, actor or theatre."""

    code = "not-found"
    http_status = 404


class TheatreInvalid(UserError):
    """A theatre folder breaks its schema."""

    code = "theatre-invalid"


class LedgerUnusable(UserError):
    """The ledger file cannot be used as asked."""

    code = "ledger-unusable"


class InternalError(WhoholdsError):
    """A broken promise of our own code."""

    code = "internal"


class QuoteMismatch(InternalError):
    """A quote is not the slice of its document that it says it is."""

    code = "quote-mismatch"
