import type { Shop } from '../shop.ts'
import { vendureRounds } from './edits.ts'
import { fillOrders } from './orders.ts'
import { startVendure } from './server.ts'
import { vendureSoftware } from './software.ts'
import { vendureTruth } from './truth.ts'

export const vendureShop: Shop = {
  title: 'Vendure 3.7.3',
  software: vendureSoftware,
  async open(place, home, { customers, orders }) {
    const server = await startVendure(place, home, customers)
    const { username, password, url } = server
    return {
      connection: {
        partnerSource: 'vendure',
        // The address a live shop would be connected by; baseUrl stands in for it on this machine.
        credential: { username, password, url: 'https://shop.example.com' },
        baseUrl: url,
      },
      fill: () => fillOrders(place, server, orders),
      rounds: vendureRounds(place, server),
      truth: () => vendureTruth(server.admin),
    }
  },
}
