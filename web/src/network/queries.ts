import { graphql } from '../graphql/tada'

export const Around = graphql(`
  query Around($brand: ID!, $depth: Int!, $window: Window, $first: Int!) {
    brand(id: $brand) {
      id
      name
      network(depth: $depth, window: $window, first: $first) {
        nodes {
          nodeId
          kind
          label
          region
          distance
          weight
          x
          y
          community
          core
          otherBrands
        }
        edges {
          source
          target
          kind
          weight
          times
          gmvUsd
          firstAt
          lastAt
          trend
        }
        bounded {
          by
          distance
          at
          leftOut
        }
        hiddenCreators
        measures {
          communities {
            number
            name
            members
            shareOfGmv
          }
          brokers {
            nodeId
            label
            betweenness
            constraint
          }
          cores {
            deepest
            core
            periphery
          }
          trends {
            new
            growing
            steady
            fading
            dormant
          }
          concentration {
            creators
            gmvUsd
            top1
            top5
            top10
            effectiveCreators
          }
        }
      }
    }
  }
`)

export const Ways = graphql(`
  query Ways($from: ID!, $to: ID!) {
    path(from: $from, to: $to, first: 3, maxDepth: 4) {
      considered
      bounded
      reason
      paths {
        strength
        steps {
          from {
            nodeId
            label
          }
          to {
            nodeId
            label
          }
          kind
          text
          strength
        }
      }
    }
  }
`)

export const Ends = graphql(`
  query Ends($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      id
      ... on Creator {
        handle
      }
      ... on Brand {
        name
      }
      ... on Product {
        title
      }
      ... on Category {
        name
      }
    }
  }
`)

export const Neighbours = graphql(`
  query Neighbours($of: [ID!]!, $among: [ID!], $window: Window) {
    neighbours(of: $of, among: $among, first: 25, window: $window) {
      of {
        nodeId
        total
        new {
          nodeId
          kind
          label
          region
          otherBrands
        }
      }
      edges {
        source
        target
        kind
        weight
        times
        gmvUsd
        firstAt
        lastAt
        trend
      }
      leftOut
    }
  }
`)
