/** What may happen at the service that changes what pages show. */
import type { VariablesOf } from '../graphql/tada'
import type { Changed } from './queries'

export type Kind = NonNullable<VariablesOf<typeof Changed>['kinds']>[number]

export const SCORES = ['RUN_PUBLISHED', 'RUN_RESTORED'] as const satisfies readonly Kind[]
export const WORK = [...SCORES, 'COLLABORATION_RATED', 'IMPORT_FINISHED'] as const satisfies readonly Kind[]
export const SAMPLES = [
  ...SCORES,
  'SAMPLE_DECIDED',
  'SAMPLE_REOPENED',
  'SAMPLE_EXPORTED',
  'SAMPLERULE_SAVED',
  'SAMPLERULE_DELETED',
  'IMPORT_FINISHED',
] as const satisfies readonly Kind[]
export const PROSPECTS = [
  ...SCORES,
  'PROSPECTS_ADDED',
  'PROSPECTS_CHANGED',
  'PROSPECTS_REMOVED',
  'IMPORT_FINISHED',
] as const satisfies readonly Kind[]
export const ALL: readonly Kind[] = [...new Set<Kind>([...WORK, ...SAMPLES, ...PROSPECTS])]
