import { existsSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { customer } from '../model/customer.ts'
import { payment } from '../model/payment.ts'
import { fixtureText, indexText, streamsText } from './new_partner_folder.ts'
import { hasEntry, withEntry } from './new_partner_lines.ts'
import { mappingText } from './new_partner_mapping.ts'
import { nameFault, titleOf } from './new_partner_name.ts'
import { sandboxText } from './new_partner_sandbox.ts'
import { mark } from './new_partner_text.ts'

/** Why a partner cannot be begun; nothing was written. */
export class CannotBegin extends Error {
  override readonly name = 'CannotBegin'
}

/** Paths under the repository's root with what belongs there, and what is to be done then. */
export interface Plan {
  readonly name: string
  readonly written: ReadonlyMap<string, string>
  readonly changed: ReadonlyMap<string, string>
  readonly next: readonly string[]
}

const list = 'src/partners/index.ts'
const sandbox_list = 'sandbox/partners.ts'

/** Everything a new partner begins with. Writes nothing. Throws CannotBegin. */
export function planOf(root: URL, name: string): Plan {
  const fault = nameFault(name) ?? takenBy(root, name)
  if (fault) throw new CannotBegin(fault)
  const folder = `src/partners/${name}`
  const known = { partnerRecordId: "idText('id')", created_date: "isoTime('created_at')" }
  const created = `create${titleOf(name)}`
  return {
    name,
    written: new Map([
      [`${folder}/index.ts`, indexText(name)],
      [`${folder}/streams.ts`, streamsText(name)],
      [`${folder}/customer.ts`, mappingText(name, customer, known)],
      [`${folder}/payment.ts`, mappingText(name, payment)],
      [`${folder}/fixtures/customers.json`, fixtureText(name)],
      [`sandbox/${name}/partner.ts`, sandboxText(name)],
    ]),
    changed: new Map([
      entered(root, list, { member: name, imported: name, from: `./${name}/index.ts` }),
      entered(root, sandbox_list, {
        member: `${name}: ${created}`,
        imported: created,
        from: `./${name}/partner.ts`,
      }),
    ]),
    next: nextSteps(name),
  }
}

function takenBy(root: URL, name: string): string | null {
  const places = ['src/partners', 'sandbox'].flatMap((at) => [`${at}/${name}`, `${at}/${name}.ts`])
  const taken = places.find((path) => existsSync(new URL(path, root)))
  const listed = [list, sandbox_list].find((path) => hasEntry(textAt(root, path), name))
  if (taken) return `NAME: "${name}" is taken: ${taken} is there already`
  return listed ? `NAME: "${name}" is taken: ${listed} has it already` : null
}

function entered(root: URL, path: string, entry: Parameters<typeof withEntry>[2]) {
  return [path, withEntry(path, textAt(root, path), entry)] as const
}

function textAt(root: URL, path: string): string {
  return readFileSync(new URL(path, root), 'utf8')
}

function nextSteps(name: string): string[] {
  return [
    `See every place that waits: grep -rn "${mark}" src/partners/${name} sandbox/${name}`,
    'Fill them in, an object after the other; a payments.json belongs beside customers.json',
    `See what is still missing: npx vitest run test/conformance.test.ts -t ${name}`,
    `Let the simulated partner answer: npx vitest run test/conformance_double.test.ts -t ${name}`,
    'Put format and imports right: npm run format, then npm run check',
    `Write its pages and read them: npm run generate, then docs/partners/${name}.md`,
  ]
}

/** Writes what was planned; a file that is there is never written over. */
export async function carryOut(root: URL, { written, changed }: Plan): Promise<void> {
  for (const [path, text] of written) {
    const file = new URL(path, root)
    await mkdir(new URL('./', file), { recursive: true })
    await writeFile(file, text, { flag: 'wx' })
  }
  for (const [path, text] of changed) await writeFile(new URL(path, root), text)
}
