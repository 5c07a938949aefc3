"""From the corpora to the shipped weights: never installed with the package. See README.md in this folder."""
