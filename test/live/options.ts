import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { misused } from '../../src/cli/fault.ts'

export const shopNames = ['vendure', 'medusa'] as const
export type ShopName = (typeof shopNames)[number]

export interface Options {
  readonly shop: ShopName
  /** Where the real software is installed; stays for the next run. */
  readonly folder: string
  readonly keep: boolean
  readonly json: boolean
  readonly customers: number
  readonly orders: number
}

/** What edits and deletions need, each of other records; more may be asked for. */
const sizes_min = {
  vendure: { customers: 200, orders: 36 },
  medusa: { customers: 120, orders: 40 },
} as const satisfies { readonly [N in ShopName]: object }
const count_max = 5000

function shown(name: Counted): string {
  return shopNames.map((shop) => `${shop}: ${sizes_min[shop][name]}`).join(', ')
}

type Counted = 'customers' | 'orders'

export const help = `Usage: npm run test:live -- <shop> [options]

Installs the real server of a shop from npm, fills it, connects Furrow to it, and compares what
Furrow answers with what the server says: after the first reading, after edits, after deletions.
Exits with 1 where they differ.

Shops: ${shopNames.join(', ')}

Options:
  --dir <folder>       where the server is installed, and found again by the next run
                       (default: furrow/live in your cache folder)
  --customers <n>      customers to make (${shown('customers')})
  --orders <n>         orders to make (${shown('orders')})
  --keep               leave the databases and logs of the run, and say where they are
  --json               print the figures as one line of JSON
  --help               this text

Examples:
  npm run test:live -- vendure
  npm run test:live -- medusa --json
`

/** What the arguments ask for; null where they ask for help. Throws Fault. */
export function optionsOf(args: readonly string[]): Options | null {
  const { values, positionals } = parsed(args)
  if (values.help) return null
  const shop = shopNames.find((name) => name === positionals[0])
  if (!shop || positionals.length > 1) {
    throw misused(`expected one of ${shopNames.join(', ')}, got "${positionals.join(' ')}"`)
  }
  const { keep = false, json = false } = values
  return {
    shop,
    folder: resolve(values.dir ?? join(cacheFolder(), 'furrow', 'live')),
    keep,
    json,
    customers: countIn(values.customers, 'customers', shop),
    orders: countIn(values.orders, 'orders', shop),
  }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        dir: { type: 'string' },
        customers: { type: 'string' },
        orders: { type: 'string' },
        keep: { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw misused((error as Error).message) // parseArgs throws nothing else
  }
}

function countIn(text: string | undefined, name: Counted, shop: ShopName): number {
  const min = sizes_min[shop][name]
  const number = Number(text ?? min)
  if (Number.isInteger(number) && number >= min && number <= count_max) return number
  throw misused(`--${name}: expected a number from ${min} to ${count_max}, got "${text}"`)
}

function cacheFolder(): string {
  return process.env.XDG_CACHE_HOME || join(homedir(), '.cache')
}
