// How a shop writes times, amounts and addresses of its own.
import { DAY, SECOND } from '../world/sim.ts'

// WordPress writes whole seconds, in two zones, and never a Z.
export function stamp(time: number): string {
  return new Date(Math.floor(time / SECOND) * SECOND).toISOString().slice(0, 19)
}

// The shop's clock is two hours ahead.
export function localStamp(time: number): string {
  return stamp(time + DAY / 12)
}

export const HOME = 'https://garden.example/shop'

// An amount with the shop's two decimals, whatever the currency has.
export function money(minor: number, exponent: number): string {
  return (minor / 10 ** exponent).toFixed(2)
}

export function links(kind: string, id: number): Record<string, unknown> {
  const at = `${HOME}/wp-json/wc/v3/${kind}`
  return { self: [{ href: `${at}/${id}` }], collection: [{ href: at }] }
}
