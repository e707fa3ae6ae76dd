import { inTurns, median, ratioOf, rounded, written } from './figures.ts'
import type { Form, Measured, Measurement } from './measurement.ts'
import { startBenchPostgres } from './servers.ts'
import { startSide } from './side.ts'

export const p2: Measurement = {
  id: 'P2',
  title: 'Normalising and saving customers',
  how:
    'Payloads of Stripe customers are normalised and saved in pages of 500, one transaction a ' +
    'page, with history and change feed. Against it, `COPY customer FROM STDIN` (text form) of ' +
    'the same rows into the same table with the same indexes, in one transaction. Both start ' +
    'from an empty table and a checkpoint; rounds in turns, after one that does not count; medians.',
  run,
}

async function run(form: Form): Promise<Measured> {
  const count = form.pick(20_000, 200_000)
  const rounds = form.pick(9, 9)
  const postgres = await startBenchPostgres()
  const side = startSide('save')
  try {
    await side.ask('open', { url: postgres.url, count })
    const perSecond = async (work: 'save' | 'copy') => {
      await side.ask('clear')
      return count / (await side.ask<number>(work))
    }
    form.tell('warming up')
    await perSecond('save')
    const bytes = await side.ask<number>('export')
    await perSecond('copy')
    const rates = await inTurns(
      rounds,
      async (round) => {
        form.tell(`round ${round} of ${rounds}`)
        return perSecond('save')
      },
      () => perSecond('copy'),
    )
    return resultOf(rates, { count, bytes })
  } finally {
    await side.stop()
    await postgres.stop()
  }
}

function resultOf(
  { one, other }: { one: number[]; other: number[] },
  { count, bytes }: { count: number; bytes: number },
): Measured {
  const measured = median(one)
  const copy = median(other)
  const result = {
    id: 'P2',
    title: 'normalise and save',
    measured: rounded(measured),
    unit: 'records/s',
    against: { COPY: rounded(copy) },
    ratio: rounded(ratioOf(one, other)),
    goal: { is: '>=', value: 0.6 },
  } as const
  return {
    results: [result],
    notes: [
      `${count.toLocaleString('en')} customers of ${Math.round(bytes / count)} bytes a row`,
      `rounds, records/s: Furrow ${written(one)}; COPY ${written(other)}`,
    ],
  }
}
