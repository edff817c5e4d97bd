"""Sentences about the roster (ROSTER-…)."""

from kaohe.core.sentences.kinds import Sentence

SENTENCES: dict[str, Sentence] = {}
