"""A lease counts while its process lives, whatever ends it."""

import subprocess
import sys
from pathlib import Path

from graph.server.leases import DETACHED, Lease, drop_dead_leases, live_leases

HOLD = """
import sys
from pathlib import Path
from graph.server.leases import Lease
lease = Lease.taken(Path(sys.argv[1]))
print(flush=True)
input()
"""


def test_a_lease_ends_with_its_release(tmp_path: Path) -> None:
    lease = Lease.taken(tmp_path)
    assert live_leases(tmp_path) == [lease.path.name]
    lease.release()
    assert live_leases(tmp_path) == []


def test_a_killed_process_holds_no_lease(tmp_path: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        assert [name.split("-")[0] for name in live_leases(tmp_path)] == [str(holder.pid)]
        holder.kill()
        holder.wait()
    assert live_leases(tmp_path) == []
    drop_dead_leases(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_detached_server_is_needed_by_nobody_in_particular(tmp_path: Path) -> None:
    (tmp_path / DETACHED).touch()
    drop_dead_leases(tmp_path)
    assert live_leases(tmp_path) == [DETACHED]
