import { describe, expect, test } from 'vitest'
import {
  exponentOf,
  minorOf,
  minorUnits,
  roundedMinorOf,
  stripeExponents,
  stripeMoney,
} from './money.ts'

const context = {
  ledgerAccountId: 'la_1',
  partnerSource: 'stripe',
  partnerAccountId: 'acct_1',
  partnerAccountConnectionId: 'pac_1',
}

describe('amounts of Stripe', () => {
  test.each([
    ['usd', 1999, 1999],
    ['jpy', 500, 500],
    ['kwd', 1230, 1230],
    ['huf', 1000, 1000],
    ['twd', 1000, 1000],
    ['isk', 500, 5],
    ['ugx', 500, 5],
    ['mga', 5, 500],
    ['ISK', 500, 5],
  ])('in %s are brought into ISO 4217 minor units', (currency, theirs, ours) => {
    expect(stripeMoney(theirs, currency)).toBe(ours)
  })

  test('are never rounded: a rest stays a fraction, which the model refuses', () => {
    expect(stripeMoney(550, 'isk')).toBe(5.5)
  })

  test('that are no numbers pass as they are', () => {
    expect([stripeMoney('12', 'isk'), stripeMoney(null, 'isk')]).toEqual(['12', null])
    expect(stripeMoney(12, undefined)).toBe(12)
  })

  test('differ from ISO 4217 in exactly these currencies', () => {
    const odd = Object.entries(stripeExponents).filter(([code, own]) => exponentOf(code) !== own)
    expect(odd.map(([code]) => code)).toEqual(['MGA', 'ISK', 'UGX'])
  })
})

test('an amount is read beside its currency', () => {
  const rule = minorUnits('price.amount', 'price.currency', stripeMoney)
  expect(rule.read({ price: { amount: 500, currency: 'isk' } }, context)).toBe(5)
  expect(rule.read({ price: {} }, context)).toBeNull()
})

test.each([
  ['12.5', 'EUR', 1250],
  ['-0.10', 'usd', -10],
  ['1500.00', 'JPY', 1500],
  ['1.23', 'KWD', 1230],
  [37.5, 'EUR', 3750],
  ['0.00', 'EUR', 0],
  ['', 'EUR', null],
  ['-.05', 'EUR', -5],
  ['90071992547409.91', 'EUR', 9007199254740991],
])('the decimal %s %s is %s minor units', (text, currency, minor) => {
  expect(minorOf(text, currency)).toBe(minor)
})

test.each([
  ['24.9875', 'SEK', 2499],
  ['24.9849999', 'SEK', 2498],
  ['0.005', 'EUR', 1],
  ['-0.005', 'EUR', -1],
  ['5.4', 'JPY', 5],
  ['99.5', 'JPY', 100],
  ['1.2345', 'KWD', 1235],
  ['12.5', 'EUR', 1250],
  ['', 'EUR', null],
  ['abc', 'EUR', 'abc'],
])('%s %s as it is charged is %s minor units', (text, currency, minor) => {
  expect(roundedMinorOf(text, currency)).toBe(minor)
})

test('what is finer than the minor unit, or no decimal, is left for the model to refuse', () => {
  expect(Number.isInteger(minorOf('1.005', 'EUR'))).toBe(false)
  expect(Number.isInteger(minorOf('1500.50', 'JPY'))).toBe(false)
  const odd = ['abc', '1e3', '.', '-', '1.', {}, '1']
  expect(odd.map((one) => minorOf(one, one === '1' ? 'POUND' : 'EUR'))).toEqual(odd)
})
