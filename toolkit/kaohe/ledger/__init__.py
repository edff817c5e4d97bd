"""The ledger of problems as a fold over what was typed (architecture, decision 8)."""

from kaohe.ledger.roll import roll

__all__ = ["roll"]
