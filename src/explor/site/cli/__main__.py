"""`python -m explor.site.cli`, for the programs that `explor` starts."""

import sys

from . import main

sys.exit(main())
