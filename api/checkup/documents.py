"""The trusted documents: can they be read, and do they fit the schema?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from api.checkup.finding import Finding, fail, ok
from api.settings import Settings

SUBJECT: Final = "documents"


def documents(settings: Settings) -> Iterator[Finding]:
    """Is each trusted document fit to be served?"""
    if not settings.documents and not settings.only_trusted_documents:
        yield ok(SUBJECT, "no document is named as trusted")
        return
    # Imported late: the schema takes as long to import as all other checks take.
    from api.process.state import limits
    from api.trusted.checking import problems
    from api.trusted.documents import read
    from api.trusted.manifest import DocumentsRefused
    from api.trusted.manifest import documents as documents_in

    try:
        wrong = problems(documents_in(settings.documents), limits(settings))
        for each in wrong:
            what, _, remedy = each.rpartition("; ")
            yield fail(SUBJECT, what, remedy)
        if not wrong:
            trusted = read(settings)
            only = (
                f"; keys of the roles {', '.join(sorted(settings.only_trusted_documents))} may run no others"
                if settings.only_trusted_documents
                else ""
            )
            yield ok(SUBJECT, f"{len(trusted)} trusted, {len(trusted.tools)} of them tools of agents{only}")
    except DocumentsRefused as error:
        what, _, remedy = error.message.rpartition("; ")
        yield fail(SUBJECT, what, remedy)
