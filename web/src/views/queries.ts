import { graphql } from '../graphql/tada'

export const StartView = graphql(`
  query StartView($page: SavedViewPage!) {
    viewer {
      savedViews(page: $page, start: true, first: 1) {
        nodes {
          address
        }
      }
    }
  }
`)

export const SavedViews = graphql(`
  query SavedViews($after: String) {
    viewer {
      savedViews(first: 100, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          viewId
          name
          page
          address
          own
          shared
          start
        }
      }
    }
  }
`)

export const SaveView = graphql(`
  mutation SaveView($input: SaveViewInput!) {
    saveView(input: $input) {
      view {
        viewId
      }
      userErrors {
        message
      }
    }
  }
`)

export const UpdateView = graphql(`
  mutation UpdateView($input: UpdateViewInput!) {
    updateView(input: $input) {
      view {
        viewId
      }
      userErrors {
        message
      }
    }
  }
`)

export const DeleteView = graphql(`
  mutation DeleteView($input: DeleteViewInput!) {
    deleteView(input: $input) {
      viewId
      userErrors {
        message
      }
    }
  }
`)
