"""Sentences about returned forms (FORM-…, VALUE-…, ROW-…)."""

from kaohe.core.sentences.kinds import Sentence

SENTENCES: dict[str, Sentence] = {}
