"""Whoholds keeps the books on a war's contradicting reports.

It never says what is true. It says who said it, on whose authority, how it fits
the rest, by rules written on the page. Start reading in :mod:`whoholds.records`.
"""

__version__ = "0.1.0"
