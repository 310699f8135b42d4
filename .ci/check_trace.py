#!/usr/bin/env python3
"""Checks that Chrome traces, named on the command line or on standard input, are valid for viewers.
The tests check the same of small traces; this script checks any trace, with Python's JSON reader.

    lockstep export run.ndjson --format chrome | .ci/check_trace.py
"""
import json
import re
import sys
from collections import defaultdict

PHASES = {"B", "E", "i", "b", "e", "s", "f", "C", "M"}
PLACED = {"B", "E", "i", "s", "f"}


def problems(text):
    """The problems of a trace, as sentences."""
    found = []
    for time in re.findall(r'"ts":([^,}]*)', text):
        if not re.fullmatch(r"\d+\.\d{3}", time):
            found.append(f"{time} has not exactly three decimals")
    trace = json.loads(text)
    rows, named, used, asyncs, counters = defaultdict(list), set(), set(), {}, {}
    flows = defaultdict(dict)
    for event in trace["traceEvents"]:
        phase = event["ph"]
        if phase not in PHASES:
            found.append(f"unknown phase: {phase}")
        if phase == "M":
            if event["name"] in ("thread_name", "process_name"):
                named.add((event["pid"], event.get("tid")))
            continue
        time = round(event["ts"] * 1000)
        used.add((event["pid"], None))
        if phase in PLACED:
            used.add((event["pid"], event["tid"]))
            rows[event["pid"], event["tid"]].append((time, phase, event))
        if phase in "be":
            key = (event["cat"], event["id"])
            if (phase == "b") == (key in asyncs):
                found.append(f"async {key} is not paired")
            asyncs.pop(key, None) if phase == "e" else asyncs.update({key: time})
        if phase == "C":
            for name, value in event["args"].items():
                key = (event["pid"], event["name"], name)
                if value < 0:
                    found.append(f"counter {key} is {value}")
                if counters.get(key, -1) >= time:
                    found.append(f"counter {key} has two values at {time}")
                counters[key] = time
        if phase in "sf":
            if phase in flows[event["id"]]:
                found.append(f"flow {event['id']} has two of {phase}")
            flows[event["id"]][phase] = time
    found += [f"async {key} never ends" for key in asyncs]
    found += [f"{row} has no name" for row in used - named]
    for number, ends in flows.items():
        if set(ends) != {"s", "f"} or ends["f"] < ends["s"]:
            found.append(f"flow {number} does not lead forward: {ends}")
    for row, events in rows.items():
        found += row_problems(row, events)
    return found


def row_problems(row, events):
    """The problems of the slices of one row."""
    found, last = [], -1
    for time, phase, event in events:
        if phase in "BEi":
            if time <= last:
                found.append(f"{row}: {phase} at {time} is not after {last}")
            last = time
    depth, before = 0, -1
    for time, phase, event in sorted(events, key=lambda event: event[0]):
        if time == before:
            found.append(f"{row}: two events at {time}")
        before = time
        if phase == "B":
            depth += 1
        elif phase == "E":
            depth -= 1
            if depth < 0:
                found.append(f"{row}: an end at {time} without a beginning")
                depth = 0
        elif phase in "sf" and depth == 0:
            found.append(f"{row}: flow {event['id']} is in no slice")
    if depth:
        found.append(f"{row}: {depth} slices never end")
    return found


def main():
    names = sys.argv[1:] or ["-"]
    bad = False
    for name in names:
        text = sys.stdin.read() if name == "-" else open(name, encoding="utf-8").read()
        for problem in problems(text)[:20]:
            bad = True
            print(f"{name}: {problem}")
    sys.exit(bad)


if __name__ == "__main__":
    main()
