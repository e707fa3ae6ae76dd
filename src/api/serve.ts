import type { FastifyReply, FastifyRequest } from 'fastify'
import { textIn, type Version } from '../model/versions.ts'
import type { ApiKey } from '../store/api_key.ts'
import { type BodyReader, bodyReader } from './body.ts'
import { isChange } from './effect.ts'
import { once } from './idempotency.ts'
import type { Answer, Call, Context, Operation } from './operation.ts'
import { assertText } from './parameter.ts'
import { Problem } from './problem.ts'
import { queryReader } from './query_string.ts'

/** A request as it passes through the hooks. */
export interface ApiRequest extends FastifyRequest {
  /** The usable key it came with. */
  key: ApiKey | null
  /** Its body as it came. */
  bodyText: string
}

const prepared_kept_max = 500
const prepared_length_max = 1_000

/** Makes the handler of an operation in a version; all that can be is worked out beforehand. */
export function serve(operation: Operation, version: Version, context: Context) {
  const prepare = preparer(operation, version)
  const listed = operation.listed ? serve(operation.listed, version, context) : null
  const readBody: BodyReader | null = operation.body ? bodyReader(operation.body, version) : null
  return async (request: ApiRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const params = request.params as Record<string, string>
    if (listed && params.id?.startsWith('list_')) return listed(request, reply)
    for (const name in params) assertText(name, params[name] ?? '')
    const [path = '', rawQuery = ''] = splitUrl(request.url)
    const call: Call = {
      context,
      version,
      key: keyOf(request),
      path: path.slice(version.length + 1),
      params,
      rawQuery,
      query: prepare(rawQuery),
      body: readBody ? readBody(request.body) : null,
      ifNoneMatch: (request.headers['if-none-match'] as string | undefined) ?? null,
    }
    const answer = await (isChange(operation)
      ? once({ operation, call, request })
      : operation.handle(call))
    return send(reply, answer, { version, encoding: request.headers['accept-encoding'] })
  }
}

function keyOf({ key }: ApiRequest): ApiKey {
  if (!key) throw new Problem({ code: 'unauthorised', detail: 'x-api-key: expected a key' })
  return key
}

function splitUrl(url: string): [string, string] {
  const at = url.indexOf('?')
  return at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)]
}

/** Reads query strings, and remembers what the last few hundred meant. */
function preparer(operation: Operation, version: Version) {
  const read = queryReader(operation.parameters, version)
  const kept = new Map<string, unknown>()
  return (raw: string): unknown => {
    const known = kept.get(raw)
    if (known !== undefined) return known
    const prepared = operation.prepare(read(raw), version)
    if (raw.length > prepared_length_max) return prepared
    if (kept.size >= prepared_kept_max) kept.delete(kept.keys().next().value ?? '')
    kept.set(raw, prepared)
    return prepared
  }
}

const json = 'application/json; charset=utf-8'

const compressed_length_min = 4_096

interface Sending {
  readonly version: Version
  /** What the client can decompress. */
  readonly encoding: unknown
}

function send(reply: FastifyReply, answer: Answer, { version, encoding }: Sending): FastifyReply {
  const { status = 200, etag, headers, type = json } = answer
  if (etag) reply.header('etag', etag)
  for (const name in headers) reply.header(name, headers[name])
  reply.code(status)
  if (status === 304 || status === 204) return reply.send()
  reply.header('content-type', type)
  const isReady = typeof answer.body !== 'string' || answer.served
  const body = isReady ? answer.body : textIn(version, String(answer.body))
  // A hook on every answer would cost those who do not ask for it.
  const compressed = encoding !== undefined && body.length >= compressed_length_min
  if (!compressed) return reply.send(body)
  reply.compress(body)
  return reply
}
