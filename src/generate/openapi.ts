import { openApiDocument } from '../api/openapi.ts'
import type { Version } from '../model/versions.ts'

/** The OpenAPI document of a version as it is committed: a new route moves no other line. */
export function openApiText(version: Version, release: string): string {
  const document = openApiDocument(version, release)
  const ordered = {
    ...document,
    paths: sorted(document.paths),
    components: Object.fromEntries(
      Object.entries(document.components ?? {}).map(([name, part]) => [name, sorted(part)]),
    ),
  }
  return `${JSON.stringify(ordered, null, 2)}\n`
}

function sorted(part: unknown): { readonly [name: string]: unknown } {
  const entries = Object.entries(part ?? {})
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)))
}
