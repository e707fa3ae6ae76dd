export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }
export type StripeObject = JsonObject & { id: string; object: string }

export const API_VERSION = '2023-08-16'

export function seconds(time: number): number
export function seconds(time: number | null): number | null
export function seconds(time: number | null): number | null {
  return time === null ? null : Math.floor(time / 1000)
}
