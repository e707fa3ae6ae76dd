import { expect, it } from 'vitest'
import { customer } from '../model/customer.ts'
import { decide } from '../store/decide.ts'
import { tombstone } from './tombstone.ts'

const context = {
  ledgerAccountId: 'la_1',
  partnerSource: 'stripe',
  partnerAccountId: 'acct_1',
  partnerAccountConnectionId: 'pac_1',
}
const deletion = { partnerRecordId: 'cus_1', evidence: 'event', stamp: 1_767_225_600_000 } as const

it('a tombstone says that the record is gone, when and how we know, and nothing else', () => {
  const { record, payload } = tombstone(customer, context, deletion)
  expect(payload).toBeNull()
  const told = Object.entries(record).filter(([, value]) => value !== undefined)
  expect(Object.fromEntries(told)).toEqual({
    object: 'customer',
    id: expect.stringMatching(/^cus_/),
    partnerSource: 'stripe',
    ledgerAccountId: 'la_1',
    partnerAccountConnectionId: 'pac_1',
    partnerRecordId: 'cus_1',
    subscriptions: expect.stringMatching(/^list_cus_sub_/),
    recordState: 'DELETED',
    deletedDate: '2026-01-01T00:00:00.000Z',
    deletionEvidence: 'event',
  })
})

it('a record that was never seen can be deleted', () => {
  const one = tombstone(customer, context, deletion)
  const { kind, record } = decide(one, null, '2026-01-01T00:00:00.000Z')
  expect(kind).toBe('deleted')
  expect(record).toMatchObject({ name: null, recordState: 'DELETED' })
})
