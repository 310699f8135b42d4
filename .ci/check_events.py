"""Checks that the events of a headless run keep the promises of its demo."""

import json
import sys

demo = sys.argv[1]
header, *events = [json.loads(line) for line in sys.stdin]


def of(*kinds):
    return [event for event in events if event["kind"] in kinds]


STUCK = {"abandoned-lock", "two-locks"}  # These demos end in a deadlock on purpose.

assert header["recording"] == 1 and header["demo"] == demo and "kind" not in header
assert events[0]["kind"] == "run.start" and events[0]["demo"] == demo
assert events[-1]["kind"] == "run.finish"
assert events[-1]["outcome"] == ("deadlocked" if demo in STUCK else "completed")
assert events[-1]["lost"] == 0
assert [event["seq"] for event in events] == list(range(1, len(events) + 1))

spawned = {event["child"] for event in of("thread.spawn", "process.spawn")}
assert spawned == {event["actor"] for event in of("thread.exit", "process.exit")} - {1}
waiting = {}
for event in of("wait.begin", "wait.end", "process.exit", "thread.exit"):
    if event["kind"] == "wait.begin":
        assert waiting.setdefault(event["actor"], event) is event
    elif event["kind"] == "wait.end":
        assert waiting.pop(event["actor"])["for"] == event["for"]
    else:
        waiting.pop(event["actor"], None)
assert not waiting

if demo == "producer-consumer":
    assert [event["value"] for event in of("list.append")] == [str(n) for n in range(10)]
    rebuilt = []
    for event in of("list.append", "list.remove"):
        if event["kind"] == "list.append":
            rebuilt.append(event["value"])
        else:
            assert rebuilt.pop(0) == event["value"]
        assert event["size"] == len(rebuilt)
    holder = None
    for event in of("lock.acquire", "lock.release"):
        if event["kind"] == "lock.acquire":
            assert holder is None
            holder = event["actor"]
        else:
            assert holder == event["actor"]
            holder = None
    sleeps = [event for event in of("wait.begin") if event["for"] == "sleep"]
    assert len(sleeps) == 20
    assert len({event["tid"] for event in of("list.append", "list.remove")}) == 2
elif demo == "factorial":
    value, expected = 1, []
    for n in range(1, 11):
        value *= n
        expected.append((f"{n}!", str(value)))
    assert [(event["name"], event["value"]) for event in of("result")] == expected
    assert len({event["tid"] for event in of("task.start")}) > 1
elif demo == "pool-sizing":
    spawned = {event["child"] for event in of("process.spawn")}
    started = {event["pid"] for event in of("process.start")}
    assert len(spawned) == len(started) == 15
    assert {event["pid"] for event in of("process.exit")} == started
    assert {event["pid"] for event in of("task.start", "task.finish")} <= started
    for begun, done in zip(of("task.start"), of("task.finish")):
        assert "pool" in begun and "pool" in done
    assert sorted(int(event["value"]) for event in of("task.finish")) == sorted(
        n * n for n in range(1, 11) for _ in range(5)
    )
    for size in range(1, 6):
        assert any(event["name"] == f"size {size} total" for event in of("measure"))

print(f"{demo}: {len(events)} events, all checks passed")
