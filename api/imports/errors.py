"""What can go wrong between us and whoever imports.

ImportRefusal
├── NoSuchImport      none has this id, or it is over for so long that its files are gone
├── ImportClosed      it is under way or done, and takes no more files
├── ImportEmpty       it has no files
├── ImportBusy        another one is under way
├── ImportNotStarted  the machine gives no further process
└── DiskFull          there is no room for a file
"""

from __future__ import annotations

from http import HTTPStatus

from api.errors import ApiError


class ImportRefusal(ApiError):
    """The root; mutations tell it as a user error of its code."""


class NoSuchImport(ImportRefusal):
    """There is none of that id."""

    code = "NOT_FOUND"
    status = HTTPStatus.NOT_FOUND


class ImportClosed(ImportRefusal):
    """It is under way, or was imported: nothing can be added to it or begun with it."""

    code = "IMPORT_CLOSED"
    status = HTTPStatus.CONFLICT


class ImportEmpty(ImportRefusal):
    """Nothing was uploaded yet."""

    code = "NO_FILES"
    status = HTTPStatus.CONFLICT


class ImportBusy(ImportRefusal):
    """One import is made at a time, and another one is under way."""

    code = "ALREADY_RUNNING"
    status = HTTPStatus.CONFLICT


class ImportNotStarted(ImportRefusal):
    """No process could be started."""

    code = "NOT_STARTED"
    status = HTTPStatus.SERVICE_UNAVAILABLE


class DiskFull(ImportRefusal):
    """The disk of the home has no room for what is to be uploaded."""

    code = "DISK_FULL"
    status = HTTPStatus.INSUFFICIENT_STORAGE
