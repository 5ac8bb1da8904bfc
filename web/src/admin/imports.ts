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
