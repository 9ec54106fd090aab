"""The pool of workers: order, limits, and pages that kill whoever reads them."""

import gc
import math
import operator
import os
import selectors
import signal
import socket
import subprocess
import threading
import time
from functools import partial
from pathlib import Path

import batch_hooks
import pytest

from cleaner.batch.workers import forkserver as zygote
from cleaner.batch.workers.forkserver import Job
from cleaner.batch.workers.pool import Pool


def same(task):
    return task


def run(tasks, workers=2, timeout=5.0, **job):
    with Pool(Job(batch_hooks.echo, **job), workers=workers, timeout=timeout) as pool:
        return list(pool.map(tasks, same))


def words(count):
    return [f"word{i}" for i in range(count)]


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_outcomes_come_in_the_order_of_the_tasks(workers):
    tasks = ["PAUSE-30", "a", "PAUSE-10", "b", *words(300)]
    outcomes = run(tasks, workers)
    assert [o.label for o in outcomes] == tasks
    assert [o.value for o in outcomes] == [t.upper() for t in tasks]


@pytest.mark.parametrize(
    ("ill", "reason"),
    [
        ("ILL-SEGV", "crash"),
        ("ILL-EXIT", "crash"),
        ("ILL-SPIN", "timeout"),
        ("ILL-MEMORY", "out-of-memory"),
        ("ILL-RAISE", "error"),
        ("ILL-RECURSE", "error"),
    ],
)
def test_a_bad_page_costs_that_page_only(ill, reason):
    tasks = words(60)
    tasks[7] = tasks[31] = ill
    outcomes = run(tasks, timeout=1.0)
    assert [o.label for o in outcomes] == tasks
    assert [i for i, o in enumerate(outcomes) if o.failure] == [7, 31]
    assert {o.failure.reason for o in outcomes if o.failure} == {reason}


def test_a_crash_says_how_the_worker_died():
    (outcome,) = run(["ILL-SEGV"])
    assert "SIGSEGV" in outcome.failure.detail
    assert outcome.task == "ILL-SEGV"


def test_a_sleeping_page_is_ended_by_the_clock():
    start = time.monotonic()
    outcomes = run(["a", "ILL-SLEEP", "b"], timeout=0.3)
    assert [o.failure.reason if o.failure else None for o in outcomes] == [None, "timeout", None]
    assert time.monotonic() - start < 600  # the page would sleep an hour


def test_a_parent_that_was_stopped_fails_no_page(monkeypatch):
    genuine = selectors.DefaultSelector.select

    def stopped(*_):
        monkeypatch.setattr(selectors.DefaultSelector, "select", genuine)
        time.sleep(1.5)
        return []

    with Pool(Job(batch_hooks.echo), workers=1, timeout=0.2) as pool:
        monkeypatch.setattr(selectors.DefaultSelector, "select", stopped)
        assert [o.failure for o in pool.map(["PAUSE-100", "a"], same)] == [None, None]


def slowly(tasks, after):
    """The tasks, the one `after` which the caller is kept waiting far longer than a page may take."""
    for number, task in enumerate(tasks):
        yield task
        if number == after:
            time.sleep(1.0)


@pytest.mark.parametrize("slow", ["consumer", "source"])
@pytest.mark.parametrize(
    ("factory", "tasks"),
    [
        (partial(partial, operator.mul, 3_000_000), ["x"] * 4),  # the answers do not fit the socket
        (batch_hooks.echo, ["x", *["x" * 3_000_000] * 3]),  # the tasks do not either
    ],
    ids=["answers", "tasks"],
)
def test_a_slow_caller_fails_no_page(monkeypatch, factory, tasks, slow):
    monkeypatch.setattr("cleaner.batch.workers.pool._STOPPED", math.inf)
    never = len(tasks)
    with Pool(Job(factory), workers=1, timeout=0.25) as pool:
        outcomes = pool.map(slowly(tasks, 1 if slow == "source" else never), same)
        done = list(slowly(outcomes, 0 if slow == "consumer" else never))
    assert [o.failure for o in done] == [None] * len(tasks)


def test_a_page_stopped_while_the_caller_is_busy_is_given_time():
    with Pool(Job(batch_hooks.echo), workers=1, timeout=0.3) as pool:
        outcomes = pool.map(["a", "PAUSE-100", "b"], same)
        assert next(outcomes).failure is None
        (worker,) = children(pool.pid)
        os.kill(worker, signal.SIGSTOP)
        time.sleep(1.2)
        waking = threading.Timer(0.15, os.kill, (worker, signal.SIGCONT))
        waking.start()
        assert [o.failure for o in outcomes] == [None, None]
        waking.join()


