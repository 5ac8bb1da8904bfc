import { graphql } from '../graphql/tada'

export const PortfolioChoices = graphql(`
  query PortfolioChoices {
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

export const BestPortfolio = graphql(`
  query BestPortfolio(
    $budget: Float!
    $creators: [ID!]
    $brief: BriefInput
    $costs: PortfolioCosts
    $bounds: PortfolioBounds
    $share: Float!
    $risk: Float!
    $overlap: Float!
  ) {
    portfolio(
      budgetUsd: $budget
      creators: $creators
      brief: $brief
      costs: $costs
      bounds: $bounds
      salesShare: $share
      riskAversion: $risk
      overlapDiscount: $overlap
    ) {
      candidates
      missing
      budgetUsd
      costUsd
      salesShare
      expectedUsd
      lowUsd
      highUsd
      overlapUsd
      worthUsd
      boundUsd
      gap
      proven
      chosen {
        creator {
          id
          handle
          region
        }
        costUsd
        costBasis
        exact
        expectedUsd
        lowUsd
        highUsd
        overlapUsd
        overlapsWith {
          id
          handle
        }
        lostUsd
      }
      leftOut {
        creator {
          id
          handle
          region
        }
        reason
        breaks
        costUsd
        expectedUsd
        addsUsd
        insteadOf {
          id
          handle
        }
        changeUsd
      }
    }
  }
`)

export const PortfolioBudgets = graphql(`
  query PortfolioBudgets(
    $budget: Float!
    $creators: [ID!]
    $brief: BriefInput
    $costs: PortfolioCosts
    $bounds: PortfolioBounds
    $share: Float!
    $risk: Float!
    $overlap: Float!
  ) {
    portfolio(
      budgetUsd: $budget
      creators: $creators
      brief: $brief
      costs: $costs
      bounds: $bounds
      salesShare: $share
      riskAversion: $risk
      overlapDiscount: $overlap
    ) {
      extra {
        gainUsd
        proven
        entering {
          id
          handle
        }
        leaving {
          id
          handle
        }
      }
      frontier {
        budgetUsd
        costUsd
        worthUsd
        creators
        proven
      }
    }
  }
`)
