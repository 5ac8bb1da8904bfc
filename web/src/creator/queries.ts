import { graphql } from '../graphql/tada'
import { ScoreMoves, ScoreParts } from '../parts/ratings/fragments'

export const CreatorScores = graphql(
  `
    query CreatorScores($id: ID!, $window: Window!, $category: ID) {
      creator(id: $id) {
        id
        handle
        nickname
        bio
        region
        language
        verified
        followerCount
        likeCount
        videoCount
        profileUrl
        joinedAt
        scores(window: $window, category: $category) {
          ...ScoreParts
        }
        categories(first: 50) {
          nodes {
            id
            name
            parent {
              id
            }
          }
        }
        flags {
          id
          kind
          precision
        }
      }
    }
  `,
  [ScoreParts],
)

export const CreatorMoves = graphql(
  `
    query CreatorMoves($id: ID!, $by: Indicator!, $window: Window!, $category: ID, $every: Every!) {
      creator(id: $id) {
        id
        ...ScoreMoves
      }
    }
  `,
  [ScoreMoves],
)

export const CreatorOutlook = graphql(`
  query CreatorOutlook($id: ID!, $window: Window!, $category: ID) {
    creator(id: $id) {
      id
      sales(window: $window, category: $category) {
        exact
        gmvUsd
        orders
        units
        gmvRange {
          low
          high
        }
        ordersRange {
          low
          high
        }
      }
      forecast {
        exact
        expectedUsd
        medianUsd
        lowUsd
        highUsd
        saleProbability
        expectedRange {
          low
          high
        }
        medianRange {
          low
          high
        }
        lowRange {
          low
          high
        }
        highRange {
          low
          high
        }
      }
      coldStart {
        expectedUsd
        lowUsd
        highUsd
        basis
      }
      deliveryProbability {
        probability
        low
        high
        basis
        promises
        samples
        reasons {
          name
          text
          logOdds
        }
      }
      audience {
        dimension
        bucket
        share
      }
    }
    scoringRuns(first: 1) {
      nodes {
        asOf
        forecastMethod {
          backtest {
            covered
            creators
            reliability {
              probability
              sold
              creators
            }
          }
        }
        deliveryModel {
          brier
          groupMeanBrier
          replayed
        }
      }
    }
  }
`)

export const CreatorWork = graphql(`
  query CreatorWork($id: ID!) {
    creator(id: $id) {
      id
      othersCollaborations {
        count
      }
      collaborations(first: 10) {
        totalCount
        nodes {
          id
          kind
          status
          offeredAt
          dueAt
          deliveredAt
          rating
          commissionRate
          fee {
            amount
            currency
          }
          brand {
            id
            name
          }
          sales {
            gmvUsd
            gmvRange {
              low
              high
            }
          }
        }
      }
      content(first: 10) {
        totalCount
        nodes {
          id
          kind
          title
          publishedAt
          views
          likes
          comments
          shares
          sales {
            gmvUsd
            gmvRange {
              low
              high
            }
          }
        }
      }
    }
  }
`)

export const CreatorLookalikes = graphql(`
  query CreatorLookalikes($id: ID!) {
    creator(id: $id) {
      id
      lookalikes(first: 8) {
        similarity
        creator {
          id
          handle
          region
          followerCount
          overall {
            value
            low
            high
            reason
          }
        }
        reasons {
          kind
          text
        }
      }
    }
  }
`)

export const CreatorChance = graphql(`
  query CreatorChance($id: ID!, $other: ID!, $by: Indicator!, $window: Window!, $category: ID) {
    creator(id: $id) {
      id
      probabilityAbove(creator: $other, by: $by, window: $window, category: $category)
    }
    other: creator(id: $other) {
      id
      handle
      scores(window: $window, category: $category) {
        indicator
        value
        low
        high
        reason
      }
    }
  }
`)
