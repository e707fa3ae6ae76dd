import { readdirSync, readFileSync } from 'node:fs'
import { llmsText } from '../api/llms.ts'
import { versions } from '../model/versions.ts'
import type { Described } from './pages.ts'

/** A page that somebody wrote. */
export interface Guide {
  readonly path: string
  readonly title: string
}

/** The pages of a folder under the repository's root, by their names. */
export function guidesIn(folder: string): readonly Guide[] {
  const root = new URL('../../', import.meta.url)
  const names = readdirSync(new URL(`${folder}/`, root)).filter((name) => name.endsWith('.md'))
  return names.sort().map((name) => {
    const path = `${folder}/${name}`
    const [, title = name] = /^# (.*)$/m.exec(readFileSync(new URL(path, root), 'utf8')) ?? []
    return { path, title }
  })
}

/** The repository's llms.txt: the pages, then what the API can be asked. Pure. */
export function llmsPage({ objects, partners, guides }: Omit<Described, 'release'>): string {
  return llmsText({
    Guide: [
      { title: 'Furrow', address: 'README.md' },
      ...guides.map(({ title, path }) => ({ title, address: path })),
      { title: 'The TypeScript client', address: 'client/README.md' },
    ],
    Objects: objects.map(({ name, description }) => ({
      title: name,
      address: `docs/dictionary/${name}.md`,
      about: description,
    })),
    'Partner systems': partners.map(({ name, title }) => ({
      title,
      address: `docs/partners/${name}.md`,
      about: 'limits, streams, mapping, gaps',
    })),
    Reference: Object.keys(versions).map((version) => ({
      title: `OpenAPI document of ${version}`,
      address: `docs/openapi.${version}.json`,
    })),
  })
}
