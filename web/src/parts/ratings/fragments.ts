import { graphql } from '../../graphql/tada'

/** All that a score says about itself. */
export const ScoreParts = graphql(`
  fragment ScoreParts on Score {
    indicator
    value
    low
    high
    evidence
    reason
    basis
    percentile
    rankLow
    rankHigh
    level
    levelCount
    peers
    outward
    previous
    explanation {
      base
      components {
        name
        contribution
        raw
        shrunk
        peerMedian
        weight
        note
      }
    }
  }
`)

/** What moved one score, and the events behind it. */
export const ScoreMoves = graphql(`
  fragment ScoreMoves on Creator {
    history(by: $by, every: $every, last: 90) {
      asOf
      value
      low
      high
      formulaVersion
      formulaChanged
    }
    scoreChange(by: $by, window: $window, category: $category) {
      since {
        asOf
      }
      change
      own
      peers
      formula
      reason
      components {
        name
        change
        rawBefore
        rawAfter
      }
      events {
        kind
        entered
        left
        points
      }
      rest
    }
    scoreEvents(by: $by, window: $window, category: $category, first: 10) {
      events {
        kind
        at
        points
        node {
          id
          ... on Content {
            title
            contentKind: kind
          }
          ... on Collaboration {
            collaborationKind: kind
            brand {
              name
            }
          }
          ... on Product {
            productTitle: title
          }
          ... on Report {
            days
          }
        }
      }
      others
      hidden
      salesHeld
    }
  }
`)
