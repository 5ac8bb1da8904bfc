import { graphql } from '../graphql/tada'

export const Runs = graphql(`
  query Runs {
    scoringRuns(first: 20) {
      nodes {
        id
        asOf
        status
        formulaVersion
        publishedAt
        takenBackAt
        driftLimit
        drift {
          kind
          name
          index
          drifted
        }
      }
    }
  }
`)

export const PublishRun = graphql(`
  mutation PublishRun($run: ID!) {
    publishRun(input: { runId: $run }) {
      userErrors {
        message
      }
    }
  }
`)

export const DiscardRun = graphql(`
  mutation DiscardRun($run: ID!) {
    discardRun(input: { runId: $run }) {
      userErrors {
        message
      }
    }
  }
`)

export const TakeBackRun = graphql(`
  mutation TakeBackRun($run: ID!, $restores: ID!) {
    takeBackRun(input: { runId: $run, restores: $restores }) {
      userErrors {
        message
      }
    }
  }
`)

export const ScoringJob = graphql(`
  query ScoringJob {
    scoringJob {
      jobId
      status
      phase
      done
      total
      startedAt
      startedBy
      cancelRequestedAt
      endedAt
      error
    }
  }
`)

export const StartScoring = graphql(`
  mutation StartScoring($asOf: DateTime) {
    startScoringRun(input: { asOf: $asOf }) {
      userErrors {
        message
      }
    }
  }
`)

export const CancelScoring = graphql(`
  mutation CancelScoring($job: ID!) {
    cancelScoringRun(input: { jobId: $job }) {
      userErrors {
        message
      }
    }
  }
`)

export const Appeals = graphql(`
  query Appeals($filter: AppealFilter, $after: String) {
    appeals(filter: $filter, first: 20, after: $after) {
      totalCount
      pageInfo {
        endCursor
        hasNextPage
      }
      nodes {
        id
        kind
        status
        reason
        evidence
        createdAt
        dueAt
        decidedAt
        answer
        creator {
          id
          handle
        }
        subject {
          __typename
          ... on Sale {
            orderId
            at
            product {
              title
            }
          }
          ... on Content {
            title
            publishedAt
          }
          ... on Collaboration {
            status
            brand {
              name
            }
          }
        }
      }
    }
  }
`)

export const DecideAppeal = graphql(`
  mutation DecideAppeal($appeal: ID!, $decision: AppealDecision!, $answer: String!) {
    decideAppeal(input: { appealId: $appeal, decision: $decision, answer: $answer }) {
      userErrors {
        message
      }
    }
  }
`)

export const Erasures = graphql(`
  query Erasures {
    erasureRequests {
      requestedAt
      dueAt
      creator {
        id
        handle
        region
      }
    }
  }
`)

export const Erase = graphql(`
  mutation Erase($creator: ID!, $handle: String!) {
    eraseCreator(input: { creatorId: $creator, handle: $handle }) {
      userErrors {
        message
      }
    }
  }
`)

export const CreateKey = graphql(`
  mutation CreateKey($input: CreateKeyInput!) {
    createKey(input: $input) {
      key
      userErrors {
        message
      }
    }
  }
`)

export const RevokeKey = graphql(`
  mutation RevokeKey($key: ID!) {
    revokeKey(input: { keyId: $key }) {
      revokedKeys {
        keyId
        name
      }
      userErrors {
        message
      }
    }
  }
`)

export const AuditLog = graphql(`
  query AuditLog($creator: ID, $key: ID, $since: DateTime, $until: DateTime, $after: String) {
    disclosures(creator: $creator, key: $key, since: $since, until: $until, first: 50, after: $after) {
      pageInfo {
        endCursor
        hasNextPage
      }
      nodes {
        at
        index
        channel
        scope
        operation
        times
        role
        holder
        keyId
        text
        creators {
          id
          handle
        }
      }
    }
  }
`)

export const AuditVerification = graphql(`
  query AuditVerification {
    auditVerification {
      sound
      entries
      firstKept
      problemCount
      problems
      checkedAt
    }
  }
`)

export const OwnAlerts = graphql(`
  query OwnAlerts {
    alerts(first: 100) {
      nodes {
        alertId
        name
        count
        evaluatedAt
        lastCrossingAt
        error
      }
    }
  }
`)
