import { objectTypes } from '../model/index.ts'
import { openClient } from './client.ts'
import { objectGiven } from './object.ts'
import { printJson } from './output.ts'

interface GetOptions {
  readonly data: string
  readonly expand?: readonly string[]
  readonly json?: boolean
}

/** Prints one record. */
export async function run([name = '', id = '']: readonly string[], options: GetOptions) {
  const type = objectGiven(name, objectTypes)
  const client = await openClient(options.data)
  const query = (options.expand ?? []).map((path) => ['expand[]', path] as const)
  const record = await client.get(`/v2/${type.plural}/${encodeURIComponent(id)}`, query)
  printJson(record, options.json ?? false)
}
