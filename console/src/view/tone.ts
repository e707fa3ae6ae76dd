/** What a state means for whoever looks: all is well, wait, look here, or neither. */
export type Tone = 'good' | 'waiting' | 'bad' | 'plain'

const words: { readonly [T in Exclude<Tone, 'plain'>]: string } = {
  good: 'succeeded paid active complete completed won delivered enabled fulfilled up_to_date watching idle',
  waiting:
    'pending in_transit trialing draft open needs_response warning under_review queued running backfilling syncing waiting partial connecting unpaid past_due paused requires_action',
  bad: 'failed cancelled canceled lost deleted uncollectible void expired rejected refused disabled inactive revoked failing stopped',
}

const tones = new Map(
  Object.entries(words).flatMap(([tone, list]) =>
    list.split(' ').map((word) => [word, tone as Tone] as const),
  ),
)

/** The tone of a word of state; an unknown one is plain. */
export function toneOf(word: string): Tone {
  return tones.get(word.toLowerCase().replaceAll(' ', '_')) ?? 'plain'
}
