// How Shopify writes times, money and ids.
import { currency } from '../world/money.ts'

export type Json = Record<string, unknown>

export function stamp(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`
}

// At least one decimal, and no zeros behind it: 12.5, 1500.0.
export function decimal(minor: number, code: string): string {
  const { exponent } = currency(code)
  const digits = `${Math.abs(minor)}`.padStart(exponent + 1, '0')
  const whole = digits.slice(0, digits.length - exponent)
  const fraction = digits.slice(digits.length - exponent).replace(/0+$/, '')
  return `${minor < 0 ? '-' : ''}${whole}.${fraction || '0'}`
}

export function money(minor: number, code: string): Json {
  return { amount: decimal(minor, code), currencyCode: code.toUpperCase() }
}

// Of the two amounts of an order, the buyer's.
export function presented(minor: number, code: string): Json {
  return { presentmentMoney: money(minor, code) }
}

export function gid(type: string, id: string | number): string {
  return `gid://shopify/${type}/${id}`
}
