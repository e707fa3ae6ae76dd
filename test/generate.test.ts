// The generated pages are committed, so they must be what the model and the mappings say today.
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { recordExample } from '../src/api/example.ts'
import { differing, writePages } from '../src/generate/files.ts'
import { table } from '../src/generate/markdown.ts'
import { type Described, described, pagesOf } from '../src/generate/pages.ts'
import { string } from '../src/model/field.ts'
import { objectTypes } from '../src/model/index.ts'
import { type ObjectType, object } from '../src/model/object.ts'
import { faultOf } from '../src/model/validate.ts'
import { mapping } from '../src/partners/mapping.ts'
import type { Partner } from '../src/partners/partner.ts'
import { absent, fold, unixTime } from '../src/partners/rules.ts'
import { stripe } from '../src/partners/stripe/index.ts'

const root = new URL('../', import.meta.url)

describe('generated pages', () => {
  it('are up to date in the repository', async () => {
    expect(await differing(root, pagesOf(described))).toEqual([])
  })

  it('are the same each time they are made', () => {
    expect([...pagesOf(described)]).toEqual([...pagesOf(described)])
  })

  it('describe every object and every partner', () => {
    const pages = pagesOf(described)
    for (const type of described.objects) {
      const page = pages.get(`docs/dictionary/${type.name}.md`) ?? ''
      for (const name of Object.keys(type.attributes)) expect(page).toContain(`| \`${name}\``)
    }
    for (const partner of described.partners) {
      const page = pages.get(`docs/partners/${partner.name}.md`) ?? ''
      for (const { name } of partner.streams) expect(page).toContain(`| \`${name}\` |`)
      for (const gap of partner.gaps) expect(page).toContain(gap)
    }
  })
})

const plot = object('plot', 'plt', 'A piece of land', {
  soil: string('What it is made of', { filter: true, example: 'clay' }),
  slope: string('How steep it is'),
})

const surveyor: Partner = {
  ...stripe,
  name: 'surveyor',
  title: 'Surveyor',
  streams: [
    {
      name: 'plots',
      title: 'Plots',
      strategy: 'created',
      list: { path: '/plots' },
      maps: [
        mapping(plot, {
          partnerRecordId: 'id',
          created_date: unixTime('made'),
          soil: fold('ground.kind', { c: 'clay' }, 'other'),
          slope: absent('nobody measures it'),
        }),
      ],
      retrieve: null,
    },
  ],
}

function pageOf(type: ObjectType): string {
  const made: Described = { ...described, objects: [type], partners: [surveyor] }
  return pagesOf(made).get(`docs/dictionary/${type.name}.md`) ?? ''
}

describe('a dictionary page', () => {
  it('changes with a changed attribute', () => {
    const soil = { ...plot.own.soil, description: 'What it consists of' }
    const changed = object('plot', 'plt', 'A piece of land', { ...plot.own, soil })
    expect(pageOf(changed)).not.toBe(pageOf(plot))
    expect(pageOf(changed)).toContain('What it consists of')
  })

  it('tells where each value comes from, and why one never comes', () => {
    expect(pageOf(plot)).toContain(
      '| `soil` | `ground.kind` (fold: c → clay, else other) |\n' +
        '| `slope` | absent: nobody measures it |',
    )
  })

  it('sets the names of the versions side by side', () => {
    expect(pageOf(plot)).toContain('| `ledger_id` | `ledgerAccountId` | renamed |')
    expect(pageOf(plot)).toContain('| `soil` | `soil` | same |')
  })

  it.each(objectTypes.map((type) => [type.name, type] as const))(
    'shows a %s that the model accepts',
    (_name, type) => {
      expect(faultOf(type, recordExample(type))).toBe(null)
    },
  )
})

describe('a partner page', () => {
  it('changes with the mapping', () => {
    const page = (partner: Partner) =>
      pagesOf({ ...described, objects: [plot], partners: [partner] }).get(
        'docs/partners/surveyor.md',
      )
    expect(page(surveyor)).toContain('| `slope` |  | absent: nobody measures it |')
    expect(page({ ...surveyor, gaps: ['Wells: nobody digs'] })).toContain('- Wells: nobody digs')
  })
})

describe('the OpenAPI documents', () => {
  const documentOf = (version: string) => {
    const text = pagesOf(described).get(`docs/openapi.${version}.json`) ?? '{}'
    return JSON.parse(text) as {
      info: { version: string }
      paths: object
      components: { schemas: { [name: string]: { properties: object } } }
    }
  }

  it('hold every object, under the names of their version', () => {
    for (const type of objectTypes) {
      const [v1, v2] = ['v1', 'v2'].map((version) => {
        const schema = documentOf(version).components.schemas[type.name]
        return Object.keys(schema?.properties ?? {})
      })
      expect(v2).toEqual(Object.keys(type.attributes))
      expect(v1).toEqual(v2?.map((name) => renamed[name] ?? name))
    }
  })

  it('list their paths in order, so that a new one moves no other', () => {
    const paths = Object.keys(documentOf('v2').paths)
    expect(paths.length).toBeGreaterThan(30)
    expect(paths).toEqual(paths.toSorted())
  })

  it('name the release', () => {
    const pages = pagesOf({ ...described, release: '9.9.9' })
    expect(JSON.parse(pages.get('docs/openapi.v2.json') ?? '{}').info.version).toBe('9.9.9')
  })
})

const renamed: { readonly [name: string]: string } = {
  partnerSource: 'partner_source',
  ledgerAccountId: 'ledger_id',
}

describe('a table', () => {
  it('holds its cells together whatever is in them', () => {
    expect(table(['a'], [['one | two\nthree']])).toBe('| a |\n|---|\n| one \\| two three |')
  })
})

describe('writing', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'furrow-generate-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('names what differs, writes it, and takes away what is left over', async () => {
    const there = pathToFileURL(`${folder}/`)
    const pages = new Map([
      ['docs/dictionary/plot.md', 'A plot\n'],
      ['docs/partners/surveyor.md', 'A surveyor\n'],
    ])
    await writePages(there, pages)
    await writeFile(join(folder, 'docs/dictionary/plot.md'), 'By hand\n')
    await writeFile(join(folder, 'docs/partners/gone.md'), 'Nobody\n')
    const wrong = ['docs/dictionary/plot.md', 'docs/partners/gone.md']
    expect(await differing(there, pages)).toEqual(wrong)
    expect(await writePages(there, pages)).toEqual(wrong)
    expect(await differing(there, pages)).toEqual([])
    expect(await readdir(join(folder, 'docs/partners'))).toEqual(['surveyor.md'])
  })
})
