import { describe, expect, test } from 'vitest'
import { contextOf } from '../../../test/fixtures.ts'
import { draftsOf } from '../mapping.ts'
import { shopifyCustomer } from './customer.ts'
import { shopifyGuest } from './guest.ts'
import { shopify } from './index.ts'
import { shopifyOrder } from './order.ts'

const context = contextOf(shopify)

describe('a buyer', () => {
  const name = (payload: object) =>
    draftsOf(shopifyCustomer, { legacyResourceId: '1', ...payload }, context)[0]?.name

  test('is called by a name, never by what Shopify shows for want of one', () => {
    const email = { defaultEmailAddress: { emailAddress: 'Mo@garden.example' } }
    const phone = { defaultPhoneNumber: { phoneNumber: '+46812345' } }
    expect(name({ firstName: 'Mo', lastName: null, displayName: 'Mo' })).toBe('Mo')
    expect(name({ ...email, displayName: 'mo@garden.example' })).toBeNull()
    expect(name({ ...phone, displayName: '+46812345' })).toBeNull()
    expect(name({ ...phone, displayName: 'Garden AB' })).toBe('Garden AB')
    expect(name({ displayName: 'x@hidden.example', defaultAddress: { name: 'Mo Moss' } })).toBe(
      'Mo Moss',
    )
  })

  test('whose account is disabled is not deleted, and may be nothing but a number', () => {
    const [read] = draftsOf(shopifyCustomer, { legacyResourceId: '1', state: 'DISABLED' }, context)
    expect(read).toMatchObject({ recordState: 'ACTIVE', name: null, email: null, address: null })
  })

  test('who has no customer is known by the e-mail address of an order, else not at all', () => {
    const guest = (payload: object) => draftsOf(shopifyGuest, payload as never, context)
    const order = { legacyResourceId: '5', customer: null, email: ' Ines@Example.com ' }
    const [found] = guest(order)
    expect(found).toMatchObject({
      partnerRecordId: 'guest:ines@example.com',
      email: 'Ines@Example.com',
      origin: 'DERIVED',
    })
    const [read] = draftsOf(shopifyOrder, order, context)
    expect(read?.customer_id).toBe(found?.id)
    expect(guest({ ...order, email: null })).toEqual([])
    expect(guest({ ...order, customer: { legacyResourceId: '1' } })).toEqual([])
  })
})
