import type { Kind } from '../model/field.ts'
import { objectTypes, recordTypes } from '../model/index.ts'
import { impersonal, type ObjectType } from '../model/object.ts'
import type { Database, Executor } from './database.ts'
import { columnsOf, no_date, quoted } from './table.ts'

/** What analysts read: a view an object, and another one without what describes a person. */
export interface View {
  readonly name: string
  readonly sql: string
}

export const views: readonly View[] = objectTypes.flatMap((type) => [
  view(type, type.plural, columnsWith(type)),
  view(type, type.plural + impersonal, columnsWithout(type)),
])

function view(type: ObjectType, name: string, columns: readonly string[]): View {
  // The fence has each record parsed once a row, and not at all where no column needs it.
  const sql = `create view ${quoted(name)} as select ${columns.join(', ')}
    from ${quoted(type.name)} as stored
    cross join lateral (select stored.record::jsonb as record offset 0) as told`
  return { name, sql }
}

function columnsWith(type: ObjectType): string[] {
  return Object.entries(type.attributes).map(
    ([name, kind]) => `${expressionOf(type, name, kind)} as ${quoted(name)}`,
  )
}

function columnsWithout(type: ObjectType): string[] {
  return Object.entries(type.attributes).flatMap(([name, kind]) => {
    if (kind.pii) return []
    return [`${expressionWithout(type, name, kind)} as ${quoted(name)}`]
  })
}

function expressionWithout(type: ObjectType, name: string, kind: Kind): string {
  // A guest's id at the partner is made of an e-mail address.
  if (name === 'partnerRecordId' && 'origin' in type.attributes) {
    return `case when told.record->>'origin' is distinct from 'DERIVED'
      then ${expressionOf(type, name, kind)} end`
  }
  const personal = Object.entries(kind.parts ?? {}).filter(([, part]) => part.pii)
  if (personal.length === 0) return expressionOf(type, name, kind)
  const names = `array[${personal.map(([part]) => `'${part}'`).join(', ')}]`
  if (!kind.many) return `${expressionOf(type, name, kind)} - ${names}`
  return `(select jsonb_agg(one - ${names}) from jsonb_array_elements(
    ${expressionOf(type, name, kind)}) as one)`
}

/** An attribute from its column where it has one, so that conditions on it find an index. */
function expressionOf(type: ObjectType, name: string, kind: Kind): string {
  if (recordTypes.includes(type)) {
    if (name === 'id') return 'stored.id'
    if (name === 'ledgerAccountId') return 'stored.ledger_account_id'
    if (name === 'created_date') return `nullif(stored.created_date, '${no_date}')`
    const column = columnsOf(type).find(({ path }) => path.length === 1 && path[0] === name)
    if (column && !kind.many) return `stored.${quoted(column.name)}`
  }
  // A JSON null is a value to SQL; an analyst asks for `is null`.
  if (kind.sql === 'jsonb') return `nullif(told.record->'${name}', 'null')`
  return `(told.record->>'${name}')::${kind.sql}`
}

/**
 * Makes the views anew where the model or a table has changed, and gives whoever could read one what
 * they could before: a view that is dropped takes its grants along.
 */
export async function makeViews(db: Database, { anew }: { anew: boolean }) {
  const wanted = views.map(({ sql }) => sql).join(';')
  if (!anew && (await storedViews(db)) === wanted) return
  await db.transaction(async (tx) => {
    await tx.query('lock table migration in exclusive mode')
    const readers = await readersOf(tx)
    for (const { name, sql } of views) {
      await tx.query(`drop view if exists ${quoted(name)}`)
      await tx.query(sql)
    }
    for (const { view, reader } of readers) {
      await tx.query(`grant select on ${quoted(view)} to ${identifier(reader)}`)
    }
    await tx.query(
      `insert into setting (name, value) values ('views', $1)
       on conflict (name) do update set value = $1`,
      [wanted],
    )
  })
}

async function storedViews(db: Executor): Promise<string | null> {
  const [stored] = await db.query<{ value: string }>(
    `select value from setting where name = 'views'`,
  )
  return stored?.value ?? null
}

/** Roles other than the owner that may read a view; the empty name is everybody. */
async function readersOf(tx: Executor): Promise<{ view: string; reader: string }[]> {
  return tx.query(
    `select c.relname as view, coalesce(r.rolname, '') as reader
     from pg_class as c
     cross join lateral aclexplode(c.relacl) as granted
     left join pg_roles as r on r.oid = granted.grantee
     where c.relnamespace = current_schema()::regnamespace and c.relname = any($1::text[])
       and c.relkind = 'v' and granted.privilege_type = 'SELECT'
       and granted.grantee <> c.relowner`,
    [views.map(({ name }) => name)],
  )
}

function identifier(role: string): string {
  return role === '' ? 'public' : `"${role.replaceAll('"', '""')}"`
}
