import type { Desk } from '../../connect/consent.ts'
import { makeLink } from '../../connect/consent_link.ts'
import { consentSettings } from '../../store/consent_setting.ts'
import { businessOf, type Wish } from '../consent_wish.ts'
import { type Answer, type Call, nothing, type Operation, operation } from '../operation.ts'
import type { Parameter } from '../parameter.ts'
import { Problem, type ProblemCode, shown } from '../problem.ts'
import type { Given } from '../query_string.ts'
import { objectSchema, text, time } from '../schemas.ts'
import { didYouMean } from '../suggest.ts'

const url_length_max = 2000
const partners_max = 20

const name_schema = { type: 'string', minLength: 1, maxLength: 500 } as const
const described = {
  ledgerAccountId: 'Our id of the business',
  institutionAccountId: 'Your own id of the business; a ledger account is made where it is new',
  merchantIdentifier: 'Another word for institutionAccountId',
  returnUrl: 'Where the business goes afterwards: exactly one of the registered addresses',
  partnerSource: 'The partner systems it may choose from; all by default',
} as const

const properties = {
  ledgerAccountId: { ...name_schema, description: described.ledgerAccountId },
  institutionAccountId: { ...name_schema, description: described.institutionAccountId },
  merchantIdentifier: { ...name_schema, description: described.merchantIdentifier },
  returnUrl: {
    type: 'string',
    minLength: 1,
    maxLength: url_length_max,
    description: described.returnUrl,
  },
  partnerSource: {
    type: 'array',
    items: { type: 'string', minLength: 1, maxLength: 80 },
    minItems: 1,
    maxItems: partners_max,
    description: described.partnerSource,
  },
} as const

const examples = {
  institutionAccountId: 'merchant-1042',
  merchantIdentifier: 'merchant-1042',
  returnUrl: 'https://bank.example.com/connected',
  partnerSource: 'stripe',
} as const

function parameter(name: keyof typeof examples, more: Partial<Parameter> = {}): Parameter {
  const schema = name === 'returnUrl' ? properties.returnUrl : name_schema
  const { type, minLength, maxLength } = schema
  const plain = { type, minLength, maxLength }
  return {
    name,
    in: 'query',
    description: described[name],
    schema: plain,
    example: examples[name],
    ...more,
  }
}

const common = {
  tag: 'consent',
  scope: 'write',
  summary: 'Make a CONNECT link',
  description:
    'For a business to say on the hosted page which of its accounts may be read. A link can be used once, within 15 minutes, in one browser. Until the business answers, its connections at these partners are Not Authorised. It comes back to `returnUrl` with `status`, `ledgerAccountId`, `institutionAccountId` and `partnerSource`.',
  errors: ['not_available', 'not_found', 'missing_parameter', 'invalid_body', 'conflict'],
  secrets: ['url'],
} as const

const answer = {
  description: 'The link, shown once, and when it ends',
  schema: objectSchema({ url: text, expires: time }),
  example: {
    url: 'https://furrow.example.com/connect/la_1f0c3b9a5f6e4a578a552b7f3b21.Zm9yIGV4YW1wbGUgb25seSwgbm90IGEgcmVhbCBsaW5rISE',
    expires: '2026-03-14T09:41:53.000Z',
  },
} as const

export const consentPageOperations: readonly Operation[] = [
  operation({
    ...common,
    id: 'make_consent_page',
    method: 'POST',
    path: '/auth/consent/page',
    parameters: [],
    body: {
      schema: { type: 'object', properties, required: ['returnUrl'], additionalProperties: false },
      example: {
        institutionAccountId: examples.institutionAccountId,
        returnUrl: examples.returnUrl,
        partnerSource: ['stripe', 'square'],
      },
    },
    answer: { ...answer, status: 201 },
    prepare: nothing,
    handle: async (call) => ({
      ...(await linkFor(call, call.body as Wish, 'invalid_body')),
      status: 201,
    }),
  }),
  operation({
    ...common,
    id: 'consent_page',
    method: 'GET',
    path: '/auth/consent/page',
    description: `${common.description} Each request makes a new one.`,
    parameters: [
      parameter('institutionAccountId'),
      parameter('merchantIdentifier'),
      parameter('returnUrl', { required: true }),
      parameter('partnerSource', {
        schema: { ...properties.partnerSource.items, examples: ['stripe', 'square'] },
        many: 'repeated',
        values_max: partners_max,
      }),
    ],
    answer: { ...answer, status: 200 },
    prepare: wishIn,
    handle: (call) => linkFor(call, call.query, 'bad_parameter'),
  }),
]

/** Read from a query string whose schemas say that these are texts. */
function wishIn(given: Given): Wish {
  const one = (name: string) => given.get(name) as string | undefined
  return {
    institutionAccountId: one('institutionAccountId'),
    merchantIdentifier: one('merchantIdentifier'),
    returnUrl: one('returnUrl') ?? '',
    partnerSource: given.get('partnerSource') as string[] | undefined,
  }
}

async function linkFor(
  call: Pick<Call, 'context' | 'key' | 'version'>,
  wish: Wish,
  code: ProblemCode,
): Promise<Answer> {
  const { context, key } = call
  await assertRegistered(call, wish.returnUrl, code)
  const { desk } = context
  if (!desk) {
    const detail = 'this installation runs without a consent page'
    throw new Problem({ code: 'not_available', detail })
  }
  const partnerSources = offered(desk, wish.partnerSource, code)
  const ledgerAccountId = await businessOf(call, wish, code)
  const { institutionId, mode } = key
  const { returnUrl } = wish
  const wanted = { institutionId, mode, ledgerAccountId, returnUrl, partnerSources }
  const made = await makeLink(context.db, { ...wanted, now_ms: context.now() })
  const url = `${desk.publicUrl}/connect/${made.token}`
  const expires = new Date(made.expires_ms).toISOString()
  const headers = { 'cache-control': 'no-store' }
  return { body: JSON.stringify({ url, expires }), headers }
}

/** Only where the institution said before that its own pages are: nothing else is followed. */
async function assertRegistered(
  { context, key }: Pick<Call, 'context' | 'key'>,
  given: string,
  code: ProblemCode,
) {
  const { return_urls } = await consentSettings(context.db, key)
  if (return_urls.includes(given)) return
  const hint =
    return_urls.length === 0
      ? 'none is: see PATCH /auth/consent/settings'
      : 'see GET /auth/consent/settings'
  const detail = `returnUrl: expected exactly one of the registered addresses (${hint}), got ${shown(given)}`
  throw new Problem({ code, detail, param: 'returnUrl' })
}

function offered(desk: Desk, given: readonly string[] | undefined, code: ProblemCode) {
  const known = desk.partners.map(({ name }) => name)
  const unknown = given?.find((name) => !known.includes(name))
  if (unknown === undefined) return [...new Set(given ?? known)]
  const hint = didYouMean(unknown, known)
  const detail = `partnerSource: expected some of ${known.join(', ')}, got ${shown(unknown)}${hint}`
  throw new Problem({ code, detail, param: 'partnerSource' })
}
