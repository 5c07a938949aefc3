"""Ledger: the append-only book, SQLite through SQLAlchemy Core."""
