export const exit = { ok: 0, failure: 1, usage: 2 } as const

/** What the user can mend: one line that names the part and the fix. */
export class Fault extends Error {
  override readonly name = 'Fault'
  readonly status: number
  constructor(message: string, status: number = exit.failure) {
    super(message)
    this.status = status
  }
}

/** An option or argument that cannot be used as given. */
export function misused(message: string): Fault {
  return new Fault(message, exit.usage)
}

/** Errors whose own message says it all: what was expected, what came, and where. */
const told = new Set([
  'FolderInUse',
  'BadBackup',
  'TargetNotEmpty',
  'NoCitus',
  'BadCredential',
  'NotAuthorised',
  'AlreadyExists',
  'NoCredential',
  'Unavailable',
  'BadAnswer',
  'CannotUnseal',
])

/** The one line that is printed for an error, and the exit status. */
export function explained(error: unknown): { line: string; status: number } {
  const { name, message, code } = error as NodeJS.ErrnoException
  if (error instanceof Fault) return { line: message, status: error.status }
  if (told.has(name)) return { line: message, status: exit.failure }
  const database = databaseFault(error as NodeJS.ErrnoException)
  if (database) return { line: database, status: exit.failure }
  if (code === 'EACCES' || code === 'EROFS') {
    return { line: `${message}: give a folder you may write to with --data`, status: exit.failure }
  }
  return { line: `${message} (FURROW_DEBUG=1 shows where)`, status: exit.failure }
}

const unreachable = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'ECONNRESET'])
const refused: { readonly [state: string]: string } = {
  '28P01': 'its password is refused',
  '28000': 'its user is refused',
  '3D000': 'it names a database that does not exist',
  '42501': 'its user lacks a right',
}

/** What is wrong with DATABASE_URL; null where the error is about something else. */
export function databaseFault(error: NodeJS.ErrnoException): string | null {
  const code = error.code ?? (error as { errors?: NodeJS.ErrnoException[] }).errors?.[0]?.code
  if (!process.env.DATABASE_URL || code === undefined) return null
  const where = `DATABASE_URL (${withoutPassword(process.env.DATABASE_URL)})`
  if (unreachable.has(code))
    return `${where}: no Postgres answers there (${code}): start it, or correct the URL`
  const reason = refused[code]
  return reason ? `${where}: ${reason}: ${error.message}` : null
}

export function withoutPassword(url: string): string {
  if (!URL.canParse(url)) return 'not a URL'
  const { protocol, username, host, pathname } = new URL(url)
  return `${protocol}//${username ? `${username}@` : ''}${host}${pathname}`
}
