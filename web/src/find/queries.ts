import { graphql } from '../graphql/tada'

export const CreatorsFound = graphql(`
  query CreatorsFound(
    $filter: CreatorFilter
    $sort: [CreatorOrder!]
    $excludeFlagged: Boolean!
    $window: Window!
    $category: ID
    $first: Int!
    $after: String
    $withHistory: Boolean!
    $by: Indicator!
  ) {
    creators(filter: $filter, sort: $sort, excludeFlagged: $excludeFlagged, first: $first, after: $after) {
      totalCount
      pageInfo {
        endCursor
        hasNextPage
      }
      nodes {
        id
        handle
        nickname
        region
        language
        verified
        followerCount
        joinedAt
        scores(window: $window, category: $category) {
          indicator
          value
          low
          high
          evidence
          reason
          rankLow
          rankHigh
          level
          levelCount
          peers
          previous
          topProbability(k: TOP_50)
        }
        influence(window: $window, category: $category) {
          explanation {
            components {
              name
              raw
            }
          }
        }
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
          low
          high
        }
        reports(first: 1) {
          nodes {
            videoEngagementRate
          }
        }
        content(first: 1) {
          nodes {
            publishedAt
          }
        }
        history(by: $by, every: WEEK, last: 12) @include(if: $withHistory) {
          asOf
          value
        }
      }
    }
  }
`)

export const FilterChoices = graphql(`
  query FilterChoices {
    viewer {
      regions
      brands {
        id
        name
      }
    }
    categories(first: 100) {
      nodes {
        id
        name
        rated
        parent {
          id
        }
      }
    }
  }
`)

export const FilterCounts = graphql(`
  query FilterCounts($filter: CreatorFilter, $sort: [CreatorOrder!], $excludeFlagged: Boolean!) {
    creators(filter: $filter, sort: $sort, excludeFlagged: $excludeFlagged, first: 1) {
      facets {
        regions {
          region
          count
        }
        categories {
          category
          count
        }
        verified {
          verified
          count
        }
      }
    }
  }
`)
