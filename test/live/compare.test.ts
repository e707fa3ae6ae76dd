import { describe, expect, test } from 'vitest'
import { differences, type Served, type ServedLists } from './compare.ts'
import { eachKind, type Facts, type Truth } from './truth.ts'

const customer: Served = {
  id: 'cus_a',
  partnerRecordId: '1',
  recordState: 'ACTIVE',
  name: 'Åsa',
  address: { city: 'Lund' },
}
const order: Served = {
  id: 'ord_a',
  partnerRecordId: '9',
  recordState: 'ACTIVE',
  customer_id: 'cus_a',
}
const gone = { ...customer, recordState: 'DELETED', deletionEvidence: 'sweep' }

function served(lists: Partial<ServedLists>): ServedLists {
  return { ...eachKind(() => []), ...lists }
}

function truth(customers: { readonly [id: string]: Facts }, orders = {}): Truth {
  const none = eachKind(() => new Map<string, Facts>())
  return {
    ...none,
    customers: new Map(Object.entries(customers)),
    orders: new Map(Object.entries(orders)),
  }
}

describe('the comparison with a real server', () => {
  const asa = { name: 'Åsa', 'address.city': 'Lund' }

  test('is content with what agrees, links by the server’s ids', () => {
    const said = truth({ 1: asa }, { 9: { customer_id: 'customers 1' } })
    expect(differences(served({ customers: [customer], orders: [order] }), said, null)).toEqual([])
  })

  test.each([
    ['another value', [customer], { 1: { ...asa, 'address.city': 'Malmö' } }, 'address.city'],
    ['a missing record', [], { 1: asa }, 'customers 1: missing'],
    ['a record too many', [customer], {}, 'unknown to the server'],
    ['a record twice', [customer, customer], { 1: asa }, '1 served twice'],
    ['one that is deleted here only', [gone], { 1: asa }, 'served as DELETED'],
  ])('names %s', (_what, customers, said, line) => {
    const found = differences(served({ customers }), truth(said), null)
    expect(found).toEqual([expect.stringContaining(line)])
  })

  test('names the one line of an order that differs', () => {
    const bought = { ...order, line_items: [{ sku: 'A' }, { sku: 'B', quantity: 2 }] }
    const said = truth({}, { 9: { line_items: [{ sku: 'A' }, { sku: 'B', quantity: 3 }] } })
    expect(differences(served({ orders: [bought] }), said, null)).toEqual([
      'orders 9 line_items.1.quantity: the server says 3, Furrow 2',
    ])
  })

  test.each([
    ['is content with a deletion that has evidence', [gone], []],
    ['names one without', [{ ...gone, deletionEvidence: null }], ['deleted without evidence']],
    ['names a record that the server has no more', [customer], ['gone at the server']],
    ['names a record that was served before', [], ['was served, and is lost']],
  ])('%s', (_what, customers, lines) => {
    const found = differences(served({ customers }), truth({}), truth({ 1: asa }))
    expect(found).toEqual(lines.map((line) => expect.stringContaining(line)))
  })
})
