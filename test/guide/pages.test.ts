// Every command, option, route, parameter, variable and link that a written page names must exist.
import { existsSync, readdirSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openApiDocument } from '../../src/api/openapi.ts'
import type { CommandFacts } from '../../src/cli/commands/facts.ts'
import { commands } from '../../src/cli/commands.ts'
import { generated_folders } from '../../src/generate/pages.ts'
import { customer } from '../../src/model/customer.ts'
import { payment } from '../../src/model/payment.ts'
import type { Version } from '../../src/model/versions.ts'
import { testDatabase } from '../database.ts'
import { newShop, newWorld } from '../world.ts'
import { pagesIn, read, root, shellBlocks } from './pages.ts'

const written = [...pagesIn('.'), ...pagesIn('docs/guide'), ...pagesIn('docs/decisions')]
const pages = [...written, ...generated_folders.flatMap(pagesIn), 'llms.txt']

/** Lines of the shell blocks of a page; one that ends in a backslash goes on in the next. */
function shellLines(page: string): string[] {
  const lines = shellBlocks(page).flatMap((block) => block.replaceAll('\\\n', ' ').split('\n'))
  return lines.filter(Boolean)
}

const lines = written.flatMap((page) => shellLines(page).map((line) => ({ page, line })))
const told = ({ page, line }: { page: string; line: string }) => `${page}: ${line}`

describe('commands in pages', () => {
  const scripts = JSON.parse(read('package.json')).scripts as { readonly [name: string]: string }

  it('are scripts that the package has', () => {
    const wrong = lines.filter(({ line }) =>
      [...line.matchAll(/npm (?:run (?:--silent )?([\w:-]+)|(start|test))/g)].some(
        ([, run, own]) => !((run ?? own ?? '') in scripts),
      ),
    )
    expect(wrong.map(told)).toEqual([])
  })

  it('are commands and options that the command line has', () => {
    const called = lines.flatMap(({ page, line }) =>
      commandsIn(line).map((words) => ({ page, line, fault: faultOfCommand(words) })),
    )
    expect(called.length).toBeGreaterThan(20)
    expect(called.filter(({ fault }) => fault !== null)).toEqual([])
  })

  it('set variables that the code reads', () => {
    const code = ['src', 'test']
      .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }))
      .filter((name) => name.endsWith('.ts'))
      .map((name) => [join('src', name), join('test', name)].find((p) => existsSync(join(root, p))))
      .map((path) => read(path ?? ''))
      .join('\n')
    const named = written.flatMap((page) => read(page).match(/\b(?:FURROW|TEST)_[A-Z_]+\b/g) ?? [])
    expect([...new Set(named)].filter((name) => !code.includes(name))).toEqual([])
  })
})

