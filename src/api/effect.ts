import { addAuditEntry } from '../store/audit.ts'
import type { Executor } from '../store/database.ts'
import { within } from '../store/within.ts'
import { newCallers } from './caller.ts'
import type { Answer, Call, Context, Operation, Partners } from './operation.ts'
import type { ApiRequest } from './serve.ts'

/** A request for a change. */
export interface Asked {
  readonly operation: Operation
  readonly call: Call
  readonly request: ApiRequest
}

/** Whether an operation changes something. */
export function isChange({ method }: Operation): boolean {
  return method !== 'GET'
}

/** What is kept beside the effect; gives the answer as it is sent. */
type Keep = (tx: Executor, answer: Answer) => Promise<Answer>

/**
 * Runs an operation that changes something. Effect, audit entry and what `keep` keeps are one
 * transaction, unless the operation waits for a partner.
 */
export async function takeEffect(
  asked: Asked,
  keep: Keep = async (_, answer) => answer,
): Promise<Answer> {
  const { operation, call } = asked
  const { context } = call
  const work = async (inner: Context): Promise<Answer> => {
    const answer = await operation.handle({ ...call, context: inner })
    await noteChange(inner.db, asked, answer)
    return keep(inner.db, answer)
  }
  // What talks to a partner must not hold a transaction open meanwhile.
  if (operation.waits) return work(context)
  const answer = await context.db.transaction((tx) => work(contextWithin(asked, tx)))
  // Others may have looked before the commit.
  context.callers.forget()
  return answer
}

/** Everything that asks the database does so in the transaction: a second connection may be none. */
function contextWithin({ operation, call }: Asked, tx: Executor): Context {
  const { context } = call
  const db = within(context.db, tx)
  const partners = partnersLater(operation, context.partners)
  return { ...context, db, callers: newCallers(db, context.now), partners }
}

/** Asked from within a transaction a partner would hold it open, and the only connection with it. */
function partnersLater({ id }: Operation, partners: Partners): Partners {
  const refuse = () => {
    throw new Error(`${id} asks a partner within a transaction: it must say that it waits`)
  }
  const parts = Object.entries(partners).map(([name, part]) => [
    name,
    typeof part === 'function' ? refuse : part,
  ])
  // The same names; only what talks is replaced.
  return Object.fromEntries(parts) as Partners
}

async function noteChange(tx: Executor, { operation, call, request }: Asked, answer: Answer) {
  const { id = null, object = null, ...body } = objectIn(answer)
  const ledgerAccountId = object === 'ledger_account' ? id : (body.ledgerAccountId ?? null)
  await addAuditEntry(tx, {
    ...whoOf(call.key),
    operation: operation.id,
    object,
    objectId: id,
    ledgerAccountId: ledgerAccountId ?? call.key.ledgerAccountId,
    requestId: request.id,
    status: answer.status ?? 200,
    code: null,
    now_ms: call.context.now(),
  })
}

interface Named {
  readonly object?: string | null
  readonly id?: string | null
  readonly ledgerAccountId?: string | null
}

function objectIn({ body }: Answer): Named {
  const text = String(body)
  return text.startsWith('{') ? (JSON.parse(text) as Named) : {}
}

/** Notes a change that was refused. Ids are left out: what they name may be another's. */
export async function noteRefusal(context: Context, request: ApiRequest, refused: Refused) {
  const { operation } = request.routeOptions.config
  if (!operation || !request.key) return
  await addAuditEntry(context.db, {
    ...whoOf(request.key),
    operation: operation.id,
    object: null,
    objectId: null,
    ledgerAccountId: request.key.ledgerAccountId,
    requestId: request.id,
    ...refused,
    now_ms: context.now(),
  })
}

export interface Refused {
  readonly status: number
  readonly code: string | null
}

function whoOf({ institutionId, mode, id, hint }: Call['key']) {
  return { institutionId, mode, via: 'api', keyId: id, keyHint: hint } as const
}
