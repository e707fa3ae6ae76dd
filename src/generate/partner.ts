import { recordTypes } from '../model/index.ts'
import type { ObjectType } from '../model/object.ts'
import type { EventLog, Notifications } from '../partners/notifications.ts'
import type { Partner } from '../partners/partner.ts'
import { mappingsOf, objectsOf, type Placed, sourcesOf } from '../partners/source.ts'
import { duration } from './duration.ts'
import { code, codes, generated_note, link, list, page, table } from './markdown.ts'
import { consent } from './partner_consent.ts'
import { strategyTable, streamTable } from './stream.ts'

/** The page of one partner system: what it takes to connect it, what is read, and what is not. */
export function partnerPage(partner: Partner): string {
  return page(
    generated_note,
    `# ${partner.title}`,
    facts(partner),
    '## Settings',
    'Given once, sealed at rest, never answered by any route.',
    settings(partner),
    '## Consent',
    consent(partner),
    '## Limits',
    limits(partner),
    '## Streams',
    'In the order a backfill starts them.',
    streamTable(partner),
    strategyTable(partner),
    ...eventLog(partner.events),
    '## Notifications',
    notifications(partner),
    '## Deletions',
    `${partner.deletions.bound}. Evidence: ${partner.deletions.evidence}.`,
    '## Gaps',
    list([...partner.gaps, ...unmapped(partner)]),
    ...statements(partner),
    '## Mapping',
    ...objectsOf(partner).flatMap((type) => objectMapping(partner, type)),
  )
}

function facts({ name, docs, apiVersion, baseUrl, paging }: Partner): string {
  return table(
    ['fact', 'value'],
    [
      ['`partnerSource`', code(name)],
      ['API version', code(apiVersion)],
      ['Base URL', hosts(baseUrl)],
      ['Records a page', String(paging.page_size_max)],
      ['Documentation', link(docs, docs)],
    ],
  )
}

function hosts(baseUrl: Partner['baseUrl']): string {
  if (typeof baseUrl === 'string') return code(baseUrl)
  if (typeof baseUrl === 'function') return "the shop's own, told by the settings"
  return `${code(baseUrl.live)}; test: ${code(baseUrl.test)}`
}

function settings({ credential }: Partner): string {
  const rows = credential.map(({ name, description, secret, optional, example }) => [
    code(name),
    description,
    optional ? 'no' : 'yes',
    secret ? 'yes' : 'no',
    code(example),
  ])
  return table(['setting', 'what it is', 'required', 'secret', 'example'], rows)
}

function limits({ limits: { per_second, source } }: Partner): string {
  return (
    `${per_second.live} requests a second with a live credential, ${per_second.test} with a test ` +
    `one (${link('source', source)}), shared by everything that reads one account.`
  )
}

function eventLog(log: EventLog | undefined): string[] {
  if (!log) return []
  return [
    '### Event log',
    `${code(log.list.path)} tells what changed; each object named in it is read again. It reaches ` +
      `${duration(log.reach_ms)} back${silence(log)}. The last ` +
      `${duration(log.overlap_ms)} before the previous run are read twice.`,
  ]
}

function silence({ mayBeOff }: EventLog): string {
  return mayBeOff
    ? ', but not every account has it: every stream is kept true by reading as well'
    : ': after a longer silence every stream is read anew'
}

function notifications({ title, notifications: how, events }: Partner): string {
  if (!how) return `${title} sends none that Furrow reads.`
  const signed = `${title} signs what it sends, and the signature is checked on the raw bytes.`
  const read = `What a notification names is read again${events ? ', like an entry of the event log' : ''}.`
  return `${signed} ${read} ${registering(how)} By hand: ${how.byHand}.`
}

const secrets = {
  told: 'it tells the secret',
  chosen: 'a secret is chosen for it',
  known: 'its secret has to be set before',
} as const

function registering({ registration }: Notifications): string {
  if (!registration) return 'Its API cannot be asked to send them.'
  return (
    `\`POST /v2/partner_account_connections/{id}/notifications\` asks its API to send them: that takes ` +
    `${registration.needs}, and ${secrets[registration.secret]}.`
  )
}

/** What is computed from the fees on transactions where the partner publishes no statement. */
const stated = ['billing_invoice', 'billing_invoice_line_item']

function statements(partner: Partner): string[] {
  const objects = objectsOf(partner).map(({ name }) => name)
  if (!objects.includes('transaction') || objects.includes('billing_invoice')) return []
  return [
    '## Statements',
    'A `billing_invoice` for each month and currency, with a `billing_invoice_line_item` for each ' +
      'kind of fee, is computed from the fees on `transaction` (`origin: DERIVED`).',
  ]
}

/** Objects of the model that none of the partner's payloads becomes. */
function unmapped(partner: Partner): string[] {
  const mapped = new Set(objectsOf(partner).map(({ name }) => name))
  if (mapped.has('transaction')) for (const name of stated) mapped.add(name)
  const without = recordTypes.filter(({ name }) => !mapped.has(name)).map(({ name }) => name)
  return without.length === 0 ? [] : [`No payload becomes one of: ${codes(without)}`]
}

function objectMapping(partner: Partner, type: ObjectType): string[] {
  const heading = `### ${link(type.name, `../dictionary/${type.name}.md`)}`
  return [heading, ...mappingsOf(partner, type).flatMap(mappingPart)]
}

function mappingPart({ map, stream, title }: Placed): string[] {
  const derived = map.derived ? ' The record is derived: the partner keeps none of its own.' : ''
  const rows = sourcesOf(map.rules).map(({ attribute, paths, rule }) => [
    code(attribute),
    paths.map(code).join(', '),
    rule,
  ])
  return [
    `**${title}**, of the stream ${code(stream)}.${derived}`,
    table(['attribute', 'path', 'rule'], rows),
  ]
}

/** The index of the partner systems. */
export function partnerIndex(partners: readonly Partner[]): string {
  const rows = partners.map((partner) => [
    link(partner.title, `${partner.name}.md`),
    code(partner.name),
    code(partner.apiVersion),
    String(partner.streams.length),
    codes(objectsOf(partner).map(({ name }) => name)),
  ])
  return page(
    generated_note,
    '# Partner systems',
    table(['partner', '`partnerSource`', 'API version', 'streams', 'objects'], rows),
  )
}
