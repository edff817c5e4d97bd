"""Sentences about the scheme workbook (SCHEME-…, WEIGHT-…, …)."""

from kaohe.core.sentences.kinds import Sentence

SENTENCES: dict[str, Sentence] = {}
