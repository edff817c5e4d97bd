"""The ledger of problems as a fold over what was typed (architecture, decision 8): pure, and independent of the order of the forms."""

from kaohe.ledger.roll import roll

__all__ = ["roll"]
