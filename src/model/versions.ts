/** What each API version calls an attribute differently. Nothing else differs between versions. */
export const versions = {
  v1: { partnerSource: 'partner_source', ledgerAccountId: 'ledger_id' },
  v2: {},
} as const satisfies Record<string, Record<string, string>>

export type Version = keyof typeof versions
export const currentVersion: Version = 'v2'

/** The name an attribute has in a version. */
export function nameIn(version: Version, attribute: string): string {
  return (versions[version] as Record<string, string>)[attribute] ?? attribute
}

/** The attribute that a version's name stands for. */
export function attributeOf(version: Version, name: string): string {
  const renamed = Object.entries(versions[version]).find(([, theirs]) => theirs === name)
  return renamed ? renamed[0] : name
}

/**
 * Rewrites the keys of a JSON text into a version's names. Safe on text: a quoted key followed by
 * a colon cannot occur inside a JSON string, where the quote would be escaped.
 */
export function textIn(version: Version, text: string): string {
  let renamed = text
  for (const [ours, theirs] of Object.entries(versions[version])) {
    renamed = renamed.replaceAll(`"${ours}":`, `"${theirs}":`)
  }
  return renamed
}
