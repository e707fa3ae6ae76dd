import { Fault } from './fault.ts'

/** Reads stored payloads again with the newest mapping. */
export async function run() {
  throw new Fault('this version cannot renormalise yet: furrow sync --full asks the partners again')
}
