/** The list as a file: one row a creator, with what an upload to the platform needs. */
import type { ResultOf } from '../graphql/tada'
import { ask } from '../graphql/client'
import { csv } from '../parts/file'
import { ProspectsFile } from './queries'

type Row = NonNullable<ResultOf<typeof ProspectsFile>['prospects']>['nodes'][number]

const HEAD = ['handle', 'region', 'note', 'product_id', 'product', 'status']

/** Return the rows of all pages of a brand's list; null where one could not be read. */
export async function everyone(brand: string): Promise<Row[] | null> {
  const rows: Row[] = []
  for (let after: string | null = null; ; ) {
    const { data }: { data?: ResultOf<typeof ProspectsFile> | undefined } = await ask(ProspectsFile, { brand, after })
    if (!data?.prospects) return null
    rows.push(...data.prospects.nodes)
    if (!data.prospects.pageInfo.hasNextPage) return rows
    after = data.prospects.pageInfo.endCursor
  }
}

export function file(rows: readonly Row[]): Blob {
  const lines = rows.map(({ creator, note, product, status }) => {
    const id = product?.id.replace(/^Product:/, '')
    return [creator?.handle, creator?.region, note, id, product?.title, status]
  })
  return csv([HEAD, ...lines])
}
