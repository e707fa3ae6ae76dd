import { recordTypes } from '../../model/index.ts'
import type { ObjectType } from '../../model/object.ts'
import { recordExample } from '../example.ts'
import { columnsOf } from '../export/columns.ts'
import { csvRows } from '../export/csv.ts'
import {
  type ListRequest,
  limitParameter,
  listParameters,
  listRequestReader,
} from '../list_request.ts'
import { listPart } from '../lists.ts'
import { type Answer, type Call, type Operation, operation } from '../operation.ts'
import type { Parameter } from '../parameter.ts'
import { text } from '../schemas.ts'
import { scopeOf } from '../scope.ts'

export const export_limit_max = 5_000
const limit_default = 1_000

const formats = { ndjson: 'application/x-ndjson', csv: 'text/csv' } as const
type Format = keyof typeof formats

const formatParameter: Parameter = {
  name: 'format',
  in: 'query',
  description:
    'A record a line as JSON, or comma-separated with a row of names above; groups become columns such as `address.city`, and texts that a spreadsheet would calculate are marked',
  schema: { type: 'string', enum: Object.keys(formats), default: 'ndjson' },
  example: 'csv',
}

const partParameter: Parameter = {
  ...limitParameter,
  description: 'Most records in one part',
  schema: { type: 'integer', minimum: 1, maximum: export_limit_max, default: limit_default },
  example: limit_default,
}

/** What only has to do with pages for people. */
const left_out = new Set([
  'limit',
  'starting_after',
  'ending_before',
  'expand',
  'include',
  'fields',
])

interface ExportRequest extends ListRequest {
  readonly format: Format
}

/** Lists in large parts, for taking the data away. */
export function exportOperations(): Operation[] {
  return recordTypes.map(exportOperation)
}

function exportOperation(type: ObjectType): Operation {
  const own = listParameters(type).filter(({ name }) => !left_out.has(name))
  const parameters = [formatParameter, partParameter, ...own]
  const read = listRequestReader(type, parameters)
  return operation<ExportRequest>({
    id: `export_${type.plural}`,
    method: 'GET',
    path: `/exports/${type.plural}`,
    tag: 'exports',
    summary: `Export ${type.plural}`,
    description:
      'The list in large parts, as text. While there is more, the header `Furrow-Next-Cursor` holds the `cursor` of the next part; a record that exists throughout is in exactly one of them. An export that was cut off goes on with the last cursor.',
    scope: 'read',
    parameters,
    answer: {
      status: 200,
      description: 'A part of the list',
      types: Object.values(formats),
      schema: text,
      example: `${JSON.stringify(recordExample(type))}\n`,
    },
    errors: ['not_found'],
    prepare: (given, version) => ({
      ...read(new Map([['limit', limit_default], ...given]), version),
      format: (given.get('format') ?? 'ndjson') as Format,
    }),
    handle: (call) => answerPart(call, type),
  })
}

async function answerPart(call: Call<ExportRequest>, type: ObjectType): Promise<Answer> {
  const { format, cursor: from } = call.query
  const scope = await scopeOf(call, call.query.scope)
  const { texts, cursor } = await listPart(call, { type, scope, fixed: [] })
  const columns = columnsOf(type, call.version)
  const body =
    format === 'csv'
      ? csvRows(columns, texts.map(parsed), { header: from === null })
      : texts.map((one) => `${one}\n`).join('')
  return {
    body,
    served: true,
    type: `${formats[format]}; charset=utf-8`,
    headers: {
      'furrow-count': String(texts.length),
      ...(cursor === null ? {} : { 'furrow-next-cursor': cursor }),
    },
  }
}

function parsed(record: string): unknown {
  return JSON.parse(record)
}
