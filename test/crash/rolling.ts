import { type LoadFigures, startLoad } from './load.ts'
import { type Member, newMember } from './process.ts'
import { setStage, writtenAccounts } from './stage.ts'

export interface RollingFigures extends LoadFigures {
  readonly restarts: number
  /** Writes that were acknowledged and are not there, or are there more than once. */
  readonly lost: number
  readonly doubled: number
  readonly seconds: number
  readonly broken: readonly string[]
}

const drain = '1s'

/** Restarts two API processes one after the other, again and again, under load (G12). */
export async function rolling(options: { rounds: number; seed: number; buyers: number }) {
  const began_ms = Date.now()
  const stage = await setStage({ partners: ['stripe'], ...options })
  const members: Member[] = []
  const broken: string[] = []
  try {
    for (const business of stage.businesses) await business.sync()
    for (const name of ['api 1', 'api 2']) {
      const args = (port: number) => ['api', '--port', String(port), '--drain', drain]
      members.push(await newMember({ name, args, env: stage.env }))
    }
    await Promise.all(members.map((member) => member.start()))
    const { key } = stage
    const ledgerAccountIds = stage.businesses.map((one) => one.ledgerAccountId)
    const load = startLoad({ servers: members, key, ledgerAccountIds, readers: 8, writers: 2 })
    for (let round = 0; round < options.rounds; round++) {
      for (const member of members) {
        const status = await member.stop('SIGTERM')
        if (status !== 0) broken.push(`${member.name} ended with ${status}: ${member.output()}`)
        await member.start()
      }
    }
    const told = await load.stop()
    const difference = (await writtenAccounts(stage)) - told.written
    return figuresOf(told, {
      restarts: options.rounds * members.length,
      difference,
      broken,
      began_ms,
    })
  } finally {
    for (const member of members) await member.stop('SIGKILL')
    await stage.close()
  }
}

interface Seen {
  readonly restarts: number
  /** Ledger accounts that are there beyond those that were acknowledged. */
  readonly difference: number
  readonly broken: readonly string[]
  readonly began_ms: number
}

function figuresOf(told: LoadFigures, { restarts, difference, broken, began_ms }: Seen) {
  const lost = Math.max(0, -difference)
  const doubled = Math.max(0, difference)
  const wrong = lost + doubled > 0 ? [`${lost} writes lost, ${doubled} doubled`] : []
  const figures: RollingFigures = {
    ...told,
    restarts,
    lost,
    doubled,
    seconds: Math.round((Date.now() - began_ms) / 1000),
    broken: [...broken, ...told.failed, ...wrong],
  }
  return figures
}

export function rollingSentence(figures: RollingFigures): string {
  const { restarts, requests, retried, failed, written, lost, doubled, seconds } = figures
  return [
    ...figures.broken,
    `rolling: ${restarts} restarts, ${requests} requests, ${failed.length} failed ` +
      `(${retried} sent again); ${written} writes: ${lost} lost, ${doubled} doubled; ${seconds} s`,
  ].join('\n')
}
