"""Scores: points, components, totals, ranks, grades and what follows from them (scheme model 4); `kaohe.scoring.evaluate` is the door."""
