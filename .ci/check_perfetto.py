#!/usr/bin/env python3
"""Opens the Chrome trace of every demo in Perfetto's own trace processor, and asks it whether all
of it came in: slices, arrows, counters, names, and no complaint.

    .ci/check_perfetto.py PROGRAM

Says so and ends well where the package perfetto (a Python one) or its trace processor is missing:
the package fetches that program when it is first used. PERFETTO_TRACE_PROCESSOR names one that is
there already.
"""
import json
import os
import subprocess
import sys
import tempfile


def skip(why):
    print(f"skipped: {why}")
    sys.exit(0)


try:
    from perfetto.trace_processor import TraceProcessor, TraceProcessorConfig
except ImportError:
    skip("the Python package perfetto is not installed")

# What a healthy import leaves at nothing.
COMPLAINTS = """
    select name, idx, severity, value from stats
    where value > 0 and severity in ('error', 'data_loss')
"""
COUNTS = {
    "slices": "select count(*) as n from slice where dur > 0",
    "open slices": "select count(*) as n from slice where dur < 0",
    "instants": "select count(*) as n from slice where dur = 0",
    "flows": "select count(*) as n from flow",
    "counters": "select count(*) as n from counter",
    "nameless rows": "select count(*) as n from thread join thread_track using (utid) "
    "where thread.name is null",
}


def expected(path):
    """How many of each the trace has, read by nobody's importer."""
    events = json.load(open(path, encoding="utf-8"))["traceEvents"]
    count = lambda phase: sum(event["ph"] == phase for event in events)
    return {
        "slices": count("B"), "open slices": 0, "instants": count("i"), "flows": count("s"),
        "counters": count("C"), "nameless rows": 0,
    }


def problems(path, config):
    """What Perfetto makes of a trace otherwise than it should."""
    found = []
    with TraceProcessor(trace=path, config=config) as processor:
        for row in processor.query(COMPLAINTS):
            found.append(f"{row.severity} {row.name}: {row.value}")
        wanted = expected(path)
        for what, query in COUNTS.items():
            got = next(iter(processor.query(query))).n
            if got != wanted[what]:
                found.append(f"{got} {what} instead of {wanted[what]}")
    return found


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: check_perfetto.py PROGRAM")
    program = sys.argv[1]
    own = os.environ.get("PERFETTO_TRACE_PROCESSOR")
    config = TraceProcessorConfig(bin_path=own) if own else TraceProcessorConfig()
    listed = subprocess.run([program, "list", "--json"], capture_output=True, check=True)
    bad = False
    with tempfile.TemporaryDirectory() as folder:
        probe = os.path.join(folder, "probe.json")
        with open(probe, "w", encoding="utf-8") as file:
            file.write('{"traceEvents":[]}')
        try:
            TraceProcessor(trace=probe, config=config).close()
        except Exception as error:  # whatever keeps the processor from coming or starting
            skip(f"Perfetto's trace processor cannot be had here ({type(error).__name__})")
        for demo in json.loads(listed.stdout)["demos"]:
            path = os.path.join(folder, demo["id"] + ".json")
            with open(path, "wb") as file:
                subprocess.run(
                    [program, "run", demo["id"], "--format", "chrome"], stdout=file, check=True)
            for problem in problems(path, config):
                bad = True
                print(f"{demo['id']}: {problem}")
    print("Perfetto found something" if bad else "Perfetto takes every demo's trace as it is meant")
    sys.exit(bad)


if __name__ == "__main__":
    main()
