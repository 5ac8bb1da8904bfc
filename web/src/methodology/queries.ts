import { graphql } from '../graphql/tada'

export const Methodology = graphql(`
  query Methodology {
    methodology {
      formulaVersion
      principles
      forecast
      indicators {
        indicator
        question
        formula
        minimum
        overallWeight
        components {
          name
          meaning
          direction
          weight
          unit
          scale
          prior
          groups
          readings {
            name
            meaning
            basis
            formula
            worth
          }
        }
      }
    }
  }
`)
