"""One private Neo4j: started where it does not run, shared where it does."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

from graph.errors import DatabaseUnreachable, ServerBroken, ServerInUse, ServerStartFailed, StoreUnreadable
from graph.processes import Identity, send
from graph.server.configuration import Memory
from graph.server.home import LEAST_FREE, USER, Home, write_private
from graph.server.jars import Progress
from graph.server.leases import DETACHED, Lease, drop_dead_leases, is_patient, live_leases
from graph.server.locks import held, is_taken, take
from graph.server.ports import free_port
from graph.server.runtime import Runtime

MAIN: Final = "org.neo4j.server.CommunityEntryPoint"
SECONDS_TO_ANSWER: Final = 180
SECONDS_TO_STOP: Final = 120
SECONDS_BETWEEN_TRIES: Final = 0.1


@dataclass(slots=True)
class PrivateServer:
    """A Neo4j on loopback that keeps its data in `home` and lives while any process has started it.

    Starting where another process has already started shares that server, with the memory it has. A `patient` user lets
    others stop it for a backup, and calls `revive` where it is away.
    """

    home: Path
    cache: Path
    memory: Memory = field(default_factory=Memory.for_machine)
    progress: Progress | None = None
    java_options: tuple[str, ...] = ()
    patient: bool = False
    _lease: Lease | None = field(default=None, init=False)

    @property
    def uri(self) -> str:
        """The address for a driver; the port is chosen at the first start and kept while it is free."""
        return f"bolt://127.0.0.1:{self._home.port.read_text('utf-8').strip()}"

    @property
    def auth(self) -> tuple[str, str]:
        """User and password for a driver."""
        return USER, self._home.password()

    @property
    def running(self) -> bool:
        """Whether a server runs on this home, whoever started it."""
        return self._home.record.exists() and is_taken(self._home.alive)

    @property
    def users(self) -> list[str]:
        """Who needs the running server: `detached`, or a process id and a random part."""
        return live_leases(self._home.leases) if self.running else []

    def start(self) -> Self:
        """Start or share the server, and return when it answers queries."""
        if self._lease is None:
            # Its files are checked only to start a server: that takes longer than a small import.
            runtime = None if self.running else Runtime.ready(self.cache, progress=self.progress)
            self._home.prepare()
            with held(self._home.guard):
                drop_dead_leases(self._home.leases)
                self._lease = Lease.taken(self._home.leases, patient=self.patient)
                try:
                    if self.running:
                        self._renew()
                    else:
                        self._spawn(runtime or Runtime.ready(self.cache, progress=self.progress))
                except BaseException:
                    self._release()
                    raise
        try:
            self._await_answer()
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """Give the server back, and end it where nobody else needs it."""
        if self._lease is None:
            return
        self._release()
        with held(self._home.guard):
            if not live_leases(self._home.leases):
                self._terminate()

    @property
    def wanted(self) -> bool:
        """Whether this process has started the server and nobody has ended it by force since."""
        return self._lease is not None and self._lease.path.exists()

    @property
    def broken(self) -> bool:
        """Whether the running server refuses every query until it is started again."""
        if not self.running:
            return False
        try:
            self._answers()
        except ServerBroken:
            return True
        except ServerStartFailed:  # it has not been open at all, and another start would fail as this one did
            return False
        return False

    def revive(self) -> bool:
        """Start the server again where it has ended under us or is broken; False where another process works on its store just now."""
        guard = take(self._home.guard, wait=False)
        if guard is None:
            return False
        try:
            self._renew()
        finally:
            os.close(guard)
        self._await_answer()
        return True

    def _renew(self) -> None:
        """Start a server that has ended or is broken; to be called while the guard is held."""
        if self.wanted and (not self.running or self.broken):
            self._spawn(Runtime.ready(self.cache), detached=DETACHED in live_leases(self._home.leases))

    def kill(self) -> None:
        """End the server as a crash would, unless others need it; the next start recovers what was written."""
        self._release()
        if self._home.leases.exists() and not live_leases(self._home.leases):
            self._signal(signal.SIGKILL)

    def outlast(self, seconds: float) -> None:
        """Wait for a server that nobody needs any more to end; after `seconds` it is killed. One that is needed is left alone."""
        deadline = time.monotonic() + seconds
        while is_taken(self._home.alive) and not self.users and time.monotonic() < deadline:
            time.sleep(SECONDS_BETWEEN_TRIES)
        if not self.users:
            self._signal(signal.SIGKILL)

    def detach(self) -> None:
        """Let the server run on after this process, until `shut_down`."""
        (self._home.leases / DETACHED).touch(mode=0o600)

    def shut_down(self, *, force: bool = False) -> None:
        """End the server, also a detached one; refuse while other processes need it unless `force`."""
        if (others := self._others()) and not force:
            raise ServerInUse(f"{self.home}: the database is still used by {_named(others)}; stop those first, or use --force")
        self._release()
        if self._home.root.exists():
            with held(self._home.guard):
                for name in (DETACHED, *others):
                    (self._home.leases / name).unlink(missing_ok=True)
                self._terminate()

    @contextmanager
    def stopped(self) -> Generator[Home]:
        """Yield the home with nothing running on it; whoever wants to start waits until the block ends.

        A server that is detached, or that only patient users need, is started again after the block; `ServerInUse`
        where anyone else needs it, `ServerStartFailed` where it could not be started again for want of space.
        """
        self._home.prepare()
        self._refuse_full_disk()
        self._release()
        with held(self._home.guard):
            users = live_leases(self._home.leases)
            if impatient := [user for user in users if not is_patient(user)]:
                raise ServerInUse(f"{self.home}: the database is used by {_named(impatient)}; wait until that ends, or stop it")
            self._terminate()
            try:
                yield self._home
            finally:
                if users:
                    self._spawn(Runtime.ready(self.cache), detached=DETACHED in users)
        if users:
            self._await_answer()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *error: object) -> None:
        self.stop()

    @property
    def _home(self) -> Home:
        return Home(self.home)

    def _others(self) -> list[str]:
        own = self._lease.path.name if self._lease else None
        return [user for user in self.users if user not in {DETACHED, own}]

    def _spawn(self, runtime: Runtime, *, detached: bool = False) -> None:
        """Start the supervisor, which starts the server; what an earlier one left is ended first."""
        self._terminate()
        self._refuse_full_disk()
        if not detached:
            (self._home.leases / DETACHED).unlink(missing_ok=True)
        self._home.sweep()
        self._home.password()
        port = free_port(self._home.port)
        write_private(self._home.port, str(port))
        self._home.configure(port=port, memory=self.memory)
        folders = (f"--home-dir={self.home}", f"--config-dir={self._home.configuration}")
        # All of the heap from the start: while it grows, the collector marks it again and again, and stops all queries for that.
        options = (f"-Xms{self.memory.heap}m", *self.java_options)
        command = runtime.command(MAIN, *folders, heap=self.memory.heap, options=options)
        subprocess.run(
            [sys.executable, "-m", "graph.server.supervisor", str(self.home), *command],
            env=runtime.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            check=False,
        )
        while not self.running:
            if not is_taken(self._home.alive):
                raise ServerStartFailed(f"{self.home}: the server exited immediately: {self._last_words()}")
            time.sleep(SECONDS_BETWEEN_TRIES)

    def _refuse_full_disk(self) -> None:
        if self._home.is_full:
            raise ServerStartFailed(
                f"{self.home}: only {self._home.free / 1e6:,.1f} MB are free, and the database needs {LEAST_FREE / 1e6:,.0f} MB to start; "
                "free some space, or set CREATORGRAPH_HOME to a folder on another disk"
            )

    def _await_answer(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_ANSWER
        while not self._answers():
            if not self.running:
                raise ServerStartFailed(f"{self.home}: the server ended while starting: {self._last_words()}")
            if time.monotonic() > deadline:
                raise ServerStartFailed(f"{self.home}: no answer after {SECONDS_TO_ANSWER} s: {self._last_words()}; see its logs folder")
            time.sleep(SECONDS_BETWEEN_TRIES)

    def _answers(self) -> bool:
        # Imported late: the supervisor shares this package and should stay small.
        from graph.server.readiness import answers

        try:
            return answers(self.uri, self.auth)
        except StoreUnreadable as error:
            self._refuse_full_disk()
            raise StoreUnreadable(
                f"{self.home}: the database's files cannot be opened ({error}); logs/debug.log there says why: mend memory or permissions"
                " and start again, or, where files are damaged, restore a backup with `creatorgraph db restore FILE`"
            ) from error

    def _release(self) -> None:
        if self._lease is not None:
            self._lease.release()
            self._lease = None

    def _terminate(self) -> None:
        """End whatever runs on this home: the supervisor ends the server, unless it was killed itself.

        A store that broke, as on a full disk, has half a transaction at the end of its logs: closed in order it would write behind that,
        and could not be recovered any more; killed, it is.
        """
        self._signal(signal.SIGKILL if self._home.is_full or self._is_broken() else signal.SIGTERM)
        deadline = time.monotonic() + SECONDS_TO_STOP
        while is_taken(self._home.alive):
            if time.monotonic() > deadline:
                raise ServerInUse(f"{self.home}: the database did not end within {SECONDS_TO_STOP} s; stop it manually")
            time.sleep(SECONDS_BETWEEN_TRIES)
        self._home.record.unlink(missing_ok=True)

    def _is_broken(self) -> bool:
        try:
            return self.broken
        except DatabaseUnreachable:  # the password is another: nothing is known of the store
            return False

    def _signal(self, signum: signal.Signals) -> None:
        for process in self._processes() if is_taken(self._home.alive) else []:
            send(process, signum)

    def _processes(self) -> list[Identity]:
        """Return supervisor and server, as recorded by the one that holds the lock."""
        text = self._home.alive.read_text("utf-8") if self._home.alive.exists() else ""
        return [(number, began) for number, began in json.loads(text)["processes"]] if text else []

    def _last_words(self) -> str:
        """Return the last line that the server printed, which names its reason."""
        lines = self._home.console.read_text("utf-8", "replace").split("\n") if self._home.console.exists() else []
        return next((line for line in reversed(lines) if line.strip() and line.isprintable()), "it printed nothing")


def _named(users: list[str]) -> str:
    return f"{', '.join(users)} (process id first)"
