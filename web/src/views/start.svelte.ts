/** A page that is entered without a view opens with the one that the viewer chose for it. */
import { address, go, link } from '../app/address.svelte'
import { ask } from '../graphql/client'
import { pageOf, PAGES } from './pages'
import { StartView } from './queries'

let entered = $state('')

export const start = {
  /** Whether it is still to be found out what the page at this address opens with. */
  get waiting(): boolean {
    return entered !== address.path && opens() !== null
  },

  /** Open a page that somebody has come to: with its start view where the address says nothing of its own. */
  async enter(): Promise<void> {
    const path = address.path
    const page = opens()
    const found = page && (await ask(StartView, { page })).data?.viewer.savedViews?.nodes[0]
    if (address.path !== path) return
    if (found && address.bare) go(link(found.address), { replace: true })
    entered = address.path
  },
}

/** Return the page whose start view counts here; a page below another, or one with a view in its address, has none. */
function opens() {
  const page = address.bare ? pageOf(address.path) : null
  return page && PAGES[page].path === address.path ? page : null
}
