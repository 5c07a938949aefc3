"""Measuring how well reports are understood: against gold annotations, on the whole path, with floors that only rise.

:mod:`.naming` when two names mean one speaker · :mod:`.agreement` in what a claim agrees with a gold row ·
:mod:`.scorer` the levels · :mod:`.corpora` what is measured · :mod:`.floors` what may not be lost again.

The levels are those of the project's reference scorer (../shared/score/score.py); a test holds the two to
the same figures.
"""
