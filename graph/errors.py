"""What can go wrong between us and the graph.

GraphError
├── ServerError              the private Neo4j
│   ├── UnsupportedPlatform    no runtime for this machine
│   ├── JarRefused             a downloaded file is not what the lock says
│   ├── JarUnavailable         a file could not be downloaded
│   ├── ServerStartFailed      the process ended, or never answered
│   │   └── StoreUnreadable      its store cannot be opened, and no new start helps
│   ├── ServerBroken           the running server must be started again before it answers
│   ├── ServerInUse            someone else still needs the running server
│   ├── ArchiveFailed          no archive of its classes was made
│   └── OfflineCommandFailed   import, dump, load or check ended with an error
├── BackupError              a backup file that cannot be used
├── DatabaseUnreachable      no answer, or the password is refused
├── OutOfTime                a query took longer than it may
├── Busy                     too much that is expensive is under way or waits
└── SchemaNewer              the database was written by a newer version
"""


class GraphError(Exception):
    """The root of every error that `graph` raises on purpose."""


class ServerError(GraphError):
    """The private Neo4j could not do what was asked."""


class UnsupportedPlatform(ServerError):
    """There is no bundled runtime for this operating system."""


class JarRefused(ServerError):
    """A file's content differs from the checksum in the lock."""


class JarUnavailable(ServerError):
    """A file of the lock is neither cached nor to be had over the network."""


class ServerStartFailed(ServerError):
    """The server process ended early or did not answer in time."""


class StoreUnreadable(ServerStartFailed):
    """The files of the database are damaged: only a backup brings them back."""


class ServerBroken(ServerError):
    """The running server has met an error after which its store only opens again at a new start, such as a full disk."""


class ServerInUse(ServerError):
    """The running server is still needed by another process."""


class ArchiveFailed(ServerError):
    """The classes of the private server could not be archived; it starts without."""


class OfflineCommandFailed(ServerError):
    """An offline command of Neo4j ended with an error."""


class BackupError(GraphError):
    """A backup cannot be written or read."""


class DatabaseUnreachable(GraphError):
    """The database does not answer, or refuses the credentials."""


class SchemaNewer(GraphError):
    """The database was written by a newer version of creatorgraph."""


class OutOfTime(GraphError):
    """A query took longer than it may, the wait for its turn included."""


class Busy(GraphError):
    """Too much that is expensive is under way or waits; `own` tells whether it is the holder's own."""

    def __init__(self, message: str, *, own: bool) -> None:
        """Keep whose work is in the way."""
        super().__init__(message)
        self.own = own
