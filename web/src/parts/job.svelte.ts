/** A file that the service makes as a job: ordered, looked after, saved, and removed there. */
import { HEADERS } from '../graphql/client'
import { save } from './file'

const PAUSE = 500

/** What is ordered, as `POST /exports` takes it. */
export interface Order {
  what: string
  format: string
  options?: Record<string, unknown>
}

interface Export {
  id: string
  status: 'QUEUED' | 'RUNNING' | 'DONE' | 'FAILED' | 'CANCELLED'
  progress: number
  fileName: string
  error: { message: string } | null
}

export class Job {
  progress = $state<number | null>(null)
  failed = $state('')
  #path: string | null = null
  #turn = 0

  /** Have a file made, and save it; what goes wrong is told in `failed`. */
  async make(order: Order): Promise<void> {
    const turn = ++this.#turn
    ;[this.failed, this.progress, this.#path] = ['', 0, null]
    try {
      const done = await this.#made(order, turn)
      const file = done && (await (await asked(`/exports/${done.id}/file`)).blob())
      if (file && turn === this.#turn) save(done.fileName, file)
    } catch (error) {
      if (turn === this.#turn) this.failed = error instanceof Error ? error.message : String(error)
    } finally {
      if (turn === this.#turn) await this.cancel()
    }
  }

  /** Give up; nothing of the file stays with the service. */
  async cancel(): Promise<void> {
    const path = this.#path
    ;[this.#path, this.progress] = [null, null]
    this.#turn++
    if (path) await removed(path)
  }

  /** Return the job once its file is there; null if it was given up meanwhile. */
  async #made(order: Order, turn: number): Promise<Export | null> {
    let job = await read('/exports', { method: 'POST', body: JSON.stringify(order) })
    if (turn !== this.#turn) {
      await removed(`/exports/${job.id}`)
      return null
    }
    this.#path = `/exports/${job.id}`
    while (job.status === 'QUEUED' || job.status === 'RUNNING') {
      this.progress = job.progress
      await new Promise((resolve) => setTimeout(resolve, PAUSE))
      if (turn !== this.#turn) return null
      job = await read(`/exports/${job.id}`)
    }
    if (turn !== this.#turn) return null
    if (job.status !== 'DONE') throw new Error(job.error?.message ?? job.status)
    return job
  }
}

/** Remove a job: one that is going is cancelled first. */
async function removed(path: string): Promise<void> {
  const options = { method: 'DELETE', headers: HEADERS }
  const answer = await fetch(path, options).catch(() => null)
  if (answer?.status === 200) await fetch(path, options).catch(() => null)
}

const read = async (path: string, options: RequestInit = {}): Promise<Export> => (await (await asked(path, options)).json()) as Export

async function asked(path: string, options: RequestInit = {}): Promise<Response> {
  const answer = await fetch(path, { ...options, headers: { ...HEADERS, 'Content-Type': 'application/json' } })
  if (answer.ok) return answer
  const body = (await answer.json().catch(() => ({}))) as { errors?: { message: string }[] }
  throw new Error(body.errors?.[0]?.message ?? String(answer.status))
}
