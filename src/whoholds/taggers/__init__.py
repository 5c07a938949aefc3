"""Taggers: documents to understandings."""
