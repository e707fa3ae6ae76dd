import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { finished, outsideEnv, type Place } from './process.ts'

/** Real software, as npm installs it: apart from this repository, its packages and its lock file. */
export interface Software {
  readonly name: string
  readonly packages: { readonly [name: string]: string }
  /** Packages that may build or fetch a binary while they are installed. */
  readonly scripted: readonly string[]
  readonly flags: readonly string[]
  readonly size: string
}

/** The folder it is installed in; what an earlier run installed is used again. */
export async function installed(place: Place, folder: string, software: Software): Promise<string> {
  const { name, packages, scripted, flags, size } = software
  const home = join(folder, name)
  mkdirSync(home, { recursive: true })
  const env = outsideEnv()
  const about = {
    name: 'node',
    argv: ['node', '-p', 'process.versions.modules'],
    cwd: home,
  } as const
  const abi = (await finished(place, { ...about, env })).trim()
  const done = join(home, 'installed.json')
  const wanted = JSON.stringify({ packages, abi })
  if (existsSync(done) && readFileSync(done, 'utf8') === wanted) return home
  place.tell(`Installing ${name} in ${home} (${size}, once) …`)
  const allowScripts = Object.fromEntries(scripted.map((one) => [one, true]))
  const manifest = { name: `live-${name}`, private: true, dependencies: packages, allowScripts }
  writeFileSync(join(home, 'package.json'), JSON.stringify(manifest, null, 2))
  const argv = ['npm', 'install', '--no-audit', '--no-fund', ...flags] as const
  await finished(place, { name: 'npm-install', argv, cwd: home, env })
  writeFileSync(done, wanted)
  return home
}
