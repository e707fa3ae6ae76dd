import { existsSync, readFileSync } from 'node:fs'

/** Version of the package; its manifest is one folder further up where this file was built. */
export function packageVersion(): string {
  for (const up of ['../../', '../../../']) {
    const path = new URL(`${up}package.json`, import.meta.url)
    if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')).version
  }
  return 'unknown'
}
