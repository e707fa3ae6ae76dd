import { type Tone, toneOf } from './tone.ts'

/** A word of state, coloured by what it means; the word itself says it too. */
export function Badge({ word, tone = toneOf(word) }: { word: string; tone?: Tone }) {
  return <span className={`badge ${tone}`}>{word.replaceAll('_', ' ')}</span>
}
