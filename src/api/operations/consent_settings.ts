import {
  type ConsentSettings,
  changeConsentSettings,
  consentSettings,
  type SettingsChange,
} from '../../store/consent_setting.ts'
import { imageFault } from '../connect/image.ts'
import { type Call, nothing, type Operation, operation } from '../operation.ts'
import { Problem, shown } from '../problem.ts'
import { objectSchema, text, textOrNull, timeOrNull } from '../schemas.ts'
import { isOwnHost } from '../simulated_url.ts'

const urls_max = 20
const url_length_max = 2000
const logo_length_max = 100_000

const common = { tag: 'consent', parameters: [], prepare: nothing } as const

const answer = {
  status: 200,
  description: 'The settings of the consent page',
  schema: objectSchema({
    object: { const: 'consent_settings' },
    return_urls: { type: 'array', items: text },
    brand_name: textOrNull,
    logo: textOrNull,
    colour: textOrNull,
    modifiedDate: timeOrNull,
  }),
  example: {
    object: 'consent_settings',
    return_urls: ['https://bank.example.com/connected'],
    brand_name: 'Example Bank',
    logo: 'https://bank.example.com/logo.png',
    colour: '#1d5c3f',
    modifiedDate: '2026-03-14T09:26:53.000Z',
  },
}

export const consentSettingsOperations: readonly Operation[] = [
  operation({
    ...common,
    id: 'consent_settings',
    method: 'GET',
    path: '/auth/consent/settings',
    scope: 'read',
    summary: 'Read the settings of the consent page',
    description: "Of the institution, in this key's mode.",
    answer,
    handle: async ({ context, key }) => told(await consentSettings(context.db, key)),
  }),
  operation({
    ...common,
    id: 'update_consent_settings',
    method: 'PATCH',
    path: '/auth/consent/settings',
    scope: 'admin',
    summary: 'Change the settings of the consent page',
    description:
      "Of the institution, in this key's mode. What is left out stays. A business is only ever sent back to one of the `return_urls`, exactly as registered.",
    body: {
      schema: {
        type: 'object',
        properties: {
          return_urls: {
            type: 'array',
            items: { type: 'string', minLength: 1, maxLength: url_length_max },
            maxItems: urls_max,
            description: 'https; test keys may name http on the own machine',
          },
          brand_name: {
            type: ['string', 'null'],
            minLength: 1,
            maxLength: 80,
            description: "Shown in place of the institution's name",
          },
          logo: {
            type: ['string', 'null'],
            minLength: 1,
            maxLength: logo_length_max,
            description: 'https address, or data URL, of a PNG, JPEG, WebP or GIF',
          },
          colour: {
            type: ['string', 'null'],
            pattern: '^#[0-9a-fA-F]{6}$',
            description: 'Of the buttons; what is written on them is black or white',
          },
        },
        additionalProperties: false,
      },
      example: {
        return_urls: ['https://bank.example.com/connected'],
        brand_name: 'Example Bank',
        colour: '#1d5c3f',
      },
    },
    answer,
    async handle(call) {
      const { context, key } = call
      const change = checked(call, call.body as SettingsChange)
      const whose = { institutionId: key.institutionId, mode: key.mode }
      const now_ms = context.now()
      return told(await changeConsentSettings(context.db, { ...whose, change, now_ms }))
    },
  }),
]

function told(settings: ConsentSettings) {
  return { body: JSON.stringify({ object: 'consent_settings', ...settings }) }
}

function checked({ key }: Pick<Call, 'key'>, change: SettingsChange): SettingsChange {
  if (key.ledgerAccountId !== null) {
    const detail =
      'x-api-key: expected a key of the whole institution, got one of a single ledger account'
    throw new Problem({ code: 'forbidden', detail, param: 'x-api-key' })
  }
  for (const url of change.return_urls ?? []) assertReturnUrl(url, key.mode)
  const { logo, brand_name: name, colour } = change
  const fault = logo ? imageFault(logo) : null
  if (fault !== null) throw invalid('logo', fault, logo)
  if (name && /\p{Cc}/u.test(name)) throw invalid('brand_name', 'one line of text', name)
  return {
    ...change,
    ...(change.return_urls ? { return_urls: [...new Set(change.return_urls)] } : {}),
    ...(colour ? { colour: colour.toLowerCase() } : {}),
  }
}

function assertReturnUrl(given: string, mode: 'test' | 'live') {
  const url = URL.canParse(given) ? new URL(given) : null
  const isPlain = url && url.username === '' && url.password === '' && !given.includes('#')
  const isOwn = url?.protocol === 'http:' && mode === 'test' && isOwnHost(url.hostname)
  // What a browser would read otherwise than it is written is refused, not put right.
  const isAsWritten = url?.href === given || url?.href === `${given}/`
  if (isPlain && isAsWritten && (url.protocol === 'https:' || isOwn)) return
  const expected = 'an https address without user and fragment, as a browser writes it'
  throw invalid('return_urls', expected, given)
}

function invalid(param: string, expected: string, given: unknown): Problem {
  const detail = `${param}: expected ${expected}, got ${shown(given)}`
  return new Problem({ code: 'invalid_body', detail, param })
}
