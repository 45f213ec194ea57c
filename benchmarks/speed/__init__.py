"""Speed: words a second and peak memory, by stage and for the whole way."""

from benchmarks.speed.measure import measure

__all__ = ["measure"]
