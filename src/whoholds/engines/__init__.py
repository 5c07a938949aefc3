"""Engines: executors and near-duplicate search."""
