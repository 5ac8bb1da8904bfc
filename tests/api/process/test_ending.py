"""A signal unwinds a command; what does not end in time is cut off, with its children."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import psutil
import pytest

ORDERLY = """
from api.process.ending import interrupted, on_signals
import time
on_signals()
try:
    print(flush=True)
    time.sleep(60)
finally:
    print("unwound", flush=True)
"""
IMPORTING = """
from api import commands
import os, signal, time

class Field:
    def __set_name__(self, owner, name):
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(60)

commands.app = lambda: type("Type", (), {"field": Field()})
commands.main()
"""
STUCK = """
from api.process import ending
import signal, subprocess, sys, threading, time
ending.SECONDS[signal.SIGINT] = 0.5
ending.at_last(lambda: print("at last", flush=True))
ending.on_signals()
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
threading.Thread(target=time.sleep, args=(60,)).start()
print(child.pid, flush=True)
time.sleep(60)
"""


def begun(text: str) -> tuple[subprocess.Popen[str], str]:
    process = subprocess.Popen([sys.executable, "-c", text], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    return process, process.stdout.readline().strip()


@pytest.mark.parametrize(("by", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_unwinds_with_the_code_that_shells_expect(by: signal.Signals, code: int) -> None:
    process, _ = begun(ORDERLY)
    process.send_signal(by)
    said, _ = process.communicate(timeout=30)
    assert (said, process.returncode) == ("unwound\n", code)


def test_what_does_not_end_in_time_is_cut_off_with_its_children() -> None:
    process, child = begun(STUCK)
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=30)
    assert (said, process.returncode) == ("at last\n", 130)
    assert time.monotonic() - began < 20, "the thread would have slept for a minute"
    deadline = time.monotonic() + 20
    while psutil.pid_exists(int(child)) and psutil.Process(int(child)).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline, "the child lives on"
        time.sleep(0.05)


def test_a_signal_while_classes_are_made_is_no_failure() -> None:
    done = subprocess.run([sys.executable, "-c", IMPORTING], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr.strip()) == (143, "Stopping ...")
