import { graphql } from '../graphql/tada'

export const Prospects = graphql(`
  query Prospects($brand: ID!, $after: String) {
    prospects(brand: $brand, first: 50, after: $after) {
      totalCount
      pageInfo {
        endCursor
        hasNextPage
      }
      nodes {
        creator {
          id
          handle
          region
          overall {
            value
            low
            high
            reason
            level
            levelCount
          }
          forecast {
            expectedUsd
            expectedRange {
              low
              high
            }
          }
          deliveryProbability {
            probability
            low
            high
          }
        }
        note
        product {
          id
          title
        }
        status
        invitation {
          offeredAt
          answeredAt
        }
        earlierCollaborations
        addedAt
      }
    }
  }
`)

export const ProspectsFile = graphql(`
  query ProspectsFile($brand: ID!, $after: String) {
    prospects(brand: $brand, first: 100, after: $after) {
      pageInfo {
        endCursor
        hasNextPage
      }
      nodes {
        creator {
          id
          handle
          region
        }
        note
        product {
          id
          title
        }
        status
      }
    }
  }
`)

export const UpdateProspect = graphql(`
  mutation UpdateProspect($input: UpdateProspectInput!) {
    updateProspect(input: $input) {
      prospect {
        updatedAt
      }
      userErrors {
        message
      }
    }
  }
`)
