"""Prints each run of the lessons once, as arguments of `lockstep run`."""

import json
import sys

lessons = json.load(sys.stdin)["lessons"]
runs = {run for lesson in lessons for step in lesson["steps"] for run in step["runs"]}
for run in sorted(runs):
    print(run)
