import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('.', import.meta.url))

/** Installs the peers into bench/node_modules unless they are there, as the lock has them. */
export async function installPeers(say: (what: string) => void) {
  if (installed()) return
  say('installing the peers (npm ci in bench/)')
  const npm = spawn('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: ['ignore', process.stderr, process.stderr],
  })
  const [code] = await once(npm, 'exit')
  if (code !== 0) throw new Error(`npm ci in bench/ ended with ${code}`)
}

function installed(): boolean {
  return Object.entries(peerVersions()).every(([name, version]) => versionOf(name) === version)
}

/** The peers' versions, as pinned. */
export function peerVersions(): { readonly [name: string]: string } {
  const own = JSON.parse(readFileSync(`${folder}package.json`, 'utf8')) as {
    dependencies: { [name: string]: string }
  }
  return own.dependencies
}

function versionOf(name: string): string | null {
  try {
    const text = readFileSync(`${folder}node_modules/${name}/package.json`, 'utf8')
    return (JSON.parse(text) as { version: string }).version
  } catch {
    return null
  }
}