/** The words after `furrow` in each command of a line, quotes taken off. */
function commandsIn(line: string): string[][] {
  const start =
    /npm run (?:--silent )?furrow -- ([^)]*)|npm (start) -- (.*)|\bnpx furrow (.*)/.exec(line)
  if (!start) return []
  const [, run, starting, rest, npx] = start
  const text = (starting ? `start ${rest}` : (run ?? npx ?? '')).split(/ [<|>&]/)[0] ?? ''
  return [[...text.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')]
}

function faultOfCommand(words: readonly string[]): string | null {
  let known: readonly CommandFacts[] = commands
  let found: CommandFacts | null = null
  for (const word of words) {
    if (word === '--help') return null
    if (word.startsWith('--')) {
      const names = found?.options.map(({ flags }) => flags.split(/[ ,]/)[0]) ?? []
      if (!names.includes(word.split('=')[0] ?? '')) return `no option ${word}`
      continue
    }
    const inner = known.find(({ usage }) => usage.split(' ')[0] === word)
    if (!inner && found === null) return `no command ${word}`
    if (!inner && found?.commands && found.run === undefined) return `no command ${word}`
    if (!inner) continue
    found = inner
    known = inner.commands ?? []
  }
  return found === null ? 'no command at all' : null
}

interface Parameter {
  readonly $ref?: string
  readonly name: string
  readonly in: string
}
interface Document {
  readonly paths: {
    readonly [path: string]: {
      readonly [method: string]: { readonly parameters: readonly Parameter[] }
    }
  }
  readonly components: { readonly parameters: { readonly [name: string]: Parameter } }
}

const documents = new Map<Version, Document>()

function documentOf(version: Version): Document {
  const known = documents.get(version)
  if (known) return known
  const made = openApiDocument(version) as unknown as Document
  documents.set(version, made)
  return made
}

/** Routes beside the table of operations, which no version has. */
const unversioned = ['/', '/docs', '/llms.txt', '/errors', '/livez', '/readyz', '/metrics']

function faultOfRequest(method: string, url: string): string | null {
  const [path = '', query = ''] = url.split('?')
  if (unversioned.includes(path) || /^\/v[12]\/openapi\.json$/.test(path)) return null
  const [, version = '', rest = ''] = /^\/(v[12])(\/.*)$/.exec(path) ?? []
  if (version === '') return `${path} names no version`
  const document = documentOf(version as Version)
  const templates = Object.keys(document.paths).filter((template) =>
    new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(rest),
  )
  const operation = templates
    .map((template) => document.paths[template]?.[method.toLowerCase()])
    .find((one) => one !== undefined)
  if (!operation) return `no route ${method} ${path}`
  const names = operation.parameters
    .map((one) =>
      one.$ref ? document.components.parameters[one.$ref.split('/').at(-1) ?? ''] : one,
    )
    .map((one) => one?.name)
  const unknown = [...query.matchAll(/(?:^|&)([^=&]+)=/g)].find(([, name]) => !names.includes(name))
  return unknown ? `${method} ${path} has no parameter ${unknown[1]}` : null
}

describe('requests in pages', () => {
  const requests = lines.flatMap(({ page, line }) => {
    const url = /"\$URL(\/[^"]*)"/.exec(line)?.[1]
    const method = /-X ([A-Z]+)/.exec(line)?.[1] ?? 'GET'
    return url === undefined ? [] : [{ page, method, url: url.replaceAll(/\$[A-Z]+/g, 'id') }]
  })

  it('are routes and parameters that the API has', () => {
    expect(requests.length).toBeGreaterThan(20)
    const wrong = requests.map((one) => ({ ...one, fault: faultOfRequest(one.method, one.url) }))
    expect(wrong.filter(({ fault }) => fault !== null)).toEqual([])
  })

  it('are answered', async () => {
    const db = await testDatabase()
    const { api, client, institutionId, close } = await newWorld(db)
    const shop = await newShop(db, { institutionId, institutionAccountId: 'demo' })
    const [buyer = ''] = await shop.put(customer, [{ partnerRecordId: 'cus_1' }])
    await shop.put(payment, [{ partnerRecordId: 'pi_1', customer_id: buyer }])
    const connection = shop.connectionId
    const asked = requests.filter(({ method }) => method === 'GET')
    const wrong: string[] = []
    for (const { page, url } of asked) {
      const path = url
        .replace('/customers/id', `/customers/${buyer}`)
        .replace('/partner_account_connections/id', `/partner_account_connections/${connection}`)
      const { status, text } = await client.get(path)
      if (status !== 200) wrong.push(`${page}: ${path}: ${status} ${text}`)
    }
    for (const path of unversioned) {
      const { statusCode } = await api.inject(path)
      if (statusCode >= 400) wrong.push(`${path}: ${statusCode}`)
    }
    await close()
    await db.close()
    expect(wrong).toEqual([])
  })

  it('named in a sentence are routes too', () => {
    const named = pages.flatMap((page) =>
      [...read(page).matchAll(/`(GET|POST|PATCH|DELETE) (\/v[12]\/[^`]*)`/g)].map(
        ([, method = '', url = '']) => ({ page, method, url }),
      ),
    )
    const wrong = named
      .filter(({ url }) => !url.includes('<'))
      .map((one) => ({ ...one, fault: faultOfRequest(one.method, one.url) }))
    expect(wrong.filter(({ fault }) => fault !== null)).toEqual([])
  })
})

describe('links in pages', () => {
  it.each(pages)('%s leads only to what is there', (page) => {
    const links = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '')
    const own = links.filter((link) => !/^(https?:|mailto:)/.test(link))
    const missing = own.filter((link) => {
      const [path = '', anchor] = link.split('#')
      const target = path === '' ? page : normalize(join(dirname(page), path))
      if (!existsSync(join(root, target))) return true
      return anchor !== undefined && !anchorsOf(target).includes(anchor)
    })
    expect(missing).toEqual([])
  })
})

function anchorsOf(page: string): string[] {
  return [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}
