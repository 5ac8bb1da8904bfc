/** All that is held about the creator, as a file that the service makes. */
import { HEADERS } from '../graphql/client'

const PAUSE = 1_000

interface Export {
  id: string
  status: 'QUEUED' | 'RUNNING' | 'DONE' | 'FAILED' | 'CANCELLED'
  progress: number
  error?: string | null
}

export class OwnFile {
  progress = $state<number | null>(null)
  failed = $state('')

  /** Have the file made, and save it. */
  async make(): Promise<void> {
    this.failed = ''
    this.progress = 0
    try {
      let job = await asked('/exports', { method: 'POST', body: JSON.stringify({ what: 'creator', format: 'jsonl' }) })
      while (job.status === 'QUEUED' || job.status === 'RUNNING') {
        this.progress = job.progress
        await new Promise((resolve) => setTimeout(resolve, PAUSE))
        job = await asked(`/exports/${job.id}`)
      }
      if (job.status !== 'DONE') throw new Error(job.error ?? job.status)
      Object.assign(document.createElement('a'), { href: `/exports/${job.id}/file`, download: '' }).click()
    } catch (error) {
      this.failed = error instanceof Error ? error.message : String(error)
    } finally {
      this.progress = null
    }
  }
}

async function asked(path: string, options: RequestInit = {}): Promise<Export> {
  const answer = await fetch(path, { ...options, headers: { ...HEADERS, 'Content-Type': 'application/json' } })
  const body = (await answer.json()) as Export & { errors?: { message: string }[] }
  if (!answer.ok) throw new Error(body.errors?.[0]?.message ?? String(answer.status))
  return body
}
