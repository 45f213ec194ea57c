"""Accuracy: the program's output on annotated sets, scored, with floors that may not be broken silently."""

from benchmarks.accuracy.measure import measure

__all__ = ["measure"]
