import { graphql } from '../graphql/tada'

const Reason = graphql(`
  fragment Reason on CandidateReason {
    criterion
    points
    text
  }
`)

const Fits = graphql(
  `
    fragment Fits on Recommendations {
      considered
      eligible
      run {
        id
        asOf
      }
      excluded {
        rule
        count
        alone
      }
      candidates {
        creator {
          id
          handle
          region
          followerCount
        }
        score
        low
        high
        expectedReach {
          low
          median
          high
        }
        expectedCost {
          low
          high
          currency
        }
        reasonsFor {
          ...Reason
        }
        reasonsAgainst {
          ...Reason
        }
      }
    }
  `,
  [Reason],
)

const Wishes = graphql(`
  fragment Wishes on BriefWanted {
    goal
    category {
      id
      name
    }
    search
    regions
    budget {
      amount
      currency
    }
    audience {
      dimension
      bucket
      share
    }
    followers {
      min
      max
    }
    minimumScores {
      indicator
      min
    }
    excludeWorkedWith
    excludeCreators
  }
`)

const Found = graphql(`
  fragment Found on RunCandidate {
    rank
    creator {
      id
      handle
    }
    score
    low
    high
  }
`)

export const Briefs = graphql(
  `
    query Briefs($brand: ID!, $after: String) {
      savedBriefs(brand: $brand, first: 50, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          id
          name
          version
          updatedAt
          wanted {
            ...Wishes
          }
        }
      }
    }
  `,
  [Wishes],
)

export const BriefChoices = graphql(`
  query BriefChoices {
    viewer {
      regions
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

export const WhoFits = graphql(
  `
    query WhoFits($brief: BriefInput!) {
      recommendations(brief: $brief, first: 20) {
        ...Fits
      }
    }
  `,
  [Fits],
)

export const BriefShown = graphql(
  `
    query BriefShown($id: ID!) {
      brief(id: $id) {
        id
        name
        version
        updatedAt
        brand {
          id
          name
        }
        wanted {
          ...Wishes
        }
      }
    }
  `,
  [Wishes],
)

export const BriefFits = graphql(
  `
    query BriefFits($id: ID!) {
      recommendations(briefId: $id, first: 20) {
        ...Fits
      }
    }
  `,
  [Fits],
)

export const BriefRuns = graphql(`
  query BriefRuns($id: ID!) {
    briefRuns(brief: $id, first: 20) {
      id
      version
      at
      asOf
      considered
      eligible
    }
  }
`)

export const RunShown = graphql(
  `
    query RunShown($id: ID!) {
      node(id: $id) {
        __typename
        id
        ... on BriefRun {
          at
          candidates {
            ...Found
            reasonsFor {
              ...Reason
            }
            reasonsAgainst {
              ...Reason
            }
          }
        }
      }
    }
  `,
  [Found, Reason],
)

export const RunsCompared = graphql(
  `
    query RunsCompared($before: ID!, $after: ID!) {
      compareBriefRuns(before: $before, after: $after) {
        entered {
          ...Found
        }
        left {
          ...Found
        }
        moved {
          creator {
            id
            handle
          }
          rankBefore
          rankAfter
          scoreBefore
          scoreAfter
          distinct
        }
      }
    }
  `,
  [Found],
)

export const CreateBrief = graphql(`
  mutation CreateBrief($input: CreateBriefInput!) {
    createBrief(input: $input) {
      brief {
        id
      }
      userErrors {
        field
        message
      }
    }
  }
`)

export const UpdateBrief = graphql(`
  mutation UpdateBrief($input: UpdateBriefInput!) {
    updateBrief(input: $input) {
      brief {
        id
      }
      userErrors {
        code
        message
      }
    }
  }
`)

export const DeleteBrief = graphql(`
  mutation DeleteBrief($id: ID!) {
    deleteBrief(input: { briefId: $id }) {
      deletedBriefId
      userErrors {
        field
        message
      }
    }
  }
`)

export const RunBrief = graphql(`
  mutation RunBrief($id: ID!) {
    runBrief(input: { briefId: $id, first: 20 }) {
      run {
        id
      }
      userErrors {
        field
        message
      }
    }
  }
`)
