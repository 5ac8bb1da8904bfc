import { graphql, type ResultOf } from '../graphql/tada'

export const RunCypher = graphql(`
  query RunCypher($query: String!, $parameters: JSON) {
    cypher(query: $query, parameters: $parameters, limit: 1000, timeoutSeconds: 30, plan: true) {
      columns {
        name
        type
      }
      rows
      rowCount
      truncated
      milliseconds
      plan
      notifications {
        code
        description
        line
      }
    }
  }
`)

export const ExplainCypher = graphql(`
  query ExplainCypher($query: String!, $parameters: JSON) {
    explainCypher(query: $query, parameters: $parameters) {
      allowed
      estimatedRows
      plan
      refusals {
        rule
        name
        remedy
      }
    }
  }
`)

export const SavedQueries = graphql(`
  query SavedQueries {
    savedQueries(first: 100) {
      name
      version
      description
      text
      builtIn
      parameters {
        name
        default
      }
    }
  }
`)

export const SaveQuery = graphql(`
  mutation SaveQuery($input: SaveQueryInput!) {
    saveQuery(input: $input) {
      savedQuery {
        name
        version
      }
      userErrors {
        message
      }
    }
  }
`)

export const DeleteSavedQuery = graphql(`
  mutation DeleteSavedQuery($name: String!) {
    deleteSavedQuery(input: { name: $name }) {
      name
      userErrors {
        message
      }
    }
  }
`)

export type Result = NonNullable<ResultOf<typeof RunCypher>['cypher']>
export type Explanation = NonNullable<ResultOf<typeof ExplainCypher>['explainCypher']>
export type Saved = NonNullable<ResultOf<typeof SavedQueries>['savedQueries']>[number]
