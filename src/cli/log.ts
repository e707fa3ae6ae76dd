import pino, { type Logger } from 'pino'
import { misused } from './fault.ts'

const levels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']

/** Logs as JSON lines on stderr, so that stdout is for answers only. */
export function newLog(level_default: string): Logger {
  const level = process.env.FURROW_LOG ?? level_default
  if (!levels.includes(level)) {
    throw misused(`FURROW_LOG: expected one of ${levels.join(', ')}, got "${level}"`)
  }
  return pino({ level, base: null }, pino.destination({ fd: 2, sync: true }))
}
