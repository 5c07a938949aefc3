"""Theatres: data folders to theatre records."""
