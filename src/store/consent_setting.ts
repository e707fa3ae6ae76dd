import type { Mode } from './api_key.ts'
import type { Database, Executor } from './database.ts'

/** Where an institution's consent page may lead back to, and what it looks like. */
export interface ConsentSettings {
  readonly return_urls: readonly string[]
  readonly brand_name: string | null
  /** An https address or a data URL of an image. */
  readonly logo: string | null
  /** `#rrggbb`. */
  readonly colour: string | null
  readonly modifiedDate: string | null
}

interface Row {
  readonly return_urls: string[]
  readonly brand_name: string | null
  readonly logo: string | null
  readonly colour: string | null
  readonly modified_date: string
}

interface Whose {
  readonly institutionId: string
  readonly mode: Mode
}

const nothing: ConsentSettings = {
  return_urls: [],
  brand_name: null,
  logo: null,
  colour: null,
  modifiedDate: null,
}

export async function consentSettings(
  db: Executor,
  { institutionId, mode }: Whose,
): Promise<ConsentSettings> {
  const [row] = await db.query<Row>(
    `select return_urls, brand_name, logo, colour, modified_date from consent_setting
     where institution_id = $1 and mode = $2`,
    [institutionId, mode],
  )
  if (!row) return nothing
  const { modified_date, ...settings } = row
  return { ...settings, modifiedDate: new Date(modified_date).toISOString() }
}

export type SettingsChange = Partial<Omit<ConsentSettings, 'modifiedDate'>>

/** Changes what is given, and leaves the rest. Gives the whole. */
export function changeConsentSettings(
  db: Database,
  { change, now_ms, ...whose }: Whose & { change: SettingsChange; now_ms: number },
): Promise<ConsentSettings> {
  return db.transaction(async (tx) => {
    const { institutionId, mode } = whose
    const now = new Date(now_ms).toISOString()
    await tx.query(
      `insert into consent_setting (institution_id, mode, modified_date) values ($1, $2, $3)
       on conflict (institution_id, mode) do nothing`,
      [institutionId, mode, now],
    )
    const before = await consentSettings(tx, whose)
    const after = { ...before, ...change }
    await tx.query(
      `update consent_setting set return_urls = $3::text[], brand_name = $4, logo = $5, colour = $6,
         modified_date = $7
       where institution_id = $1 and mode = $2`,
      [
        institutionId,
        mode,
        [...after.return_urls],
        after.brand_name,
        after.logo,
        after.colour,
        now,
      ],
    )
    return { ...after, modifiedDate: now }
  })
}

/** What an institution is called. */
export async function institutionName(db: Executor, institutionId: string): Promise<string> {
  const [row] = await db.query<{ name: string }>('select name from institution where id = $1', [
    institutionId,
  ])
  return row?.name ?? ''
}
