"""Scores: points, components, totals, ranks, grades and what follows from them (scheme model 4)."""

from kaohe.scoring.evaluate import evaluate

__all__ = ["evaluate"]
