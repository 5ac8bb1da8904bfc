import { graphql } from '../graphql/tada'

export const Imports = graphql(`
  query DataImports($after: String) {
    viewer {
      dataImports(first: 20, after: $after) {
        pageInfo {
          endCursor
          hasNextPage
        }
        nodes {
          importId
          status
          ofCommandLine
          createdAt
          startedBy
          created
          changed
          rejected
        }
      }
    }
  }
`)

export const Import = graphql(`
  query DataImport($id: ID!) {
    viewer {
      dataImport(id: $id) {
        importId
        status
        createdAt
        startedBy
        mapping
        encoding
        delimiter
        fileCount
        bytes
        rowsRead
        rowsExpected
        table
        waitsFor
        cancelRequested
        endedAt
        error
        expiresAt
        rejectsUrl
        rejects {
          name
          table
          url
        }
        check {
          ...Summary
        }
        summary {
          ...Summary
        }
      }
    }
  }

  fragment Summary on ImportSummary {
    tables {
      name
      read
      created
      changed
      unchanged
      rejected
      erased
    }
    skipped {
      kind
      subject
      count
    }
    unread {
      kind
      subject
      count
    }
    noted {
      kind
      subject
      count
    }
    reasons {
      table
      file
      record
      column
      value
      rule
      remedy
      count
    }
  }
`)

export const RejectedRows = graphql(`
  query RejectedRows($import: ID!, $table: String!) {
    viewer {
      rejectedRows(import: $import, table: $table, first: 20) {
        nodes {
          row
          place
          column
          value
          rule
          remedy
          cells {
            column
            value
          }
        }
        pageInfo {
          hasNextPage
        }
      }
    }
  }
`)

export const MappingPreview = graphql(`
  query MappingPreview($import: ID!, $mapping: String, $file: String, $edits: MappingEditsInput) {
    viewer {
      mappingPreview(import: $import, mapping: $mapping, file: $file, edits: $edits) {
        files
        file
        mapping
        error
        layout {
          encoding
          delimiter
          decimal
          zone
        }
        header
        sections {
          section
          table
          unused {
            column
          }
        }
        unmapped
        columns {
          section
          table
          column
          needed
          time
          dates
          note
          sources
          constant
          how
        }
        rows {
          place
          table
          cells {
            column
            value
          }
          column
          value
          rule
          remedy
        }
      }
    }
  }
`)

export const MapImport = graphql(`
  mutation MapDataImport($id: ID!, $mapping: String, $encoding: String, $delimiter: String) {
    mapDataImport(input: { importId: $id, mapping: $mapping, encoding: $encoding, delimiter: $delimiter }) {
      userErrors {
        message
      }
    }
  }
`)

export const CreateImport = graphql(`
  mutation CreateDataImport {
    createDataImport(input: {}) {
      dataImport {
        importId
      }
      userErrors {
        message
      }
    }
  }
`)

export const CheckImport = graphql(`
  mutation CheckDataImport($id: ID!) {
    checkDataImport(input: { importId: $id }) {
      userErrors {
        message
      }
    }
  }
`)

export const StartImport = graphql(`
  mutation StartDataImport($id: ID!) {
    startDataImport(input: { importId: $id }) {
      userErrors {
        message
      }
    }
  }
`)

export const CancelImport = graphql(`
  mutation CancelDataImport($id: ID!) {
    cancelDataImport(input: { importId: $id }) {
      userErrors {
        message
      }
    }
  }
`)

export const DeleteImport = graphql(`
  mutation DeleteDataImport($id: ID!) {
    deleteDataImport(input: { importId: $id }) {
      userErrors {
        message
      }
    }
  }
`)

export const MendRows = graphql(`
  mutation MendRejectedRows($import: ID!, $table: String!, $rows: [MendedRowInput!]!) {
    mendRejectedRows(input: { importId: $import, table: $table, rows: $rows }) {
      dataImport {
        importId
      }
      userErrors {
        message
      }
    }
  }
`)
