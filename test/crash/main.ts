// Kills workers again and again while they read, and compares what is stored with the partners'.
import { parseArgs } from 'node:util'
import { isPartnerName, type PartnerName, partnerNames } from '../../sandbox/partners.ts'
import { startPostgres } from '../postgres.ts'
import { eventTrial } from './events.ts'
import { eventSentence, isWell } from './events_figures.ts'
import { type Figures, sentence, totalSentence } from './figures.ts'
import { trial } from './trial.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string' },
    partner: { type: 'string', default: 'stripe' },
    seed: { type: 'string', default: '1' },
    buyers: { type: 'string', default: '120' },
    // Kills the database instead of the worker.
    postgres: { type: 'boolean', default: false },
    // Restarts two API processes so often under load, instead.
    rolling: { type: 'string' },
    // Kills each of two API processes and three workers so often, instead.
    fleet: { type: 'string' },
    // Kills processes that deliver events, instead of those that read.
    events: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})

if (values.rolling ?? values.fleet) {
  const fleets = await import('./fleets.ts')
  process.exit(await fleets.run(values))
}

const kills_default = values.events ? 20 : values.postgres ? 3 : 25
const kills_wanted = Number(values.kills ?? kills_default)
const wanted = partnersOf(values.partner)
const began_ms = Date.now()
// What is acknowledged must be on the disk, as in production.
const durable = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' }
const postgres = await startPostgres({ settings: durable })
// A server that is killed takes everybody's workers along.
const trials_parallel = values.postgres ? 1 : 2
const all: Figures[] = []
try {
  if (values.events) await killingDeliverers()
  const waiting = values.events ? [] : [...wanted]
  const oneByOne = async () => {
    for (let partner = waiting.shift(); partner; partner = waiting.shift()) await killing(partner)
  }
  await Promise.all(Array.from({ length: trials_parallel }, oneByOne))
} finally {
  await postgres.stop()
}
if (values.events) process.exit()
if (values.json) console.log(JSON.stringify(values.partner === 'all' ? all : all[0]))
else if (all.length > 1) console.log(totalSentence(all, Date.now() - began_ms))
process.exitCode = all.some(({ broken }) => broken.length > 0) ? 1 : 0

async function killingDeliverers() {
  const figures = await eventTrial({ postgres, kills_wanted, seed: values.seed })
  console.log(values.json ? JSON.stringify(figures) : eventSentence(figures))
  process.exitCode = isWell(figures) ? 0 : 1
}

async function killing(partner: PartnerName) {
  const { seed, buyers, postgres: killsPostgres } = values
  const given = { kills_wanted, seed, buyers: Number(buyers), killsPostgres }
  const figures = await trial({ partner, postgres, ...given })
  all.push(figures)
  if (!values.json) console.log(sentence(figures))
}

function partnersOf(name: string): readonly PartnerName[] {
  if (name === 'all') return partnerNames
  if (isPartnerName(name)) return [name]
  throw new Error(`--partner: expected all or one of ${partnerNames.join(', ')}, got "${name}"`)
}
