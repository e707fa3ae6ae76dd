import { median, rounded } from './figures.ts'
import { fill } from './fill.ts'
import type { Form, Measured, Measurement } from './measurement.ts'
import { p99 } from './notifying.ts'
import { buyerId } from './seller.ts'
import { startBenchPostgres } from './servers.ts'
import { startSide } from './side.ts'

const buyers = 1_000
const payments_of_the_first = 10_000
const goal_ms = 50

export const p9: Measurement = {
  id: 'P9',
  title: 'A buyer with many payments',
  how:
    `The summary and the first page of the timeline of a buyer with ` +
    `${payments_of_the_first.toLocaleString('en')} payments, beside ${buyers.toLocaleString('en')} ` +
    'buyers with one each, from an API process that keeps no answer; one request after the other.',
  run,
}

async function run(form: Form): Promise<Measured> {
  const postgres = await startBenchPostgres()
  const api = startSide('furrow_api')
  try {
    const url = await postgres.database('big_buyer')
    form.tell('filling')
    const payments = (i: number) => (i === 0 ? payments_of_the_first : 1)
    const { key, ledgerAccountId } = await fill({ url, buyers, payments })
    const origin = await api.ask<string>('serve', { url, cacheBytes: 0 })
    const id = buyerId({ ledgerAccountId, payments, subscriptions: () => 0 }, 0)
    const measured: Measured[] = []
    for (const what of ['summary', 'timeline'] as const) {
      form.tell(what)
      const ask = () => latency(`${origin}/v2/customers/${id}/${what}`, key)
      measured.push(await measuredOf(what, ask, form.pick(300, 3_000)))
    }
    return {
      results: measured.flatMap(({ results }) => results),
      notes: measured.flatMap(({ notes }) => notes),
    }
  } finally {
    await api.stop()
    await postgres.stop()
  }
}

async function measuredOf(
  what: 'summary' | 'timeline',
  ask: () => Promise<number>,
  requests: number,
): Promise<Measured> {
  for (let i = 0; i < requests / 4; i++) await ask()
  const took: number[] = []
  for (let i = 0; i < requests; i++) took.push(await ask())
  const worst = p99(took)
  return {
    results: [
      {
        id: what === 'summary' ? 'P9' : 'P9.timeline',
        title: `${what} of a buyer with ${payments_of_the_first.toLocaleString('en')} payments`,
        measured: rounded(worst),
        unit: 'ms (p99)',
        against: { goal: goal_ms },
        ratio: rounded(worst / goal_ms),
        goal: { is: '<=', value: 1 },
      },
    ],
    notes: [`${what}: ${requests} requests, median ${rounded(median(took))} ms`],
  }
}

async function latency(url: string, key: string): Promise<number> {
  const began = performance.now()
  const answer = await fetch(url, { headers: { 'x-api-key': key } })
  await answer.text()
  if (answer.status !== 200) throw new Error(`${url}: ${answer.status}`)
  return performance.now() - began
}
