import { graphql } from '../../graphql/tada'

export const Found = graphql(`
  query Found($query: String!, $kinds: [SearchKind!]!) {
    search(query: $query, kinds: $kinds, first: 8) {
      edges {
        node {
          __typename
          id
          ... on Creator {
            handle
            nickname
            region
            overall {
              value
            }
          }
          ... on Brand {
            name
          }
          ... on Product {
            title
          }
          ... on Category {
            name
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
