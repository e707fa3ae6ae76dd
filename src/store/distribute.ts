import { type TableFacts, tablesIn } from './catalogue.ts'
import type { Database, Executor } from './database.ts'

/** The database cannot distribute tables. */
export class NoCitus extends Error {
  override readonly name = 'NoCitus'
}

export const distribution_column = 'ledger_account_id'

/**
 * Where a table goes in a cluster: rows of one ledger account together on one machine, or a copy of
 * the whole table on each. `replicated` says why a table cannot be distributed.
 */
export interface Place {
  readonly table: string
  readonly distributed: boolean
  readonly reason: string | null
}

/** The place of each of our tables, told by its keys. */
export function placesOf(tables: readonly TableFacts[]): Place[] {
  return tables.map((table) => {
    const reason = whyReplicated(table)
    return { table: table.name, distributed: reason === null, reason }
  })
}

function whyReplicated({ primaryKey, uniques }: TableFacts): string | null {
  if (primaryKey[0] !== distribution_column) return 'its rows belong to no ledger account'
  // A cluster can promise that something is unique only where all candidates are on one machine.
  const beyond = uniques.find((columns) => !columns.includes(distribution_column))
  return beyond ? `${beyond.join(', ')} is unique over all ledger accounts` : null
}

/** Statements that put the tables where they belong; the order matters. */
export function distributionSql(places: readonly Place[], done: ReadonlySet<string>): string[] {
  const missing = places.filter(({ table }) => !done.has(table))
  const replicated = missing.filter(({ distributed }) => !distributed)
  // The first is the one that the others stay beside, so that rows of an account are together.
  const [first, ...others] = places.filter(({ distributed }) => distributed)
  const beside = first ? literal(first.table) : ''
  return [
    ...replicated.map(({ table }) => `select create_reference_table(${literal(table)})`),
    ...(first && !done.has(first.table) ? [distributing(first.table, literal('none'))] : []),
    ...others
      .filter(({ table }) => !done.has(table))
      .map(({ table }) => distributing(table, beside)),
  ]
}

function distributing(table: string, beside: string): string {
  return `select create_distributed_table(${literal(table)}, ${literal(distribution_column)}, colocate_with => ${beside})`
}

/** The name of a table as a text that Postgres reads as the name of a table. */
function literal(name: string): string {
  return `'${/^[a-z_]+$/.test(name) && name !== 'order' ? name : `"${name}"`}'`
}

/** What is still to be done in this database. */
export async function pendingDistribution(db: Executor): Promise<string[]> {
  return distributionSql(placesOf(await tablesIn(db)), await distributedIn(db))
}

/** Tables that Citus knows already; none where it is not installed. */
async function distributedIn(db: Executor): Promise<Set<string>> {
  const [known] = await db.query<{ found: string | null }>(
    `select to_regclass('pg_dist_partition')::text as found`,
  )
  if (!known?.found) return new Set()
  const rows = await db.query<{ name: string }>(
    `select c.relname as name from pg_dist_partition p join pg_class c on c.oid = p.logicalrelid
     where c.relnamespace = to_regnamespace(quote_ident(current_schema()))`,
  )
  return new Set(rows.map(({ name }) => name))
}

/** Distributes what is not yet. Gives the statements that it ran. Throws NoCitus. */
export async function distribute(db: Database): Promise<string[]> {
  await assertCitus(db)
  const statements = await pendingDistribution(db)
  // One after the other: moving a large table takes its time, and what is done stays done.
  for (const statement of statements) await db.query(statement, [], { replan: true })
  return statements
}

/** Throws where the database does not have the extension, with what to do. */
export async function assertCitus(db: Executor) {
  const rows = await db.query<{ extname: string }>(
    `select extname from pg_extension where extname = 'citus'`,
  )
  if (rows.length > 0) return
  throw new NoCitus(
    'the database has no extension citus: install Citus on every machine, add it to ' +
      'shared_preload_libraries, and run "create extension citus" in this database',
  )
}
