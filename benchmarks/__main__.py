"""`make bench`: every benchmark in one run; figures to `benchmarks/results/`."""

import runpy

for name in ("pages", "matching"):
    runpy.run_module(f"benchmarks.{name}", run_name="__main__")
