/** The brands of the viewer's key. */
import { graphql } from '../../graphql/tada'

export const OwnBrands = graphql(`
  query OwnBrands {
    viewer {
      brands {
        id
        name
      }
    }
  }
`)
