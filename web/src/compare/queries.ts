import { graphql } from '../graphql/tada'

export const Compared = graphql(`
  query Compared($creators: [ID!]!, $window: Window!, $category: ID) {
    compare(creators: $creators, window: $window, category: $category) {
      missing
      category {
        id
        name
      }
      creators {
        id
        handle
        nickname
        region
        followerCount
        sales(window: $window, category: $category) {
          gmvUsd
          gmvRange {
            low
            high
          }
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
        }
      }
      indicators {
        indicator
        best {
          id
        }
        scores {
          creator {
            id
          }
          value
          low
          high
          reason
        }
        differences {
          ahead {
            id
          }
          behind {
            id
          }
          points
          distinct
        }
      }
    }
  }
`)

export const Overlaps = graphql(`
  query Overlaps($creators: [ID!]!) {
    overlap(creators: $creators) {
      pairs {
        one {
          id
          handle
        }
        other {
          id
          handle
        }
        sharedBrands {
          count
          others
          brands {
            name
          }
        }
        sharedProducts {
          count
          others
        }
        audience {
          age
          gender
          location
        }
      }
    }
  }
`)
