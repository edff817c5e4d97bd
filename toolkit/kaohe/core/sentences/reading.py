"""Sentences about files that came back (FILE-…)."""

from kaohe.core.sentences.kinds import Sentence

SENTENCES: dict[str, Sentence] = {}
