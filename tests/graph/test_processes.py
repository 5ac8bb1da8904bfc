"""Processes told apart, whatever becomes of the clock."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import psutil
import pytest

from graph.processes import identity_of, is_alive, send, this_process


def test_this_process_is_alive_also_after_a_step_of_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    identity = this_process()
    assert is_alive(identity)
    before = psutil.Process().create_time()
    monkeypatch.setattr(psutil.Process, "create_time", lambda _: before + 3_600)
    assert is_alive(identity)


def test_a_process_that_has_ended_is_not_alive_nor_is_one_that_has_its_number_now() -> None:
    number, began = this_process()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        assert not is_alive((other.pid, began))
    assert not is_alive((other.pid, began))
    assert not is_alive((number, f"{began}0"))


def test_records_of_earlier_versions_are_understood() -> None:
    began = psutil.Process().create_time()
    assert is_alive((os.getpid(), began))
    assert not is_alive((os.getpid(), began - 60))


@pytest.mark.fault
def test_a_signal_reaches_its_process_after_a_step_of_the_clock_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        number, began = recorded = identity_of(child.pid)
        before = psutil.Process(number).create_time()
        monkeypatch.setattr(psutil.Process, "create_time", lambda _: before + 3_600)
        send((number, f"{began}0"), signal.SIGKILL)
        assert child.poll() is None
        send(recorded, signal.SIGTERM)
        assert child.wait(60) == -signal.SIGTERM
    send(recorded, signal.SIGTERM)  # it has ended: nobody is reached
