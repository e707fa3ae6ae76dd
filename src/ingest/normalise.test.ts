import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Payload } from '../partners/rule.ts'
import { stripeCustomer } from '../partners/stripe/customer.ts'
import { stripe } from '../partners/stripe/index.ts'
import { mappingVersion, normalise } from './normalise.ts'

const context = {
  ledgerAccountId: 'la_1',
  partnerSource: 'stripe',
  partnerAccountId: 'acct_1',
  partnerAccountConnectionId: 'pac_1',
}
const buyer = { id: 'cus_1', object: 'customer', created: 1_767_225_600, currency: 'sek' }

function read(payload: Payload, stream = 'customers') {
  const { maps } = stripe.streams.find(({ name }) => name === stream)!
  return normalise(maps, { payload, text: JSON.stringify(payload), stamp: 7 }, context)
}

describe('normalise', () => {
  it('gives the record, with its payload, stamp and mapping', () => {
    const { records, fault } = read(buyer)
    expect(fault).toBeNull()
    expect(records).toHaveLength(1)
    expect(records[0]).toMatchObject({
      stamp: 7,
      payload: JSON.stringify(buyer),
      mappingVersion: mappingVersion(stripeCustomer),
      record: { payment_currency: 'SEK', created_date: '2026-01-01T00:00:00.000Z' },
    })
  })

  it('says what was expected, what came and where, and gives nothing', () => {
    const { records, fault } = read({ ...buyer, currency: 'pounds' })
    expect(records).toEqual([])
    expect(fault).toBe('customer.payment_currency: expected ISO 4217, got "POUNDS"')
  })

  it('takes no id with half a character for another id, and no code with a NUL', () => {
    const half = read({ ...buyer, id: 'cus_1\ud800' })
    expect(half.records).toEqual([])
    expect(half.fault).toMatch(/customer\.partnerRecordId: expected a whole text/)
    const method = { id: 'pm_1', object: 'payment_method', created: 1_767_225_600 }
    const nul = read({ ...method, type: 'card\u0000', customer: 'cus_1' }, 'external_accounts')
    expect(nul.records).toEqual([])
    expect(nul.fault).toMatch(/NUL/)
    // What is only cleaned away, or was lost before it came to us, is no reason to refuse.
    expect(read({ ...buyer, name: 'Zo\u0000ë \ufffd' }).records[0]?.record.name).toBe('Zoë \ufffd')
    expect(read({ ...buyer, name: String.raw`\u0000` }).fault).toBeNull()
  })

  it('makes a guest beside the payment, as old as the payment it is known from', () => {
    const latest_charge = {
      id: 'ch_1',
      object: 'charge',
      created: 1_767_225_600,
      billing_details: { email: 'Ada@Example.org', name: 'Ada' },
    }
    const intent = { id: 'pi_1', object: 'payment_intent', created: 1_767_225_000, latest_charge }
    const paid = { ...intent, amount: 1000, currency: 'usd', status: 'succeeded', customer: null }
    const { records, fault } = read(paid, 'payments')
    expect(fault).toBeNull()
    const [payment, guest] = records
    expect(guest).toMatchObject({ derived: true, stamp: 1_767_225_600_000 })
    expect(guest?.record).toMatchObject({ email: 'Ada@Example.org', origin: 'DERIVED' })
    expect(payment?.record.customer_id).toBe(guest?.id)
    expect(payment?.stamp).toBe(7)
  })

  it('never throws, and never gives what breaks the model', () => {
    const value = fc.anything({ maxDepth: 3, withNullPrototype: true })
    const fields = ['id', 'created', 'name', 'email', 'address', 'currency', 'shipping', 'deleted']
    const payloads = fc.record(Object.fromEntries(fields.map((name) => [name, value])), {
      requiredKeys: [],
    })
    fc.assert(
      fc.property(payloads, fc.constantFrom(...stripe.streams), (payload, { maps }) => {
        const { records, fault } = normalise(maps, { payload, text: '', stamp: 1 }, context)
        if (fault !== null) expect(records).toEqual([])
        for (const { record } of records) expect(typeof record.partnerRecordId).toBe('string')
      }),
      { numRuns: 500 },
    )
  })
})

describe('the version of a mapping', () => {
  it('stays while the rules do, and changes with one of them', () => {
    const same = { ...stripeCustomer }
    const name = { ...stripeCustomer.rules.email } as never
    const other = { ...stripeCustomer, rules: { ...stripeCustomer.rules, name } }
    expect(mappingVersion(same)).toBe(mappingVersion(stripeCustomer))
    expect(mappingVersion(other)).not.toBe(mappingVersion(stripeCustomer))
  })
})
