"""Assessment of Party-building work: forms in; results, notices and ledgers out.

The public functions are those of `kaohe.notebook`; importing the package itself loads nothing heavy.
"""

__version__ = "0.1.0"
