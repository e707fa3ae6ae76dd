// How this server writes times and amounts.
import { currency } from '../world/money.ts'

export function stamp(time: number): string {
  return new Date(time).toISOString()
}

// In the server's own decimals, whatever those of the currency are.
export function counted(minor: number, code: string, precision: number): number {
  return Math.round(minor * 10 ** (precision - currency(code).exponent))
}
