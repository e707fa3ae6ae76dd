import { misused } from './fault.ts'

/** `name=value` options as an object. */
export function pairs(option: string, given: readonly string[]): { [name: string]: string } {
  return Object.fromEntries(
    given.map((text) => {
      const at = text.indexOf('=')
      if (at < 1) throw misused(`${option}: expected name=value, got "${text}"`)
      return [text.slice(0, at), text.slice(at + 1)]
    }),
  )
}
