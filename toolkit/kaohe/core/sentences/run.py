"""Sentences about running a period (RUN-…, LEDGER-…)."""

from kaohe.core.sentences.kinds import Sentence

SENTENCES: dict[str, Sentence] = {}
