import { graphql } from '../graphql/tada'

export const SoldByWeek = graphql(`
  query SoldByWeek($brand: ID!, $from: DateTime, $to: DateTime) {
    brand(id: $brand) {
      id
      sales(by: WEEK, from: $from, to: $to, sort: [{ by: WEEK, direction: ASC }], first: 60) {
        nodes {
          week
          sales {
            gmvUsd
            orders
          }
        }
      }
    }
  }
`)

export const Sold = graphql(`
  query Sold($brand: ID!, $by: SalesGroup!, $from: DateTime, $to: DateTime, $sort: [SalesOrder!]) {
    brand(id: $brand) {
      id
      forecast {
        expectedUsd
        lowUsd
        highUsd
      }
      sales(by: $by, from: $from, to: $to, sort: $sort, first: 100) {
        totalCount
        period {
          start
          end
          previousStart
        }
        total {
          gmvUsd
          grossGmvUsd
          refundedGmvUsd
          orders
          units
        }
        previousTotal {
          gmvUsd
          grossGmvUsd
          refundedGmvUsd
          orders
          units
        }
        nodes {
          creator {
            id
            handle
          }
          product {
            id
            title
          }
          content {
            id
            title
            kind
            publishedAt
          }
          week
          sales {
            gmvUsd
            refundedGmvUsd
            orders
            units
          }
          previous {
            gmvUsd
          }
          changeUsd
          growth
        }
      }
    }
  }
`)
