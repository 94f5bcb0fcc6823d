"""Run every benchmark (`make bench`) and write the figures to `benchmarks/results/`."""

import subprocess
import sys

# Each benchmark has its own process, since Django settles the database once per process.
for name in (
    "pages",
    "matching",
    "directory",
    "french",
    "phone",
    "filing",
    "load",
    "sealing",
    "erasing",
    "imports",
):
    command = [sys.executable, "-m", f"benchmarks.{name}", *sys.argv[1:]]
    subprocess.run(command, check=True)
