/** What happens at the service while the explorer is open: one stream of events, which goes on where the one before ended. */
import { createRequest } from '@urql/core'
import { makeFetchBody } from '@urql/core/internal'

import { session } from '../app/session.svelte'
import { ask, changing, forget, HEADERS } from '../graphql/client'
import { events } from './event-stream'
import { ALL, type Kind } from './kinds'
import { Changed, Now } from './queries'

type Hear = (happened: ReadonlySet<Kind>) => void

interface Told {
  data?: { changed: { cursor: string; kind: Kind } } | null
  errors?: { extensions?: { code?: string } }[]
}

const PATIENCE = 3_000 // a page is shown after so many milliseconds, whether or not the place in the order of events is known
const TOGETHER = 200
const SHORTEST_PAUSE = 1_000
const LONGEST_PAUSE = 60_000
const LIFE = 10_000 // a stream that lasted so many milliseconds was one, though nothing happened
const SILENCE = 40_000 // the service gives a sign of life every twelve seconds

let cursor: string | null = null
let begun = $state(false)
let missed = false
let waiting = new Set<Kind>()
let telling: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<{ kinds: readonly Kind[]; hear: Hear }>()

export const feed = {
  /** Whether what is asked from now on is not older than what is heard. */
  get begun(): boolean {
    return begun
  },

  /** Follow what happens, until the returned function is called. */
  follow(): () => void {
    const end = new AbortController()
    ;[cursor, begun, missed] = [null, false, false]
    const patience = setTimeout(() => (begun = true), PATIENCE)
    void go(end)
    return () => {
      clearTimeout(patience)
      clearTimeout(telling)
      end.abort()
      ;[waiting, telling] = [new Set(), undefined]
    }
  },

  /** Have a function called after something of some kinds has happened, until the returned one is. */
  listen(kinds: readonly Kind[], hear: Hear): () => void {
    const listener = { kinds, hear }
    listeners.add(listener)
    return () => void listeners.delete(listener)
  },
}

async function go(end: AbortController): Promise<void> {
  const { signal } = end
  for (let pause = SHORTEST_PAUSE; !signal.aborted; ) {
    await visible(signal)
    if (!cursor) await begin(signal)
    if (cursor !== null && (await listened(cursor, end))) pause = SHORTEST_PAUSE
    const some = pause * (0.5 + Math.random()) // the pages that lost one server do not come back at once
    await new Promise((resolve) => setTimeout(resolve, some))
    pause = Math.min(2 * pause, LONGEST_PAUSE)
  }
}

/** A page that nobody sees keeps no stream open; what happens meanwhile comes with the next. */
const visible = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (!document.hidden) resolve()
    else document.addEventListener('visibilitychange', () => resolve(), { once: true, signal })
  })

/** Find out where the order of events stands; what may have happened since a page asked is told of. */
async function begin(signal: AbortSignal): Promise<void> {
  const { data } = await ask(Now, {}, { again: true })
  if (signal.aborted) return
  missed ||= begun
  ;[cursor, begun] = [data?.changes?.cursor ?? null, true]
  if (cursor && missed) for (const kind of ALL) happened(kind)
  if (cursor) missed = false
}

/** Hear what happens until the stream ends, however it does; return whether it was one to go on with at once. */
async function listened(since: string, end: AbortController): Promise<boolean> {
  const given = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const alive = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => given.abort(), SILENCE)
  }
  let lived = false
  const hide = (): void => {
    if (!document.hidden) return
    lived = true
    given.abort()
  }
  document.addEventListener('visibilitychange', hide)
  const old = setTimeout(() => (lived = true), LIFE)
  const signal = AbortSignal.any([end.signal, given.signal])
  try {
    alive()
    const asker = session.number
    const answer = await fetch('/graphql', asked(since, signal))
    if (!answer.ok || !answer.body) refused(answer.status, end, asker)
    else
      for await (const text of events(answer.body, alive)) {
        if (signal.aborted) break
        lived = told(JSON.parse(text) as Told, asker) || lived
      }
  } catch (error) {
    const broken = [DOMException, TypeError, SyntaxError].some((kind) => error instanceof kind) // given up, cut off, or cut in the middle
    if (!broken) throw error
  } finally {
    clearTimeout(old)
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', hide)
  }
  return lived
}

function asked(since: string, signal: AbortSignal): RequestInit {
  const body = JSON.stringify(makeFetchBody(createRequest(Changed, { since, kinds: [...ALL] })))
  return { method: 'POST', headers: { ...HEADERS, 'Content-Type': 'application/json', Accept: 'text/event-stream' }, body, signal }
}

function refused(status: number, end: AbortController, asker: number): void {
  if (status === 401) session.lost(asker)
  else if (status === 403) end.abort() // asking again would change nothing
  else if (status === 400) lose()
}

/** Take in an event; return whether something happened. */
function told({ data, errors }: Told, asker: number): boolean {
  const code = errors?.[0]?.extensions?.code
  if (code === 'UNAUTHENTICATED') session.lost(asker)
  else if (code === 'STALE_CURSOR') lose()
  if (!data) return false
  cursor = data.changed.cursor
  happened(data.changed.kind)
  return true
}

/** The events after the cursor are no longer stored, or it is none of this service: what happened is not known any more. */
function lose(): void {
  ;[cursor, missed] = [null, true]
}

function happened(kind: Kind): void {
  waiting.add(kind)
  telling ??= setTimeout(tell, TOGETHER)
}

/** Tell of all that happened; a page that is changing something itself hears of it once it is done. */
function tell(): void {
  if (changing()) {
    telling = setTimeout(tell, TOGETHER)
    return
  }
  const kinds = waiting
  ;[waiting, telling] = [new Set(), undefined]
  forget()
  for (const listener of [...listeners]) if (listener.kinds.some((kind) => kinds.has(kind))) listener.hear(kinds)
}
