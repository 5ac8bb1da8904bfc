/** Files that an administrator drops or chooses, with their paths, on their way to the service. */
import { HEADERS } from '../graphql/client'

export interface Dropped {
  path: string
  file: File
}

/** What file managers leave in folders, and nobody means. */
const HIDDEN = /(^|\/)(\.|Thumbs\.db$|desktop\.ini$)/

/** Return the files of a file input, with their folders where a folder was chosen. */
export const chosen = (files: Iterable<File>): Dropped[] =>
  visible([...files].map((file) => ({ path: file.webkitRelativePath || file.name, file })))

/** Return the files that were dropped, those of folders with all that lies below. */
export async function dropped(items: Iterable<DataTransferItem>): Promise<Dropped[]> {
  // All are asked before anything is waited for: what was dropped is gone then.
  const found = [...items].map((item) => {
    const entry = item.webkitGetAsEntry()
    return entry ? below(entry) : [item.getAsFile()].filter((file) => file !== null).map((file) => ({ path: file.name, file }))
  })
  return visible((await Promise.all(found)).flat())
}

const visible = (files: Dropped[]): Dropped[] => files.filter(({ path }) => !HIDDEN.test(path))

async function below(entry: FileSystemEntry): Promise<Dropped[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((found, failed) => (entry as FileSystemFileEntry).file(found, failed))
    return [{ path: entry.fullPath.replace(/^\//, ''), file }]
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const found: FileSystemEntry[] = []
  for (;;) {
    // A folder is told in parts, of which the last is empty.
    const part = await new Promise<FileSystemEntry[]>((read, failed) => reader.readEntries(read, failed))
    if (!part.length) break
    found.push(...part)
  }
  return (await Promise.all(found.map(below))).flat()
}

/** Why a file was not stored; without a message the service could not be reached. */
export class NotStored extends Error {}

/** Send one file; `sent` hears how many bytes of it have gone out. Rejects with NotStored, also where it is abandoned. */
export function send(id: string, { path, file }: Dropped, sent: (bytes: number) => void, abandoned: AbortSignal): Promise<void> {
  // Only this tells how much of a body has gone out.
  const request = new XMLHttpRequest()
  return new Promise((stored, failed) => {
    if (abandoned.aborted) return failed(new NotStored(''))
    request.open('PUT', `/imports/${id}/files/${path.split('/').map(encodeURIComponent).join('/')}`)
    for (const [name, value] of Object.entries(HEADERS)) request.setRequestHeader(name, value)
    request.upload.onprogress = (event) => sent(event.loaded)
    request.onload = () => (request.status === 201 ? stored() : failed(new NotStored(message(request.responseText))))
    request.onerror = request.onabort = () => failed(new NotStored(''))
    abandoned.addEventListener('abort', () => request.abort())
    request.send(file)
  })
}

function message(text: string): string {
  try {
    return (JSON.parse(text) as { errors: { message: string }[] }).errors[0]?.message ?? ''
  } catch {
    return ''
  }
}
