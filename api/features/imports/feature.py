"""Imports: files that administrators upload, tried and loaded, and what was rejected mended."""

from __future__ import annotations

from typing import Final

from api.features.example import Example, Examples
from api.features.feature import Feature
from api.features.imports.imports import data_import, data_imports, rejected_rows
from api.features.imports.mutations import Mutation
from api.features.imports.reading import mapping_preview
from api.graphql.execution.field_context import Computed

LISTED: Final = Example(
    "What was imported, by whom and with what result (begin an import by the mutation createDataImport)",
    """
query DataImports {
  viewer {
    dataImports(first: 20) {
      nodes { importId status createdAt startedBy ofCommandLine fileCount bytes created changed rejected error }
      pageInfo { endCursor hasNextPage }
      totalCount
    }
  }
}
""",
)

ONE: Final = Example(
    "How far one import is, and what it rejected (fill in its id)",
    """
query DataImport($import: ID!) {
  viewer {
    dataImport(id: $import) {
      status rowsRead rowsExpected table waitsFor error
      summary {
        tables { name read created changed unchanged rejected }
        reasons { table file record column value rule remedy count }
      }
      rejects { name bytes table url }
    }
    rejectedRows(import: $import, table: "creators", first: 10) {
      nodes { row place column value rule remedy cells { column value } }
    }
  }
}
""",
    {"import": "put its id here"},
)

MAPPED: Final = Example(
    "How the first records of an uploaded file would be read, by a mapping that is proposed from them (fill in the import's id)",
    """
query MappingPreview($import: ID!) {
  viewer {
    mappingPreview(import: $import) {
      files file mapping error unmapped
      columns { table column sources constant how }
      rows { place table cells { column value } column value rule remedy }
    }
  }
}
""",
    {"import": "put its id here"},
)

EXAMPLES: Final[Examples] = {"admin": (LISTED, ONE, MAPPED)}

FIELDS: Final[dict[tuple[str, str], Computed]] = {
    ("Viewer", "dataImports"): data_imports,
    ("Viewer", "dataImport"): data_import,
    ("Viewer", "rejectedRows"): rejected_rows,
    ("Viewer", "mappingPreview"): mapping_preview,
}

FEATURE: Final = Feature(
    fields=FIELDS,
    shows_scores=False,
    fleeting=dict.fromkeys(FIELDS, "files are uploaded and read, whether or not the data change"),
    costs={"dataImports": 20, "dataImport": 5, "rejectedRows": 20, "mappingPreview": 20},
    sizes={
        ("ImportSummary", "reasons"): 20,
        ("ImportSummary", "tables"): 10,
        ("RejectedTableRow", "cells"): 20,
        ("MappingPreview", "rows"): 10,
    },
    examples=EXAMPLES,
    mutation=Mutation,
)
