// Answers that are not what was asked for.
import type { Answer, Row } from '../partner.ts'
import { type Fault, number, type Strike } from './fault.ts'
import { inRows } from './values.ts'

const RETRY_SECONDS = 2

export const status: Record<string, Fault> = {
  error_500: { instead: (strike) => broken(strike, 500) },
  error_502: { instead: () => page(502, 'Bad Gateway') },
  error_503_seconds: {
    instead: (strike) => retryAfter(strike, String(number(strike, 'seconds', RETRY_SECONDS))),
  },
  error_503_date: {
    instead: (strike) => {
      // A real date: whoever waits does so by a real clock.
      const at = Date.now() + number(strike, 'seconds', RETRY_SECONDS) * 1000
      return retryAfter(strike, new Date(at).toUTCString())
    },
  },
  // Without Retry-After.
  too_many_requests: { instead: ({ partner, asked }) => partner.refuse('tooMany', asked) },
  html_200: { instead: () => page(200, 'Scheduled maintenance') },
  wrong_content_type: {
    change: (answer) => ({
      ...answer,
      headers: { ...answer.headers, 'content-type': 'text/plain' },
    }),
  },
  truncated_json: {
    // The length is that of what is left, so only the JSON is wrong.
    change: (answer) => {
      const whole = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body)
      return { ...answer, body: whole.slice(0, Math.floor(whole.length * 0.7)) }
    },
  },
  unauthorised: {
    lasting: true,
    instead: ({ partner, asked }) => partner.refuse('unauthorised', asked),
  },
  scope_lost: {
    lasting: true,
    instead: ({ partner, asked }) => partner.refuse('scopeLost', asked),
  },
  account_deauthorised: {
    lasting: true,
    instead: ({ partner, asked }) => partner.refuse('deauthorised', asked),
  },
  // An object that was made a moment ago is not shown yet: asked for by another id, nobody knows it.
  unseen: {
    ask: ({ asked }) => {
      const body = asked.body.replace(/("id":"[^"]*?)"/, '$10unseen"')
      return { ...asked, body, path: body === asked.body ? `${asked.path}0unseen` : asked.path }
    },
  },
  clock_skew: {
    lasting: true,
    // The Date header, and with `created: 1` when things are said to have been made.
    change: (answer, strike) => {
      const seconds = number(strike, 'seconds', 3600)
      const date = new Date(strike.partner.now() + seconds * 1000).toUTCString()
      const skewed = { ...answer, headers: { ...answer.headers, date } }
      if (answer.status !== 200 || !number(strike, 'created', 0)) return skewed
      return inRows(skewed, strike, (row) => later(row, seconds))
    },
  },
}

// Every stamp of creation, as the partner writes them: seconds, or a date with or without its zone.
function later(row: Row, seconds: number): Row {
  const pairs = Object.entries(row).map(([name, value]) => {
    if (!name.includes('creat')) return [name, value]
    if (typeof value === 'number') return [name, value + seconds]
    const time = DATED.test(String(value)) ? Date.parse(withZone(String(value))) : Number.NaN
    if (Number.isNaN(time)) return [name, value]
    return [name, new Date(time + seconds * 1000).toISOString().slice(0, String(value).length)]
  })
  return Object.fromEntries(pairs)
}

const DATED = /^\d{4}-\d\d-\d\dT[\d:.]+Z?$/

function withZone(date: string): string {
  return date.endsWith('Z') ? date : `${date}Z`
}

function broken({ partner, asked }: Strike, code: number): Answer {
  return { ...partner.refuse('broken', asked), status: code }
}

function retryAfter(strike: Strike, value: string): Answer {
  const answer = broken(strike, 503)
  return { ...answer, headers: { ...answer.headers, 'retry-after': value } }
}

function page(code: number, title: string): Answer {
  const body = `<!doctype html><html><title>${title}</title><body>${title}</body></html>`
  return { status: code, headers: { 'content-type': 'text/html; charset=utf-8' }, body }
}
