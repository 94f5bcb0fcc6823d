"""Entry point of `python -m explor.site.cli`, which `explor` uses to start child processes."""

import sys

from . import main

sys.exit(main())
