/** A change that somebody asks for, and why it was not made. */
import type { CombinedError, TypedDocumentNode } from '@urql/core'

import { t } from '../app/language.svelte'
import { change } from './client'

type Payload = Record<string, { userErrors: readonly { message: string }[] } | null>

/** What a change that was asked for came to. */
interface Outcome {
  data?: Payload | undefined
  error?: CombinedError | undefined
}

/** Return what the service says against a change, empty where it was made. */
export function against({ data, error }: Outcome): string {
  if (error) return error.graphQLErrors[0]?.message ?? t('error.offline')
  return Object.values(data ?? {})
    .flatMap((payload) => payload?.userErrors ?? [])
    .map(({ message }) => message)
    .join(' ')
}

/** Ask for a change; returns what the service says against it, empty where it was made. */
export async function objection<D extends Payload, V extends object>(document: TypedDocumentNode<D, V>, variables: V): Promise<string> {
  return against(await change(document, variables))
}
