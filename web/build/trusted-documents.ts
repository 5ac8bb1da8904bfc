/** Names each document of the page by the hash of its text: the service accepts those of its own build, and the page carries no texts. */
import { createHash } from 'node:crypto'
import { globSync } from 'node:fs'
import { resolve } from 'node:path'

import { Kind, print, type DocumentNode } from '@0no-co/graphql.web'
import { runnerImport, type Plugin } from 'vite'

const QUERIES = /\/queries\.ts$/
const TEXTS = 'virtual:documents'

/** Return the plugin: it replaces the exports of every `queries.ts`, serves the texts as a module, and writes `documents.json`. */
export function trustedDocuments(): Plugin {
  const texts: Record<string, string> = {}
  return {
    name: 'trusted-documents',
    enforce: 'pre',
    async buildStart() {
      if (this.environment.mode === 'dev') return
      for (const file of globSync('src/**/queries.ts')) {
        for (const document of Object.values(await documents(resolve(file)))) texts[hash(document)] = print(document)
      }
    },
    resolveId: (id) => (id === TEXTS ? `\0${TEXTS}` : undefined),
    load: (id) => (id === `\0${TEXTS}` ? `export default ${JSON.stringify(texts)}` : undefined),
    async transform(_code, id) {
      if (this.environment.mode === 'dev' || !QUERIES.test(id)) return undefined
      const named = Object.entries(await documents(id)).map(([name, document]) => `export const ${name} = ${reference(document)}`)
      return { code: named.join('\n'), map: null }
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'documents.json', source: JSON.stringify(texts) })
    },
  }
}

/** Return a module's operations by the names of its exports; fragments stand within them. */
async function documents(file: string): Promise<Record<string, DocumentNode>> {
  const { module } = await runnerImport<Record<string, DocumentNode>>(file, { configFile: false })
  return Object.fromEntries(
    Object.entries(module).filter(([, document]) => document.definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION)),
  )
}

function reference(document: DocumentNode): string {
  return JSON.stringify({ kind: Kind.DOCUMENT, definitions: [], documentId: `sha256:${hash(document)}` })
}

function hash(document: DocumentNode): string {
  return createHash('sha256').update(print(document)).digest('hex')
}
