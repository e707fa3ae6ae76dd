import { didYouMean } from '../api/suggest.ts'
import { recordTypes } from '../model/index.ts'
import { partnerList, partnerNamed } from '../partners/index.ts'
import type { Partner } from '../partners/partner.ts'
import { misused } from './fault.ts'
import { printJson, table } from './output.ts'

/** Prints what each partner system can do, or all of one. */
export async function run([name]: readonly string[], { json }: { readonly json?: boolean }) {
  if (name !== undefined) return printOne(partnerGiven('partner', name), json ?? false)
  const all = partnerList.map(abilities)
  if (json) return printJson(all)
  table(
    ['partner', 'objects', 'streams', 'notifications', 'deletions seen'],
    all.map((one) => [
      one.partnerSource,
      one.objects.length,
      one.streams.length,
      one.notifications ? 'read' : 'none',
      one.deletions.bound,
    ]),
  )
  console.error('furrow partners <name> shows all of one')
}

/** The partner of that name. Throws for one we do not have. */
export function partnerGiven(param: string, name: string): Partner {
  const partner = partnerNamed(name)
  if (partner) return partner
  const names = partnerList.map((one) => one.name)
  throw misused(
    `${param}: expected one of ${names.join(', ')}, got "${name}"${didYouMean(name, names)}`,
  )
}

function abilities({ name, title, apiVersion, docs, ...partner }: Partner) {
  const objects = new Set(partner.streams.flatMap(({ maps }) => maps.map((map) => map.object.name)))
  return {
    partnerSource: name,
    title,
    apiVersion,
    docs,
    credential: partner.credential.map((field) => field.name),
    objects: recordTypes.map((type) => type.name).filter((type) => objects.has(type)),
    streams: partner.streams.map(({ name: stream, strategy, maps }) => ({
      stream,
      strategy,
      objects: [...new Set(maps.map((map) => map.object.name))],
    })),
    eventLog: partner.events !== undefined,
    notifications: partner.notifications !== undefined,
    deletions: partner.deletions,
    gaps: partner.gaps,
  }
}

function printOne(partner: Partner, json: boolean) {
  const one = abilities(partner)
  if (json) return printJson(one)
  console.log(`${one.title}, API version ${one.apiVersion} (${one.docs})`)
  console.log(`credential: ${one.credential.join(', ')}`)
  console.log(`deletions: ${one.deletions.bound}, by ${one.deletions.evidence}\n`)
  table(
    ['stream', 'strategy', 'becomes'],
    one.streams.map(({ stream, strategy, objects }) => [stream, strategy, objects.join(', ')]),
  )
  console.log(['\ngaps:', ...one.gaps.map((gap) => `- ${gap}`)].join('\n'))
}
