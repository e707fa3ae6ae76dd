import { objectTypes } from './index.ts'

/** What becomes of a connection, told under names of its own beside the record's changes. */
export const connectionEvents = {
  'authorisation.enabled': 'A connection may be read: it was authorised, or is so again',
  'authorisation.revoked': 'An authorisation was withdrawn; what was read stays',
  'connection.lost': 'The partner no longer accepts the credential; reading stops until it does',
  'connection.stale': 'A stream of the connection is older than its bound',
  'aggregation.completed':
    'Every stream of the connection has been read to its end, for the first time since it was authorised',
  'insights.available': 'There are settlements of the connection that can be summed up',
} as const

export type ConnectionEvent = keyof typeof connectionEvents

export const changeKinds = ['created', 'updated', 'deleted'] as const

/** A type of event, and the object it is about. */
export interface EventType {
  readonly type: string
  readonly object: string
  readonly description: string
}

const connection_object = 'partner_account_connection'

/** The catalogue of events, in the order the documents list them. */
export const eventTypes: readonly EventType[] = [
  ...Object.entries(connectionEvents).map(([type, description]) => ({
    type,
    object: connection_object,
    description,
  })),
  ...objectTypes.flatMap(({ name }) =>
    changeKinds.map((kind) => ({
      type: `${name}.${kind}`,
      object: name,
      description: `A ${name} was ${kind}`,
    })),
  ),
]

const known = new Set(eventTypes.map(({ type }) => type))
const families = new Set(eventTypes.map(({ type }) => `${type.split('.')[0]}.*`))

/** Everything that an endpoint can ask for: types, families of them, and all. */
export const eventPatterns: readonly string[] = ['*', ...families, ...known]

/** Whether one of the patterns asks for a type. */
export function asksFor(patterns: readonly string[], type: string): boolean {
  return patterns.some(
    (pattern) => pattern === '*' || pattern === type || pattern === `${type.split('.')[0]}.*`,
  )
}
