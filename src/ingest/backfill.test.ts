import { expect, it } from 'vitest'
import { listOf, type Stream } from '../partners/stream.ts'
import { stripe } from '../partners/stripe/index.ts'
import type { Segment } from '../store/segment.ts'
import { byCreation } from './backfill.ts'
import type { Run } from './run.ts'

const customers = stripe.streams.find(({ name }) => name === 'customers') as Stream

/** What a reading makes of a page in which one row says that it was deleted. */
async function readAs(kind: Segment['kind']) {
  const data = [
    { id: 'cus_1', object: 'customer', created: 1_767_225_600, name: 'Åse' },
    { id: 'cus_2', object: 'customer', deleted: true },
  ]
  const body = { object: 'list', data, has_more: false }
  const account = { partnerSource: 'stripe', partnerAccountId: 'acct_1', facts: {} }
  const connection = { id: 'pac_1', ledgerAccountId: 'la_1', ...account }
  const run = {
    partner: stripe,
    connection,
    signal: new AbortController().signal,
    at: () => undefined,
    http: { send: async () => ({ status: 200, body, headers: {}, started_ms: 5 }) },
  } as unknown as Run // what reading a page needs of a run
  const segment = { kind, from: null, to: null, cursor: null, reached: null } as Segment
  const { records, rejects } = await byCreation(run, customers, listOf(customers)).read(
    segment,
    run.signal,
  )
  expect(rejects).toEqual([])
  return records.map(({ record, stamp }) => {
    const { partnerRecordId, recordState, deletionEvidence } = record
    return { partnerRecordId, recordState, deletionEvidence, stamp }
  })
}

const there = {
  partnerRecordId: 'cus_1',
  recordState: 'ACTIVE',
  deletionEvidence: null,
  stamp: 5,
}

it('a list of what changed tells also what was deleted', async () => {
  expect(await readAs('recent')).toEqual([
    there,
    { ...there, partnerRecordId: 'cus_2', recordState: 'DELETED', deletionEvidence: 'refetch' },
  ])
})

it('a list of everything leaves out what is gone: it may never have been ours', async () => {
  expect(await readAs('backfill')).toEqual([there])
})
