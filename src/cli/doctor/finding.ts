import type { ServerFile } from '../folder.ts'

/** What one check found, and how to mend it. */
export interface Finding {
  readonly check: string
  readonly state: 'ok' | 'warning' | 'wrong'
  readonly found: string
  readonly fix: string | null
}

/** What is looked at. */
export interface Examined {
  readonly folder: string
  readonly url: string | undefined
  readonly server: ServerFile | null
}

export function ok(check: string, found: string): Finding {
  return { check, state: 'ok', found, fix: null }
}

export function wrong(check: string, found: string, fix: string): Finding {
  return { check, state: 'wrong', found, fix }
}

export function warning(check: string, found: string, fix: string): Finding {
  return { check, state: 'warning', found, fix }
}
