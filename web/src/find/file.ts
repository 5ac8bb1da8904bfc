/** The rows in view as a file: numbers as numbers, one row a creator. */
import { csv } from '../parts/file'
import { INDICATORS } from '../parts/indicators'
import type { Row } from './columns'

const HEAD = [
  'id',
  'handle',
  'nickname',
  'region',
  'followers',
  ...INDICATORS.flatMap((name) => [name, `${name}_low`, `${name}_high`].map((part) => part.toLowerCase())),
]

export const file = (rows: readonly Row[]): Blob => csv([HEAD, ...rows.map(cells)])

function cells(row: Row): (string | number | null)[] {
  const scores = INDICATORS.flatMap((name) => {
    const found = row.scores?.find(({ indicator }) => indicator === name)
    return [found?.value ?? null, found?.low ?? null, found?.high ?? null]
  })
  return [row.id, row.handle, row.nickname, row.region, row.followerCount, ...scores]
}
