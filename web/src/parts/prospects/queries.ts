/** A brand's list of creators to invite, as pages that name creators change it. */
import { graphql } from '../../graphql/tada'

export const Listed = graphql(`
  query Listed($brand: ID!, $creators: [ID!]!) {
    prospects(brand: $brand, creators: $creators, first: 100) {
      nodes {
        creator {
          id
        }
      }
    }
  }
`)

export const ProspectProducts = graphql(`
  query ProspectProducts($brand: ID!) {
    brand(id: $brand) {
      products(first: 100) {
        nodes {
          id
          title
        }
      }
    }
  }
`)

export const AddProspects = graphql(`
  mutation AddProspects($input: AddProspectsInput!) {
    addProspects(input: $input) {
      added
      missing
      userErrors {
        message
      }
    }
  }
`)

export const RemoveProspects = graphql(`
  mutation RemoveProspects($input: RemoveProspectsInput!) {
    removeProspects(input: $input) {
      removed
      userErrors {
        message
      }
    }
  }
`)
