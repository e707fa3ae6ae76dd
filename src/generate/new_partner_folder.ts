import { titleOf } from './new_partner_name.ts'
import { importText, mark } from './new_partner_text.ts'

/** What says what the partner is: to connect it, to read it, and what it does not have. */
export function indexText(name: string): string {
  return `${[
    importText(['bearer'], '../authenticate.ts'),
    importText(['BadAnswer'], '../errors.ts'),
    importText(['cursorByObjectId'], '../paginate.ts'),
    importText(['AccountFacts', 'Partner', 'PartnerError', 'Recognised'], '../partner.ts', true),
    importText(['clean', 'objectOf'], '../rule.ts'),
    importText(['streams'], './streams.ts'),
  ].join('\n')}

/** What each part means is said in partner.ts. */
export const ${name}: Partner = {
  name: '${name}',
  title: '${titleOf(name)}',
  docs: '${mark}: the address of its documentation',
  apiVersion: '${mark}: the version that is asked for',
  // ${mark}: one host, one a mode ({ live, test }), or a function of the credential (own_host.ts).
  baseUrl: 'https://fill-in.invalid',
  credential: [
    {
      name: 'api_key',
      description: '${mark}: what it is, and what it must be allowed to read',
      secret: true,
      example: '${mark}: how it begins',
    },
  ],
  // ${mark}: the mode that a credential tells; null where it does not say.
  modeOf: () => null,
  // ${mark}: how a request says who asks (authenticate.ts), and for which version.
  headers: ({ api_key = '' }) => bearer(api_key),
  // ${mark}: what tells whose account it is; the first also tests the credential.
  account: { requests: [{ path: '/account' }], read: readAccount },
  limits: {
    per_second: { live: 1, test: 1 },
    source: '${mark}: the address of the page that says so',
  },
  errors: readError,
  // ${mark}: the dialect of its lists, from paginate.ts or offset.ts, or a paging.ts beside this.
  paging: cursorByObjectId,
  streams,
  deletions: {
    bound: '${mark}: how soon a deletion is seen',
    evidence: '${mark}: by what it is seen',
  },
  gaps: ['${mark}: what it does not have or does not tell, a line each'],
  recognise,
}

/** The account that a credential opens. */
function readAccount(): AccountFacts {
  throw new BadAnswer('${mark} readAccount() in src/partners/${name}/index.ts')
}

// ${mark}: where a refusal of the partner's has its words.
function readError(_status: number, body: unknown): PartnerError {
  const { code, message } = objectOf(body) ?? {}
  return {
    message: typeof message === 'string' ? message : 'without a reason',
    code: clean(typeof code === 'string' ? code : null) as string | null, // a text, or null
  }
}

/** Any body of the partner's: an object, a list of them or { data: […] }, a notification. */
function recognise(_body: unknown): readonly Recognised[] {
  throw new Error('${mark} recognise() in src/partners/${name}/index.ts')
}
`
}

/** What is read, and how it is kept true. */
export function streamsText(name: string): string {
  return `${[
    importText(['uriPart'], '../rule.ts'),
    importText(['Stream'], '../stream.ts', true),
    importText([`${name}Customer`], './customer.ts'),
    importText([`${name}Payment`], './payment.ts'),
  ].join('\n')}

const day_ms = 24 * 60 * 60 * 1000

/** In the order a backfill starts them: parents first. */
export const streams: readonly Stream[] = [
  {
    name: 'customers',
    title: 'Customers',
    // ${mark}: a better one than reading all of it each day, where the partner allows it.
    strategy: 'sweep',
    verify_ms: day_ms,
    list: { path: '/customers' },
    maps: [${name}Customer],
    retrieve: (id) => ({ path: \`/customers/\${uriPart(id)}\` }),
  },
  {
    name: 'payments',
    title: 'Payments',
    // ${mark}: the same here; then a stream for every other object that the partner has.
    strategy: 'sweep',
    verify_ms: day_ms,
    list: { path: '/payments' },
    maps: [${name}Payment],
    retrieve: (id) => ({ path: \`/payments/\${uriPart(id)}\` }),
  },
]
`
}

/** An invented payload, and in place of its records what to put there. */
export function fixtureText(name: string): string {
  const fixture = {
    title: 'An invented customer',
    payload: {
      id: 'c_1',
      created_at: '2026-03-14T09:26:53Z',
      name: 'Ada Åkerström',
      email: 'ada@example.com',
    },
    records: [
      `${mark}: the record that this payload must become. Make the payload one of ` +
        `${titleOf(name)}'s shape (invented, never pasted), fill in customer.ts, ` +
        'and put here what comes out, checked',
    ],
  }
  return `${JSON.stringify([fixture], null, 2)}\n`
}
