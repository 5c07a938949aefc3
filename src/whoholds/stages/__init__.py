"""One document at a time: pure functions from a document and word data to records."""
