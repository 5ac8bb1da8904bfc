/** Who is signed in. The key goes to the service once; the page keeps nothing but a cookie that it cannot read. */

export const ROLES = ['admin', 'analyst', 'partner', 'brand', 'creator'] as const
export type Role = (typeof ROLES)[number]

export interface Who {
  name: string
  role: Role
}

interface Answer {
  ok: boolean
  message: string
}

const HEADERS = { 'Content-Type': 'application/json', 'X-Creatorgraph-Request': 'explorer' }

let who = $state<Who | null>()
let ended = $state(false)
let unreachable = $state(false)
let number = 0 // of the session: every beginning and every end has the next

export const session = {
  /** Who it is; null for nobody, undefined until that is known. */
  get who(): Who | null | undefined {
    return who
  },
  /** Whether a session has ended by itself: its key was revoked, or its time is over. */
  get ended(): boolean {
    return ended
  },
  get unreachable(): boolean {
    return unreachable
  },

  /** The number of the session that is open now, for `lost`. */
  get number(): number {
    return number
  },

  /** Ask the service whose session the cookie stands for. */
  async load(): Promise<void> {
    const asker = number
    try {
      const answer = await fetch('/session', { headers: { Accept: 'application/json' } })
      const found = answer.ok ? person(await answer.json()) : null
      if (asker !== number) return
      who = found
      unreachable = answer.status >= 500
    } catch {
      if (asker === number) unreachable = true
    }
  },

  /** Sign in with a key, or with a link that works once. */
  async begin(by: { key: string } | { link: string }): Promise<Answer> {
    try {
      const answer = await fetch('/session', { method: 'POST', headers: HEADERS, body: JSON.stringify(by) })
      const body: unknown = await answer.json()
      if (!answer.ok) return { ok: false, message: message(body) }
      number += 1
      ;[who, ended, unreachable] = [person(body), false, false]
      return { ok: true, message: '' }
    } catch {
      return { ok: false, message: '' }
    }
  },

  async end(): Promise<void> {
    number += 1 // what is under way is refused from now on, and says nothing of who signs in next
    await fetch('/session', { method: 'DELETE', headers: HEADERS }).catch(() => undefined)
    number += 1 // and what was begun meanwhile
    ;[who, ended] = [null, false]
  },

  /** Note that the service refused what was asked in a session; the refusal of an earlier one ends nothing. */
  lost(asker: number): void {
    if (asker !== number) return
    number += 1
    ;[who, ended] = [null, true]
  },
}

function person(body: unknown): Who {
  const { name, role } = body as { name: string; role: string }
  return { name, role: ROLES.find((each) => each === role.toLowerCase()) ?? 'creator' }
}

function message(body: unknown): string {
  return (body as { errors?: { message?: string }[] }).errors?.[0]?.message ?? ''
}
