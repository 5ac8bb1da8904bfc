import { graphql } from '../graphql/tada'

export const Now = graphql(`
  query Now {
    changes(first: 0) {
      cursor
    }
  }
`)

export const Changed = graphql(`
  subscription Changed($since: String!, $kinds: [ChangeKind!]) {
    changed(since: $since, kinds: $kinds) {
      cursor
      kind
    }
  }
`)
