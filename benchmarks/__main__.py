"""`make bench`: every benchmark in one run; figures to `benchmarks/results/`."""

import subprocess
import sys

# Each in a process of its own: a database is named once for the life of a process.
for name in ("pages", "matching", "directory", "phone", "filing"):
    command = [sys.executable, "-m", f"benchmarks.{name}", *sys.argv[1:]]
    subprocess.run(command, check=True)
