import { graphql } from '../../graphql/tada'

export const Found = graphql(`
  query Found($query: String!) {
    search(query: $query, kinds: [CREATOR], first: 8) {
      edges {
        node {
          id
          ... on Creator {
            handle
            nickname
            region
            overall {
              value
            }
          }
        }
        highlights {
          field
          pieces {
            text
            matched
          }
        }
      }
    }
  }
`)
