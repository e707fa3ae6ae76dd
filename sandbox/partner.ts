// What the server needs of a simulated partner. Answers are values: faults can change them.
import type { Deliveries } from './deliveries.ts'
import type { World } from './world.ts'

export type Asked = {
  method: string
  // The partner's own path: /v1/customers, without any prefix the sandbox put before it.
  path: string
  // What follows the question mark, as it came.
  query: string
  headers: Record<string, string | string[] | undefined>
  // As it came; '' where there is none.
  body: string
}

export type Answer = {
  status: number
  headers: Record<string, string>
  // A string is sent as it is.
  body: unknown
}

export type Row = Record<string, unknown>

// The ways a partner says no, each in its own words.
export type RefusalName =
  | 'unauthorised'
  | 'scopeLost'
  | 'deauthorised'
  | 'tooMany'
  | 'badCursor'
  | 'broken'

export type Partner = {
  name: string
  answer: (asked: Asked) => Answer
  refuse: (name: RefusalName, asked: Asked) => Answer
  // Who asks: whoever is the oracle is never faulted, limited nor logged.
  keyOf: (asked: Asked) => string
  isOracle: (asked: Asked) => boolean
  // The rows of a list, or the one object that was asked for.
  rows: (body: unknown) => Row[]
  // The same list with other rows.
  withRows: (body: unknown, rows: Row[], more?: boolean) => unknown
  isList: (body: unknown) => boolean
  cursorOf: (asked: Asked) => string | null
  withoutCursor: (asked: Asked) => Asked
  // Deletes an object for good, as if the seller had; says whether there was such an object.
  remove: (id: string) => boolean
  // Tells of an object that nobody can read.
  tellOfUnknown: () => void
  advanceTo: (time: number) => void
  now: () => number
  // What really happened; what is told can be held against it.
  world: World
  // What it tells those who asked for it; partners without notifications have none.
  deliveries?: Deliveries
  // A row's id, where it is not `id`.
  idOf?: (row: Row) => string
  // Where sellers let applications in: the seller takes it back. False where nobody was let in.
  consent?: { withdraw: () => boolean }
  // What opens its accounts, by the names of the credential's fields.
  access: Access
}

export type Access = {
  credential: Record<string, string>
  // Neither faulted, limited nor logged.
  oracle: Record<string, string>
  // Of nobody.
  wrong: Record<string, string>
  accountId: string
  // What notifications are signed with, where no answer of the API tells it.
  appSecret?: string
}
