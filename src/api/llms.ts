import { currentVersion } from '../model/versions.ts'
import { list_limit_max } from '../store/list.ts'
import { operations } from './operations.ts'

/** A page worth reading, by its address. */
export interface Reference {
  readonly title: string
  readonly address: string
  readonly about?: string
}

/**
 * What a language model has to know to read from Furrow, in the form of https://llmstxt.org: a title,
 * a summary, how to ask, and lists of links. Pure.
 */
export function llmsText(sections: Readonly<Record<string, readonly Reference[]>>): string {
  const parts = [
    '# Furrow',
    '> One model and one API over the commerce and payment systems that a business sells through.' +
      ' Its centre is the customer: the buyer as saved at one partner system.',
    how_to_ask,
    ...Object.entries(sections).flatMap(([name, references]) => [
      `## ${name}`,
      references.map(line).join('\n'),
    ]),
    '## Operations',
    operations.map(operationLine).join('\n'),
  ]
  return `${parts.join('\n\n')}\n`
}

const how_to_ask = [
  `Requests go to \`/${currentVersion}/…\` with the header \`x-api-key\`. Answers are JSON.`,
  `Lists hold \`data\` and \`next_cursor\`; the next page is asked for with \`cursor\`, up to ${list_limit_max} records with \`limit\`.`,
  'Filters are parameters: `email=ada@example.com`, `amount[gte]=1000`, `id[in]=a,b`.',
  '`expand[]=external_account_id` puts the object in place of its id.',
  "Amounts are whole numbers in the currency's minor unit. Times are RFC 3339 in UTC.",
  'Deleted records are left out unless `recordState=all` is asked for.',
  'A wrong request is answered with a problem document (RFC 9457) that names what is wrong.',
  'A key with the scope `read` can change nothing.',
].join('\n')

function line({ title, address, about }: Reference): string {
  return `- [${title}](${address})${about === undefined ? '' : `: ${about}`}`
}

function operationLine({ method, path, summary }: (typeof operations)[number]): string {
  return `- \`${method} /${currentVersion}${path}\`: ${summary}`
}

/** What a running server has to show. */
export const served: Parameters<typeof llmsText>[0] = {
  Reference: [
    {
      title: 'OpenAPI document',
      address: `/${currentVersion}/openapi.json`,
      about: 'every route, parameter and answer',
    },
    {
      title: 'Model',
      address: `/${currentVersion}/model`,
      about: 'every object and attribute (asks for a key)',
    },
    { title: 'Errors', address: '/errors', about: 'every code, and what it means' },
    { title: 'Documentation to try', address: '/docs' },
  ],
}
