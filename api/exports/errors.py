"""What can go wrong between us and whoever asks for an export."""

from __future__ import annotations

from http import HTTPStatus

from api.errors import ApiError


class NoSuchExport(ApiError):
    """There is none of that id, or it is another key's: nobody is told which."""

    code = "NOT_FOUND"
    status = HTTPStatus.NOT_FOUND


class NotDone(ApiError):
    """There is no file yet, or there never will be."""

    code = "NOT_DONE"
    status = HTTPStatus.CONFLICT


class ExportsFull(ApiError):
    """The key holds as many exports as it may, or all exports together fill their room."""

    code = "EXPORTS_FULL"
    status = HTTPStatus.TOO_MANY_REQUESTS
