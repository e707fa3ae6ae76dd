import { objectTypes, recordTypes } from '../../model/index.ts'
import type { ObjectType } from '../../model/object.ts'
import { ledgerAccountOf } from '../../store/expand.ts'
import { retrieve } from '../../store/list.ts'
import { etagOfRecord, freshnessHeader, matches } from '../cached.ts'
import { idExample, recordExample } from '../example.ts'
import {
  listParameters,
  listRequestReader,
  type RecordRequest,
  readRecordRequest,
  recordParameters,
} from '../list_request.ts'
import { answerList, listNamed, textsOf } from '../lists.ts'
import { type Answer, type Call, type Operation, operation } from '../operation.ts'
import type { Parameter } from '../parameter.ts'
import { notFound } from '../problem.ts'
import { integer, listExample, listSchema, refTo } from '../schemas.ts'
import { type NamedScope, scopeOf, scopeParameters } from '../scope.ts'

/** List and retrieve, for every object of the model. */
export function recordOperations(): Operation[] {
  return objectTypes.flatMap((type) => [listOperation(type), retrieveOperation(type)])
}

export function tagOf(type: ObjectType): string {
  return type.plural
}

/** The schema of a page of an object's list, with what can be included. */
export function pageSchema(type: ObjectType) {
  return listSchema(refTo(type), {
    total_count: integer,
    freshness: { type: 'array', items: { type: 'object' } },
  })
}

function listOperation(type: ObjectType): Operation {
  const parameters = listParameters(type)
  const path = `/${type.plural}`
  return operation({
    id: `list_${type.plural}`,
    method: 'GET',
    path,
    tag: tagOf(type),
    summary: `List ${type.plural}`,
    description: `Newest first, over all connections of the ledger accounts that the key may see. ${type.description}.`,
    scope: 'read',
    parameters,
    answer: {
      status: 200,
      description: 'One page',
      schema: pageSchema(type),
      example: listExample(`/v2${path}`, recordExample(type)),
    },
    errors: ['not_found'],
    prepare: listRequestReader(type, parameters),
    async handle(call) {
      const scope = await scopeOf(call, call.query.scope)
      return answerList(call, { type, scope, fixed: [] })
    },
  })
}

export function idParameter(type: ObjectType): Parameter {
  return {
    name: 'id',
    in: 'path',
    description: `Id of the ${type.name}`,
    schema: { type: 'string', minLength: 1, maxLength: 80 },
    required: true,
    example: idExample(type),
  }
}

/** Objects that an attribute lists: their routes answer list ids too. */
const listed = new Set(
  objectTypes.flatMap((type) =>
    Object.values(type.attributes).flatMap((kind) => (kind.back ? kind.targets : [])),
  ),
)

function retrieveOperation(type: ObjectType): Operation {
  const lists = listed.has(type.name)
  const own = type.fromPartner ? scopeParameters : []
  return operation<RecordRequest>({
    id: `retrieve_${type.name}`,
    method: 'GET',
    path: `/${type.plural}/{id}`,
    tag: tagOf(type),
    summary: `Retrieve a ${type.name.replaceAll('_', ' ')}`,
    description: `Deleted ones too, with their recordState.${lists ? ` Given the list id that an attribute of another object holds, it answers that list, and takes the parameters of GET /${type.plural}.` : ''}`,
    scope: 'read',
    parameters: [idParameter(type), ...own, ...recordParameters(type)],
    answer: {
      status: 200,
      description: `The ${type.name}`,
      schema: lists ? { anyOf: [refTo(type), pageSchema(type)] } : refTo(type),
      example: recordExample(type),
    },
    errors: ['not_found'],
    ...(lists ? { listed: listedOperation(type) } : {}),
    prepare: (given, version) => readRecordRequest(type, given, version),
    handle: (call) => answerRecord(call, type),
  })
}

