"""Sample places: a scheme's roster grown to any size, its forms filled by invented people, run period by period (`kaohe demo`).

The same seed gives the same workbooks. Nothing here is read by a real assessment.
"""
