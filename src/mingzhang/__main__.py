"""``python -m mingzhang``."""

from __future__ import annotations

import sys

from mingzhang.cli import main

if __name__ == "__main__":
    sys.exit(main())
