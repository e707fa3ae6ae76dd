import packaged from '../../package.json' with { type: 'json' }
import { objectTypes } from '../model/index.ts'
import type { ObjectType } from '../model/object.ts'
import { partnerList } from '../partners/index.ts'
import type { Partner } from '../partners/partner.ts'
import { clientText } from './client.ts'
import { versionNames } from './compare.ts'
import { dictionaryIndex, dictionaryPage } from './dictionary.ts'
import { type Guide, guidesIn, llmsPage } from './llms.ts'
import { openApiText } from './openapi.ts'
import { partnerIndex, partnerPage } from './partner.ts'

/** Paths under the repository's root, each with the text that belongs there. */
export type Pages = ReadonlyMap<string, string>

/** Folders that hold generated pages only: what is there beside them is left over. */
export const generated_folders = ['docs/dictionary', 'docs/partners'] as const

export interface Described {
  readonly objects: readonly ObjectType[]
  readonly partners: readonly Partner[]
  readonly guides: readonly Guide[]
  /** Of the product, as the API documents name it. */
  readonly release: string
}

/** Every generated page. Pure. */
export function pagesOf({ objects, partners, guides, release }: Described): Pages {
  return new Map([
    ['docs/dictionary/README.md', dictionaryIndex(objects)],
    ...objects.map(
      (type) => [`docs/dictionary/${type.name}.md`, dictionaryPage(type, partners)] as const,
    ),
    ['docs/partners/README.md', partnerIndex(partners)],
    ...partners.map(
      (partner) => [`docs/partners/${partner.name}.md`, partnerPage(partner)] as const,
    ),
    ...versionNames.map(
      (version) => [`docs/openapi.${version}.json`, openApiText(version, release)] as const,
    ),
    ['client/src/generated.ts', clientText()],
    ['llms.txt', llmsPage({ objects, partners, guides })],
  ])
}

export const described: Described = {
  objects: objectTypes,
  partners: partnerList,
  guides: guidesIn('docs/guide'),
  release: packaged.version,
}
