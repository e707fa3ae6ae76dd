import type { Executor } from './database.ts'
import { ownTables } from './migrate.ts'

/** A table of ours as the database has it. */
export interface TableFacts {
  readonly name: string
  readonly columns: readonly ColumnFacts[]
  readonly primaryKey: readonly string[]
  /** Columns of each unique index, the primary key's included. */
  readonly uniques: readonly (readonly string[])[]
}

export interface ColumnFacts {
  readonly name: string
  /** As in `timestamp with time zone`, to cast to. */
  readonly type: string
}

const here = 'to_regnamespace(quote_ident(current_schema()))'

/** Our tables in the schema that is worked in, by name. Those of others beside them are left out. */
export async function tablesIn(db: Executor): Promise<TableFacts[]> {
  const names = await ownTables()
  const columns = await db.query<ColumnFacts & { table: string }>(
    `select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = ${here} and c.relkind in ('r', 'p') and c.relname = any($1::text[])
       and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     order by c.relname, a.attnum`,
    [names],
  )
  const indexes = await db.query<UniqueIndex>(
    `select c.relname as table, i.indisprimary as primary,
       (select string_agg(a.attname, ' ' order by k.at) from unnest(i.indkey) with ordinality
          as k(attnum, at) join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum)
         as columns
     from pg_class c join pg_index i on i.indrelid = c.oid
     where c.relnamespace = ${here} and c.relname = any($1::text[]) and i.indisunique
     order by c.relname, i.indexrelid`,
    [names],
  )
  return names
    .filter((name) => columns.some(({ table }) => table === name))
    .map((name) => factsOf(name, columns, indexes))
}

interface UniqueIndex {
  readonly table: string
  readonly primary: boolean
  /** Separated by spaces, in the index's order. */
  readonly columns: string
}

function factsOf(
  name: string,
  columns: readonly (ColumnFacts & { table: string })[],
  indexes: readonly UniqueIndex[],
): TableFacts {
  const own = indexes.filter(({ table }) => table === name)
  return {
    name,
    columns: columns
      .filter(({ table }) => table === name)
      .map((column) => ({ name: column.name, type: column.type })),
    primaryKey: own.find(({ primary }) => primary)?.columns.split(' ') ?? [],
    uniques: own.map((index) => index.columns.split(' ')),
  }
}
