// A filter reads its parameter and says which rows pass.
import type { Account } from './account.ts'
import { missing, unknownParameter } from './errors.ts'
import { choiceOf, flagOf, listOf, type Param, type Range, rangeOf, textOf } from './query.ts'
import { fieldOf, type Row } from './table.ts'
import type { TableName } from './tables.ts'

export type Narrowing = {
  test?: (row: Row) => boolean
  // An index that finds the rows, where the field has one.
  index?: { field: string; value: string }
  created?: Range
}

export type Filter = (param: Param, account: Account) => Narrowing

export const created: Filter = (param) => ({ created: rangeOf(param) })

export const range =
  (field: string): Filter =>
  (param) => {
    const { from, until } = rangeOf(param)
    return {
      test: (row) => {
        const at = fieldOf(row, field)
        return typeof at === 'number' && at >= from && at < until
      },
    }
  }

export const exact =
  (field: string): Filter =>
  (param) => {
    const value = textOf(param)
    return { index: { field, value }, test: (row) => fieldOf(row, field) === value }
  }

// The id of an object that has to exist; a deleted one still counts.
export const reference =
  (field: string, table: TableName, noun: string): Filter =>
  (param, account) => {
    const value = textOf(param)
    if (!account.tables[table].get(value)) {
      throw missing(noun, value, { param: param.name, status: 400 })
    }
    return { index: { field, value }, test: (row) => fieldOf(row, field) === value }
  }

export const flag =
  (field: string): Filter =>
  (param) => {
    const value = flagOf(param)
    return { test: (row) => (fieldOf(row, field) ?? false) === value }
  }

export const choice =
  (field: string, choices: readonly string[]): Filter =>
  (param) => {
    const value = choiceOf(param, choices)
    return { test: (row) => fieldOf(row, field) === value }
  }

// Some choices stand for several values, or for all.
export const groups =
  (field: string, values: Record<string, readonly string[]>): Filter =>
  (param) => {
    const chosen = values[choiceOf(param, Object.keys(values))]!
    return { test: (row) => chosen.includes(String(fieldOf(row, field))) }
  }

export const anyOf =
  (field: string): Filter =>
  (param) => {
    const values = listOf(param)
    return { test: (row) => values.includes(String(fieldOf(row, field))) }
  }

// An event's type, where a star stands for any part.
export const eventType: Filter = (param) => {
  const parts = textOf(param).split('*').map(escaped)
  const pattern = new RegExp(`^${parts.join('.*')}$`)
  return { test: (row) => pattern.test(String(fieldOf(row, 'type'))) }
}

export const recurring: Filter = (param) => {
  const tests: ((row: Row) => boolean)[] = []
  for (const [part, value] of param.parts ?? []) {
    if (!['interval', 'usage_type'].includes(part)) throw unknownParameter(`recurring[${part}]`)
    tests.push((row) => {
      const facts = row.object.recurring
      return (
        typeof facts === 'object' &&
        facts !== null &&
        Object.entries(facts).some(([name, is]) => name === part && is === value)
      )
    })
  }
  return { test: (row) => tests.every((test) => test(row)) }
}

// Known to Stripe, and true of nothing here.
export const nothing: Filter = () => ({ test: () => false })
// Nothing here is taxed automatically.
export const automaticTax: Filter = (param) => ({
  test: () => param.parts?.get('enabled') !== 'true',
})

export const everything: Filter = () => ({})

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
