import { hash as digest } from 'node:crypto'
import { textIn } from '../model/versions.ts'
import {
  beginRequest,
  finishRequest,
  forgetOldRequests,
  forgetRequest,
} from '../store/idempotency.ts'
import { type Asked, takeEffect } from './effect.ts'
import type { Answer, Call, Context } from './operation.ts'
import { badParameter, Problem } from './problem.ts'

export const idempotency_header = 'idempotency-key'

/** Runs a change once for each Idempotency-Key; a repeated request gets the first answer. */
export async function once(asked: Asked): Promise<Answer> {
  const { operation, call, request } = asked
  const given = request.headers[idempotency_header]
  if (given === undefined || operation.method !== 'POST') return takeEffect(asked)
  const name = { institutionId: call.key.institutionId, key: keyName(call, given) }
  const { db, now } = call.context
  await sweep(call.context)
  const fingerprint = digest(
    'sha256',
    JSON.stringify([operation.method, request.url, request.bodyText]),
    'base64url',
  )
  const begun = await beginRequest(db, { ...name, fingerprint, now_ms: now() })
  if (begun.state === 'in flight') throw inFlight()
  if (begun.state === 'mismatch') throw mismatch()
  if (begun.state === 'done') {
    const headers = { 'idempotent-replayed': 'true' }
    return { status: begun.status, body: begun.body, headers, served: true }
  }
  try {
    return await takeEffect(asked, async (tx, answer) => {
      const body = bodyIn(call, answer)
      const kept = withoutSecrets(body, operation.secrets ?? [])
      await finishRequest(tx, { ...name, status: answer.status ?? 200, body: kept })
      return { ...answer, body, served: true }
    })
  } catch (error) {
    await forgetRequest(db, name)
    throw error
  }
}

function bodyIn({ version }: Call, { body, served: ready }: Answer): string {
  const text = typeof body === 'string' ? body : body.toString()
  return ready ? text : textIn(version, text)
}

/** A secret is shown once, and is not kept where a copy of the database would show it. */
function withoutSecrets(body: string, secrets: readonly string[]): string {
  if (secrets.length === 0) return body
  return JSON.stringify(JSON.parse(body), (name, value) => (secrets.includes(name) ? null : value))
}

function keyName({ key }: Call, given: string | string[]): string {
  if (typeof given !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(given)) {
    throw badParameter('Idempotency-Key', '1 to 255 printable ASCII characters', given)
  }
  // Keys of other modes and ledger accounts are other callers.
  return `${key.mode} ${key.ledgerAccountId ?? ''} ${given}`
}

const sweep_every_ms = 600_000
const swept = new WeakMap<object, number>()

async function sweep({ db, now, callers }: Context) {
  const now_ms = now()
  if (now_ms - (swept.get(callers) ?? 0) < sweep_every_ms) return
  swept.set(callers, now_ms)
  await forgetOldRequests(db, now_ms)
}

function inFlight(): Problem {
  return new Problem({
    code: 'idempotency_in_flight',
    detail: 'Idempotency-Key: a request with this key is being worked on; retry shortly',
    param: 'Idempotency-Key',
    headers: { 'retry-after': '1' },
  })
}

function mismatch(): Problem {
  return new Problem({
    code: 'idempotency_mismatch',
    detail: 'Idempotency-Key: expected the request it was first used with, got another one',
    param: 'Idempotency-Key',
  })
}
