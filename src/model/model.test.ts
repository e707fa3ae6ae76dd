import { describe, expect, test } from 'vitest'
import { customer } from './customer.ts'
import { model, objectOfId, objectTypes, readListId } from './index.ts'
import { listId, recordId } from './object.ts'
import { subscription } from './subscription.ts'
import { faultOf, isCurrency } from './validate.ts'
import { attributeOf, nameIn, textIn } from './versions.ts'

const origin = { ledgerAccountId: 'la_1', partnerSource: 'stripe', partnerAccountId: 'acct_1' }

describe('the core model', () => {
  test('holds the fourteen objects of the dictionary', () => {
    expect(objectTypes).toHaveLength(14)
    expect(new Set(objectTypes.map((type) => type.prefix)).size).toBe(14)
  })

  test('serves each attribute with a description and an example or a reason for none', () => {
    for (const type of objectTypes) {
      for (const [name, kind] of Object.entries(type.attributes)) {
        expect(kind.description, `${type.name}.${name}`).not.toBe('')
      }
    }
  })

  test('expands only to objects that exist', () => {
    const targets = objectTypes.flatMap((type) =>
      Object.values(type.attributes).flatMap((kind) => kind.targets),
    )
    expect(targets.filter((target) => !(target in model))).toEqual([])
  })

  test('points lists back at an attribute that names their owner', () => {
    for (const type of objectTypes) {
      for (const kind of Object.values(type.attributes).filter(({ back }) => back)) {
        const target = objectTypes.find(({ name }) => name === kind.targets[0])
        expect(target?.attributes[kind.back ?? '']?.targets).toContain(type.name)
      }
    }
  })
})

describe('ids', () => {
  test('are the same for the same partner record, and tell their object', () => {
    const id = recordId(customer, origin, 'cus_9')
    expect(id).toBe(recordId(customer, { ...origin }, 'cus_9'))
    expect(objectOfId(id)).toBe(customer)
  })

  test('differ by ledger account, partner, account, object and record', () => {
    const ids = [
      recordId(customer, origin, 'x'),
      recordId(customer, { ...origin, ledgerAccountId: 'la_2' }, 'x'),
      recordId(customer, { ...origin, partnerSource: 'square' }, 'x'),
      recordId(customer, { ...origin, partnerAccountId: 'acct_2' }, 'x'),
      recordId(subscription, origin, 'x'),
      recordId(customer, origin, 'y'),
    ].map((id) => id.slice(id.indexOf('_')))
    expect(new Set(ids).size).toBe(6)
  })

  test('of partners that use the separator do not run together', () => {
    const one = recordId(customer, { ...origin, partnerAccountId: 'a customer' }, 'b')
    const other = recordId(customer, { ...origin, partnerAccountId: 'a' }, 'customer b')
    expect(one).not.toBe(other)
  })

  test('of lists name their owner and what they hold', () => {
    const id = recordId(customer, origin, 'cus_9')
    const list = readListId(listId(customer, subscription, id))
    expect(list).toEqual({ owner: customer, target: subscription, ownerId: id })
    expect(readListId('list_cus_sub_')).toBeNull()
  })
})

describe('versions', () => {
  test('rename keys, and nothing inside a text', () => {
    const text = JSON.stringify({ partnerSource: 'x', name: '"partnerSource": "ledgerAccountId":' })
    const renamed = JSON.parse(textIn('v1', text))
    expect(renamed).toEqual({ partner_source: 'x', name: '"partnerSource": "ledgerAccountId":' })
    expect(textIn('v2', text)).toBe(text)
  })

  test('name an attribute both ways', () => {
    expect(nameIn('v1', 'ledgerAccountId')).toBe('ledger_id')
    expect(attributeOf('v1', 'ledger_id')).toBe('ledgerAccountId')
    expect(attributeOf('v2', 'ledgerAccountId')).toBe('ledgerAccountId')
  })
})

describe('validation', () => {
  test('names the attribute, what was expected and what came', () => {
    const fault = faultOf(customer, { payment_currency: 'POUND' })
    expect(fault).toMatch(/^customer/)
  })

  test('knows every currency that this runtime does not call past', () => {
    const names = new Intl.DisplayNames('en', { type: 'currency' })
    // A past currency's name ends in its years: "Zambian kwacha (1968–2012)".
    const current = Intl.supportedValuesOf('currency').filter(
      (code) => !/\d{4}/.test(names.of(code) ?? ''),
    )
    expect(current.filter((code) => !isCurrency(code))).toEqual([])
    expect(isCurrency('POUND')).toBe(false)
  })
})
