/** The texts of the page in the viewer's language; each language is loaded when somebody reads it. */
import type en from '../../messages/en.json'

import { address } from './address.svelte'

export const LANGUAGES = { en: 'English', fr: 'Français', id: 'Bahasa Indonesia', th: 'ไทย', vi: 'Tiếng Việt' } as const
export type Language = keyof typeof LANGUAGES
export type Key = keyof typeof en
type Text = string | Partial<Record<Intl.LDMLPluralRule, string>>

const FILES = import.meta.glob<Record<Key, Text>>('../../messages/*.json', { import: 'default' })
const KEPT = 'creatorgraph.language'

let texts = $state.raw<Record<string, Text>>({})
let current = $state<Language>('en')

export const language = {
  get current(): Language {
    return current
  },
}

/** Load the language that the address names, else the one chosen before, else the browser's. */
export async function speak(): Promise<void> {
  const wanted = [address.get('lang'), localStorage.getItem(KEPT), ...navigator.languages.map((tag) => tag.slice(0, 2)), 'en']
  const found = wanted.find((tag): tag is Language => tag !== null && Object.hasOwn(LANGUAGES, tag)) ?? 'en'
  texts = (await FILES[`../../messages/${found}.json`]?.()) ?? texts
  current = found
  document.documentElement.lang = found
}

export function remember(chosen: Language): void {
  localStorage.setItem(KEPT, chosen)
}

/** Return a text, with its values; `count` chooses between forms. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  const text = texts[key]
  const form = typeof text === 'object' ? (text[new Intl.PluralRules(current).select(Number(values['count'] ?? 0))] ?? text.other) : text
  return (form ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => shown(values[name]) ?? whole)
}

function shown(value: string | number | undefined): string | undefined {
  return typeof value === 'number' ? value.toLocaleString(current) : value
}
