import { graphql } from '../graphql/tada'

export const SampleInbox = graphql(`
  query SampleInbox($brand: ID!, $terms: SampleTermsInput, $undecided: Boolean, $sort: SampleSort, $direction: Direction) {
    brand(id: $brand) {
      id
      sampleInbox(terms: $terms, undecided: $undecided, sort: $sort, direction: $direction, first: 100) {
        totalCount
        asOf
        undecided
        waitingForExport
        terms {
          margin
          shippingUsd
        }
        model {
          samples
          share
          tested
          covered
        }
        rule {
          ruleId
          name
        }
        nodes {
          collaboration {
            id
          }
          creator {
            id
            handle
            region
            followerCount
          }
          product {
            id
            title
          }
          secondsLeft
          overdue
          applications
          gap
          verdict
          decision {
            decision
            exportedAt
          }
          expectation {
            delivery {
              probability
              low
              high
            }
            orders {
              expected
              low
              high
            }
            netUsd {
              expected
              low
              high
            }
            costUsd
            profitUsd
            lossChance
          }
        }
      }
    }
  }
`)

export const SampleRuleTrial = graphql(`
  query SampleRuleTrial($brand: ID!, $conditions: SampleConditionsInput!, $terms: SampleTermsInput) {
    brand(id: $brand) {
      id
      sampleRuleTrial(conditions: $conditions, terms: $terms) {
        since
        applications
        judged
        approves
        bestUsd
        regretUsd
        differenceLowUsd
        differenceHighUsd
        rule {
          samples
          came
          netUsd
          costUsd
          profitUsd
          lowUsd
          highUsd
        }
        actual {
          samples
          came
          netUsd
          costUsd
          profitUsd
          lowUsd
          highUsd
        }
        unknown {
          samples
          expectedProfitUsd
        }
      }
    }
  }
`)

export const DecideSamples = graphql(`
  mutation DecideSamples($collaborations: [ID!]!, $decision: SampleDecisionKind!, $reason: SampleDeclineReason) {
    decideSamples(input: { collaborationIds: $collaborations, decision: $decision, reason: $reason }) {
      approved
      declined
      userErrors {
        message
      }
    }
  }
`)

export const ReopenSamples = graphql(`
  mutation ReopenSamples($collaborations: [ID!]!) {
    reopenSamples(input: { collaborationIds: $collaborations }) {
      userErrors {
        message
      }
    }
  }
`)

export const ExportSampleDecisions = graphql(`
  mutation ExportSampleDecisions($brand: ID!) {
    exportSampleDecisions(input: { brandId: $brand }) {
      requests {
        method
        path
        body
      }
      userErrors {
        message
      }
    }
  }
`)

export const SaveSampleRule = graphql(`
  mutation SaveSampleRule($input: SaveSampleRuleInput!) {
    saveSampleRule(input: $input) {
      userErrors {
        message
      }
    }
  }
`)

export const DeleteSampleRule = graphql(`
  mutation DeleteSampleRule($rule: ID!) {
    deleteSampleRule(input: { ruleId: $rule }) {
      userErrors {
        message
      }
    }
  }
`)

export const DecideSamplesByRule = graphql(`
  mutation DecideSamplesByRule($rule: ID!) {
    decideSamplesByRule(input: { ruleId: $rule }) {
      approved
      userErrors {
        message
      }
    }
  }
`)