async function answerRecord(call: Call<RecordRequest>, type: ObjectType): Promise<Answer> {
  const { text, scope } = await ownedRecord(call, type)
  const [body = ''] = await textsOf(call, type, [text])
  const etag = etagOfRecord(text, body)
  const headers = await freshnessHeader(call, scope)
  const same = call.ifNoneMatch !== null && matches(call.ifNoneMatch, etag)
  return same ? { status: 304, body: '', etag, headers } : { body, etag, headers, served: true }
}

/** The text of the record that the path names, and its ledger account as scope. Throws 404. */
export async function ownedRecord(
  call: Pick<Call<{ scope: NamedScope }>, 'context' | 'key' | 'params' | 'query'>,
  type: ObjectType,
): Promise<{ text: string; scope: readonly [string] }> {
  const id = call.params.id ?? ''
  const visible = await scopeOf(call, call.query.scope)
  const text = await retrieve(call.context.db, type, { scope: visible, id })
  if (text === null) throw notFound(type.name, id)
  return { text, scope: [ledgerAccountOf(text)] }
}

function listedOperation(type: ObjectType): Operation {
  const parameters = listParameters(type)
  const unlisted = listOperation(type)
  return operation({
    ...unlisted,
    parameters,
    prepare: listRequestReader(type, parameters),
    async handle(call) {
      const id = call.params.id ?? ''
      const { owner, ownerId, back } = listNamed(type, id)
      const owned = { ...call, params: { id: ownerId } }
      const { scope } = await ownedRecord(owned, owner).catch((error: unknown) => {
        throw error instanceof Error && error.name === 'Problem' ? notFound('list', id) : error
      })
      const fixed =
        back === 'ledgerAccountId'
          ? []
          : [{ column: back, operator: 'eq', value: ownerId } as const]
      return answerList(call, { type, scope, fixed })
    },
  })
}

/** What hangs on one record: the records of another object that name it. */
export function hangingOperations(): Operation[] {
  return objectTypes.flatMap((owner) =>
    hangingOn(owner).map(({ type, back }) => hangingOperation(owner, { type, back })),
  )
}

interface Hanging {
  readonly type: ObjectType
  readonly back: string
}

/** Lists that an object's attributes name, and for a customer whatever names the customer. */
function hangingOn(owner: ObjectType): Hanging[] {
  const named = Object.values(owner.attributes).flatMap((kind) =>
    kind.back ? kind.targets.map((target) => ({ name: target, back: kind.back ?? '' })) : [],
  )
  const back = `${owner.name}_id`
  const naming = owner.name === 'customer' ? recordTypes.filter((type) => type.own[back]) : []
  const all = new Map(
    [...named, ...naming.map(({ name }) => ({ name, back }))].map((h) => [h.name, h]),
  )
  return objectTypes.flatMap((type) => {
    const found = all.get(type.name)
    return found ? [{ type, back: found.back }] : []
  })
}

function hangingOperation(owner: ObjectType, { type, back }: Hanging): Operation {
  const ofAccount = back === 'ledgerAccountId'
  const parameters = listParameters(type, back).filter(
    (parameter) => !ofAccount || !scopeParameters.includes(parameter),
  )
  const word = type.plural.replace(`${owner.name}_`, '')
  const path = `/${owner.plural}/{id}/${word}`
  return operation({
    id: `list_${word}_of_${owner.name}`,
    method: 'GET',
    path,
    tag: tagOf(owner),
    summary: `List the ${word.replaceAll('_', ' ')} of a ${owner.name.replaceAll('_', ' ')}`,
    description: 'Newest first.',
    scope: 'read',
    parameters: [idParameter(owner), ...parameters],
    answer: {
      status: 200,
      description: 'One page',
      schema: pageSchema(type),
      example: listExample(`/v2${path.replace('{id}', idExample(owner))}`, recordExample(type)),
    },
    errors: ['not_found'],
    prepare: listRequestReader(type, parameters),
    async handle(call) {
      const { scope } = await ownedRecord(call, owner)
      const value = call.params.id ?? ''
      const fixed = ofAccount ? [] : [{ column: back, operator: 'eq', value } as const]
      return answerList(call, { type, scope, fixed })
    },
  })
}