def test_a_hanging_page_is_ended_while_the_source_is_slow(monkeypatch):
    monkeypatch.setattr("cleaner.batch.workers.pool._STOPPED", 0.02)
    read = []

    def source():
        yield "ILL-SLEEP"
        for number in range(100):
            read.append(number)
            time.sleep(0.05)
            yield "word"

    with Pool(Job(batch_hooks.echo), workers=2, timeout=0.1) as pool:
        first = next(pool.map(source(), same))
    assert first.failure.reason == "timeout"
    assert len(read) < 100


def test_workers_are_recycled_without_losing_a_task():
    outcomes = run(words(500), recycle=7)
    assert [o.value for o in outcomes] == [w.upper() for w in words(500)]


def test_large_tasks_and_answers_do_not_lock_the_pipes():
    tasks = ["x" * 3_000_000] * 12
    assert all(o.value == "X" * 3_000_000 for o in run(tasks))


def test_tasks_are_read_only_as_far_ahead_as_needed():
    taken = 0

    def endless():
        nonlocal taken
        while True:
            taken += 1
            yield "word"

    with Pool(Job(batch_hooks.echo), workers=2) as pool:
        outcomes = pool.map(endless(), same)
        for _ in range(20):
            next(outcomes)
        assert taken < 20 + 2 * 256 + 2


def test_no_more_than_so_many_bytes_wait_for_a_slow_page(monkeypatch):
    monkeypatch.setattr("cleaner.batch.workers.pool._HELD_BYTES", 5_000_000)
    taken = 0

    def large():
        nonlocal taken
        yield "PAUSE-500"
        while True:
            taken += 1
            yield "x" * 1_000_000

    with Pool(Job(batch_hooks.echo), workers=2) as pool:
        outcomes = pool.map(large(), len)
        assert next(outcomes).label == len("PAUSE-500")
        assert 5 < taken <= 6 + 2 * 6


@pytest.mark.parametrize(("until", "last"), [(0.0, True), (math.inf, False)])
def test_a_worker_past_its_time_says_which_answer_is_its_last(until, last):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        zygote.send(ours, (7, "word"))
        ours.shutdown(socket.SHUT_WR)
        zygote.serve(theirs, Job(batch_hooks.echo), str.upper, until)
        number, failure, value, _, ended = zygote.receive(ours)
    assert (number, failure, value, ended) == (7, None, "WORD", last)


def test_what_is_ready_goes_to_no_worker_and_keeps_its_place():
    with Pool(Job(batch_hooks.echo), workers=2) as pool:
        outcomes = list(pool.map(["a", "!skip", "b"], same, ready=lambda t: t.startswith("!")))
    assert [(o.label, o.value) for o in outcomes] == [("a", "A"), ("!skip", None), ("b", "B")]


def test_the_collector_rests_while_a_worker_has_a_page_and_only_there():
    with Pool(Job(batch_hooks.collector), workers=1) as pool:
        assert [o.value for o in pool.map(["a", "b"], same)] == [False, False]
    assert gc.isenabled()


def test_a_job_that_cannot_be_loaded_raises_in_the_parent():
    with Pool(Job(batch_hooks.broken), workers=1) as pool, pytest.raises(ValueError, match="rules are bad"):
        list(pool.map(["a"], same))


def children(pid):
    out = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    ).stdout
    return [int(x) for x in out.split()]


def test_workers_killed_from_outside_lose_nothing():
    tasks = ["PAUSE-5"] * 400
    with Pool(Job(batch_hooks.echo), workers=2) as pool:
        stop = threading.Event()

        def assassin():
            while not stop.wait(0.15):
                for pid in children(pool.pid)[:1]:
                    os.kill(pid, signal.SIGKILL)

        thread = threading.Thread(target=assassin)
        thread.start()
        outcomes = list(pool.map(tasks, same))
        stop.set()
        thread.join()
    assert len(outcomes) == 400
    assert [o.failure for o in outcomes if o.failure] == []


def test_a_killed_zygote_is_replaced():
    tasks = ["PAUSE-20"] * 60
    with Pool(Job(batch_hooks.echo), workers=2) as pool:
        outcomes = pool.map(tasks, same)
        first = [next(outcomes) for _ in range(5)]
        os.kill(pool.pid, signal.SIGKILL)
        rest = list(outcomes)
    assert [o.failure for o in first + rest] == [None] * 60


def test_no_process_outlives_the_pool():
    with Pool(Job(batch_hooks.echo), workers=2, timeout=60) as pool:
        outcomes = pool.map(["a", *["ILL-SPIN"] * 4], same)
        next(outcomes)
        zygote = pool.pid
        workers = children(zygote)
        assert workers
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and any(_alive(pid) for pid in [zygote, *workers]):
        time.sleep(0.05)
    assert not any(_alive(pid) for pid in [zygote, *workers])


def _alive(pid):
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
        return stat.rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
