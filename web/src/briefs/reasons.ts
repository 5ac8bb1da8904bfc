/** What speaks for and against a creator, in the viewer's language. */
import { t, type Key } from '../app/language.svelte'

const SCORES = {
  sales_ability: 'indicator.SALES_ABILITY',
  content_success: 'indicator.CONTENT_SUCCESS',
  influence: 'indicator.INFLUENCE',
  cooperation: 'indicator.COOPERATION',
  content_volume: 'indicator.CONTENT_VOLUME',
  consistency: 'indicator.CONSISTENCY',
  expected_reach: 'fit.expected_reach',
  category: 'filter.category',
  audience: 'outlook.audience',
} as const satisfies Record<string, Key>

export interface Reason {
  criterion: string | null
  points: number
  text: string
}

const known = (name: string): name is keyof typeof SCORES => Object.hasOwn(SCORES, name)

/** Return a reason in words; what the explorer has no words for, in the service's. */
export function words({ criterion, points, text }: Reason): string {
  if (criterion === null) return t('fit.cost_unknown')
  if (!known(criterion)) return text
  if (points === 0) return t('fit.unknown', { name: t(SCORES[criterion]) })
  return points > 0 ? t(`fit_for.${criterion}`) : t(`fit_against.${criterion}`)
}
