import type { Shop } from '../shop.ts'
import { fillCustomers } from './customers.ts'
import { type Filled, medusaRounds } from './edits.ts'
import { openedMarket } from './market.ts'
import { fillOrders } from './orders.ts'
import { startMedusa } from './server.ts'
import { medusaSoftware } from './software.ts'
import { medusaTruth } from './truth.ts'

export const medusaShop: Shop = {
  title: 'Medusa 2.21.2',
  software: medusaSoftware,
  async open(place, home, size) {
    const server = await startMedusa(place, home)
    const { admin, apiKey, url } = server
    let filled: Filled | null = null
    const known = () => {
      if (!filled) throw new Error('rounds: expected a shop that was filled')
      return filled
    }
    return {
      connection: {
        partnerSource: 'medusa',
        // The address a live shop would be connected by; baseUrl stands in for it on this machine.
        credential: { api_key: apiKey, url: 'https://shop.example.com' },
        baseUrl: url,
      },
      async fill() {
        const market = await openedMarket(admin)
        const customers = await fillCustomers(place, admin, size.customers)
        filled = { market, customers }
        await fillOrders(place, server, { market, customers, count: size.orders })
      },
      rounds: medusaRounds(place, server, known),
      truth: () => medusaTruth(admin),
    }
  },
}
