import type { Place } from '../process.ts'
import type { Api } from './api.ts'

/** Buyers of every sort: without a name, a firm, without an address, with several. */
export async function fillCustomers(place: Place, admin: Api, count: number): Promise<string[]> {
  place.tell(`Making ${count} customers …`)
  const found: string[] = []
  for (let i = 0; i < count; i++) {
    place.life.stopping.throwIfAborted()
    const { customer } = await admin.post<{ customer: { id: string } }>(
      '/admin/customers',
      buyer(i),
    )
    found.push(customer.id)
    for (let nth = 0; nth < i % 3; nth++) {
      await admin.post(`/admin/customers/${customer.id}/addresses`, address(i, nth))
    }
  }
  return found
}

function buyer(i: number) {
  const isFirm = i % 7 === 3
  const isNameless = i % 5 === 2
  return {
    email: `Buyer.${i}@Example.test`,
    first_name: isNameless || isFirm ? null : `Åsa ${i}`,
    last_name: isNameless ? null : 'Nguyễn',
    company_name: isFirm ? `株式会社 ${i}` : null,
    phone: i % 4 === 0 ? null : `+46 70 ${1000 + i}`,
  }
}

/** The second one is marked, the first only sometimes: a default is not always the first. */
function address(i: number, nth: number) {
  return {
    address_name: `Place ${nth}`,
    is_default_billing: nth === 1,
    is_default_shipping: nth === 1 || i % 4 === 0,
    first_name: 'Åsa',
    last_name: i % 2 === 0 ? 'Nguyễn' : null,
    address_1: `Storgatan ${i}`,
    address_2: i % 6 === 0 ? 'Uppgång C' : null,
    city: nth === 0 ? 'Göteborg' : 'Malmö',
    province: i % 9 === 0 ? 'Skåne' : null,
    postal_code: '211 34',
    country_code: 'se',
    phone: nth === 0 ? null : `+46 40 ${i}`,
  }
}
