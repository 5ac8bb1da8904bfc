/** The brands of the viewer's key, and which of them a page is about. */
import { address } from '../../app/address.svelte'
import { query } from '../../graphql/query.svelte'
import { OwnBrands } from './queries'

/** Ask for the brands; `chosen` is the id that the address names where it is one of them, else the first one's. Only within a component. */
export function ownBrands() {
  const answer = query(OwnBrands, () => ({}))
  const all = $derived(answer.data?.viewer.brands ?? [])
  const chosen = $derived(all.find(({ id }) => id === address.get('brand'))?.id ?? all[0]?.id)
  return {
    answer,
    get all() {
      return all
    },
    get chosen() {
      return chosen
    },
  }
}
