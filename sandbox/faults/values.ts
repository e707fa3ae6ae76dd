// Rows with a value that nobody expects.
import type { Answer, Row } from '../partner.ts'
import { type Fault, type Strike, text } from './fault.ts'

// Replaced in the text of the answer by digits, which no JavaScript number can hold.
const HUGE_MARK = '#huge#'
const HUGE = '9007199254740993'

// The fields that are struck where a row has them; of any other row, one that its seed draws.
type Fields = { names: string[]; of: (value: unknown, name: string) => boolean }

const isText = (value: unknown) => typeof value === 'string'
const isNumber = (value: unknown) => typeof value === 'number'
const ENUMS = {
  names: ['status', 'state', 'type', 'tax_exempt', 'billing_scheme'],
  // Another id is another thing.
  of: (value: unknown, name: string) => isText(value) && !/id$/i.test(name),
}
const NUMBERS = { names: ['amount', 'unit_amount', 'total', 'balance', 'created'], of: isNumber }
const TEXTS = { names: ['name', 'description', 'email', 'customer_name'], of: isText }
const OPTIONAL = { names: ['currency', 'email', 'status', 'name'], of: () => true }

export const values: Record<string, Fault> = {
  unknown_enum: inEachRow(ENUMS, () => 'state_of_the_future'),
  missing_field: inEachRow(OPTIONAL, () => undefined),
  new_field: {
    change: (answer, strike) => {
      const field = text(strike, 'field') ?? 'field_of_the_future'
      return inRows(answer, strike, (row) => ({ ...row, [field]: { version: 2, list: [null] } }))
    },
  },
  retyped_field: inEachRow(NUMBERS, (value) => ({ value: String(value) })),
  huge_number: {
    change: (answer, strike) => {
      const changed = inRows(
        answer,
        strike,
        replace(strike, NUMBERS, () => HUGE_MARK),
      )
      const body = JSON.stringify(changed.body).replaceAll(`"${HUGE_MARK}"`, HUGE)
      return { ...changed, body }
    },
  },
  lone_surrogate: inEachRow(TEXTS, (value) => `${value ?? ''}\ud800`),
  nul_character: inEachRow(TEXTS, (value) => `${value ?? ''}\u0000`),
}

function inEachRow(fields: Fields, value: (was: unknown) => unknown): Fault {
  return { change: (answer, strike) => inRows(answer, strike, replace(strike, fields, value)) }
}

// The field that was named, or the first of these that the row has, or one like them.
function replace(strike: Strike, fields: Fields, value: (was: unknown) => unknown) {
  return (row: Row): Row => {
    const field =
      text(strike, 'field') ??
      fields.names.find((name) => name in row) ??
      drawn(strike, fields, row)
    if (field === undefined) return row
    const { [field]: was, ...rest } = row
    const is = value(was)
    return is === undefined ? rest : { ...row, [field]: is }
  }
}

function drawn({ random }: Strike, { of }: Fields, row: Row): string | undefined {
  const like = Object.keys(row).filter((name) => of(row[name], name))
  return like.length === 0 ? undefined : random.pick(like)
}

export function inRows(answer: Answer, { partner }: Strike, change: (row: Row) => Row): Answer {
  if (answer.status !== 200) return answer
  const body = typeof answer.body === 'string' ? JSON.parse(answer.body) : answer.body
  return { ...answer, body: partner.withRows(body, partner.rows(body).map(change)) }
}
