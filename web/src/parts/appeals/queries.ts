import { graphql } from '../../graphql/tada'

export const Effect = graphql(`
  query AppealEffect($id: ID!) {
    node(id: $id) {
      ... on Appeal {
        id
        effect(by: OVERALL) {
          before
          after
          components {
            name
            change
          }
        }
      }
    }
  }
`)
