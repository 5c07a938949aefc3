"""Grammar-based generator of annotated training passages (see ../corpus/README.md for the marks)."""
