"""The parts of ``scripts/build_gazetteer.py``: sources in, rows out. Not installed with the package."""
