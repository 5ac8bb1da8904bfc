import { graphql } from '../graphql/tada'
import { ScoreMoves, ScoreParts } from '../parts/ratings/fragments'

export const OwnScores = graphql(
  `
    query OwnScores($window: Window!, $category: ID) {
      viewer {
        creator {
          id
          handle
          nickname
          salesConsent
          scores(window: $window, category: $category) {
            ...ScoreParts
          }
          categories(first: 50) {
            nodes {
              id
              name
            }
          }
          rights {
            objectsSince
            erasureRequestedAt
            erasureDueAt
          }
        }
      }
    }
  `,
  [ScoreParts],
)

export const OwnMoves = graphql(
  `
    query OwnMoves($by: Indicator!, $window: Window!, $category: ID, $every: Every!) {
      viewer {
        creator {
          id
          improvements(by: $by, window: $window, category: $category, first: 5) {
            name
            text
            value
            low
            high
            gain
          }
          ...ScoreMoves
        }
      }
    }
  `,
  [ScoreMoves],
)

export const WhoLooked = graphql(`
  query WhoLooked($after: String) {
    viewer {
      creator {
        id
        disclosures(first: 50, after: $after) {
          nodes {
            at
            channel
            scope
            operation
            times
            role
            holder
            brands {
              name
            }
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  }
`)

export const Contestable = graphql(`
  query Contestable($kinds: [ContestableKind!], $after: String) {
    viewer {
      creator {
        id
        contestable(kinds: $kinds, first: 20, after: $after) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          nodes {
            subjectId
            kind
            at
            subject {
              id
              ... on Content {
                title
              }
              ... on Collaboration {
                status
                brand {
                  name
                }
              }
              ... on Sale {
                orderId
                quantity
                product {
                  title
                }
              }
              ... on Flag {
                flagKind: kind
              }
            }
            appeal {
              id
              status
              kind
              reason
              evidence
              answer
              createdAt
              dueAt
              decidedAt
            }
          }
        }
      }
    }
  }
`)

export const WhatIsHeld = graphql(`
  query WhatIsHeld {
    viewer {
      creator {
        id
        handle
        nickname
        bio
        region
        registerRegion
        language
        verified
        followerCount
        followingCount
        likeCount
        videoCount
        joinedAt
        firstSeenAt
        audience {
          dimension
          bucket
          share
        }
        content(first: 1) {
          totalCount
        }
        collaborations(first: 1) {
          totalCount
        }
        products(first: 1) {
          totalCount
        }
        reports(first: 1) {
          totalCount
        }
        mentionedBy(first: 1) {
          totalCount
        }
        sales(window: D90) {
          gmvUsd
          orders
        }
      }
    }
  }
`)

export const Contest = graphql(`
  mutation Contest($subject: ID!, $reason: String!, $evidence: [String!]!) {
    contestEvent(input: { subjectId: $subject, reason: $reason, evidence: $evidence }) {
      appeal {
        id
        status
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`)

export const Consent = graphql(`
  mutation Consent($consent: Boolean!) {
    setSalesConsent(input: { consent: $consent }) {
      creator {
        id
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`)

export const ObjectToRating = graphql(`
  mutation ObjectToRating($objects: Boolean!) {
    setRatingObjection(input: { objects: $objects }) {
      creator {
        id
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`)

export const AskForErasure = graphql(`
  mutation AskForErasure($handle: String!) {
    requestErasure(input: { handle: $handle }) {
      creator {
        id
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`)

export const WithdrawErasure = graphql(`
  mutation WithdrawErasure {
    withdrawErasureRequest {
      creator {
        id
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`)
