// How this server writes times and amounts.
import type { Json } from './server.ts'

export function stamp(time: number): string {
  return new Date(time).toISOString()
}

// In major units, as a number and as exact text.
export function amounts(name: string, minor: number, exponent: number): Json {
  const value = major(minor, exponent)
  return { [name]: value, [`raw_${name}`]: { value: `${value}`, precision: 20 } }
}

export function major(minor: number, exponent: number): number {
  return minor / 10 ** exponent
}
