// Compares Furrow with a real server of a shop, which it installs, fills and changes.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { explained } from '../../src/cli/fault.ts'
import { type Life, newLife } from '../../src/cli/life.ts'
import { medusaShop } from './medusa/shop.ts'
import { help, type Options, optionsOf, type ShopName } from './options.ts'
import { liveRun } from './run.ts'
import type { Shop } from './shop.ts'
import { summary } from './summary.ts'
import { vendureShop } from './vendure/shop.ts'

const shops: { readonly [N in ShopName]: Shop } = { vendure: vendureShop, medusa: medusaShop }
const stopped_status = 130
const life = newLife()
try {
  const options = optionsOf(process.argv.slice(2))
  if (options) process.exitCode = await run(options, life)
  else console.log(help)
} catch (error) {
  const { line, status } = explained(error)
  if (!life.stopping.aborted) console.error(`test:live: ${line}`)
  process.exitCode = life.stopping.aborted ? stopped_status : status
} finally {
  await life.stop()
  life.over()
}

async function run(options: Options, life: Life): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'furrow-live-'))
  // Closed last: everything else has been stopped by then.
  life.onStop(async () => {
    if (options.keep) console.error(`Databases and logs are kept in ${folder}`)
    else rmSync(folder, { recursive: true, force: true })
  })
  const tell = (line: string) => console.error(line)
  const figures = await liveRun({ life, folder, tell }, shops[options.shop], options)
  console.log(options.json ? JSON.stringify(figures) : summary(figures))
  return figures.differences === 0 ? 0 : 1
}
