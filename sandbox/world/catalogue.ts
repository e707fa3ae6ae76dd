// The catalogue: there from the start, and tended now and then.
import type { Price, Product } from './entities.ts'
import { CURRENCIES, priceIn } from './money.ts'
import { GOODS, type Interval } from './names.ts'
import { DAY, type Sim } from './sim.ts'

const MAINTENANCE_EVERY = 9 * DAY

export function stock(sim: Sim): void {
  GOODS.forEach(([name, description, cents, interval], i) => {
    sim.at(sim.now() + i * 60_000, () => {
      const product = newProduct(sim, { key: `p${i}`, name, description, physical: !interval })
      priceEverywhere(sim, product, { cents, interval })
    })
  })
  tendLater(sim, 0)
}

export function pricesFor(sim: Sim, currency: string, recurring: boolean): Price[] {
  return [...sim.all('price').values()].filter(
    (price) =>
      price.active && price.currency === currency && (price.interval !== null) === recurring,
  )
}

function newProduct(
  sim: Sim,
  facts: Pick<Product, 'key' | 'name' | 'description' | 'physical'>,
): Product {
  const product: Product = {
    kind: 'product',
    createdAt: sim.now(),
    updatedAt: sim.now(),
    deletedAt: null,
    active: true,
    defaultPrice: null,
    ...facts,
  }
  sim.happen('product.created', product)
  return product
}

function priceEverywhere(
  sim: Sim,
  product: Product,
  cost: { cents: number; interval: Interval | null },
): void {
  for (const code of Object.keys(CURRENCIES)) {
    const price: Price = {
      kind: 'price',
      key: `${product.key}-${code}`,
      createdAt: sim.now(),
      deletedAt: null,
      product: product.key,
      currency: code,
      amount: priceIn(code, cost.cents),
      interval: cost.interval,
      active: true,
    }
    sim.happen('price.created', price)
  }
  product.defaultPrice = `${product.key}-usd`
  product.updatedAt = sim.now()
  sim.happen('product.changed', product)
}

// Every few days a good comes, is renamed, or goes; what is for subscriptions stays.
function tendLater(sim: Sim, round: number): void {
  sim.at(sim.now() + MAINTENANCE_EVERY, () => {
    const r = sim.random('catalogue', round)
    if (round % 3 === 0) bringOut(sim, round, r.between(500, 9000))
    else if (round % 3 === 1) rename(sim, r.pick(oneTime(sim)))
    else retire(sim, `season${round - 5}`)
    tendLater(sim, round + 1)
  })
}

function oneTime(sim: Sim): Product[] {
  return [...sim.all('product').values()].filter((product) => product.physical && product.active)
}

function bringOut(sim: Sim, round: number, cents: number): void {
  const name = `Season special №${round}`
  const facts = { key: `season${round}`, name, description: 'While stocks last', physical: true }
  priceEverywhere(sim, newProduct(sim, facts), { cents, interval: null })
}

function rename(sim: Sim, product: Product): void {
  product.name = product.name.endsWith(' (new)')
    ? product.name.slice(0, -6)
    : `${product.name} (new)`
  product.updatedAt = sim.now()
  sim.happen('product.changed', product)
}

// A good is first taken off the shelf; every other one is deleted, with its prices, a day later.
function retire(sim: Sim, key: string): void {
  const product = sim.all('product').get(key)
  if (!product) return
  const prices = [...sim.all('price').values()].filter((price) => price.product === key)
  for (const price of prices) {
    price.active = false
    sim.happen('price.changed', price)
  }
  product.active = false
  product.updatedAt = sim.now()
  sim.happen('product.changed', product)
  if (Number(key.slice('season'.length)) % 2 === 1) return
  sim.at(sim.now() + DAY, () => {
    product.deletedAt = sim.now()
    sim.happen('product.deleted', product)
  })
}
