"""Measure and print; status 1 where a promise is broken."""

import sys

from bench.figures import table
from bench.soak.proof import report

found = report()
sys.stdout.write(table(found))
sys.exit(not all(each.kept for each in found.figures))
