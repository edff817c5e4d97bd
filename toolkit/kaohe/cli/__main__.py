"""`python -m kaohe.cli`."""

from kaohe.cli import main

main()
