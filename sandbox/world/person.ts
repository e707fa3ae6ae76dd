import type { Address, Person } from './entities.ts'
import { MAIL_HOSTS, PLACES, type Place } from './names.ts'
import type { Random } from './random.ts'

export function newPerson(r: Random): { person: Person; place: Place } {
  const place = r.weighted(PLACES)
  const name = fullName(r, place)
  return {
    place,
    person: {
      name: r.chance(0.06) ? null : name,
      email: r.chance(0.1) ? null : email(r, name),
      phone: r.chance(0.4) ? null : phone(r, place),
      address: r.chance(0.15) ? null : newAddress(r, place),
      locale: r.chance(0.5) ? null : place.locale,
    },
  }
}

// What a buyer is called now, for what keeps it.
export function personOf({ name, email, phone, address, locale }: Person): Person {
  return { name, email, phone, address, locale }
}

export function newAddress(r: Random, place: Place): Address {
  const [city, postalCode, state] = r.pick(place.cities)
  const whole = {
    line1: `${r.pick(place.streets)} ${r.between(1, 199)}`,
    line2: r.chance(0.15) ? `Apt ${r.between(1, 40)}` : null,
    city,
    postalCode,
    state,
    country: place.country,
  }
  // Forms that only ask for a country and a postal code are common.
  return r.chance(0.15) ? { ...whole, line1: null, line2: null, city: null, state: null } : whole
}

export function phone(r: Random, place: Place): string {
  return place.phone + String(r.between(1000, 9999))
}

export function email(r: Random, name: string): string {
  const ascii = name
    .normalize('NFD')
    .replace(/[^A-Za-z ]/g, '')
    .trim()
    .toLowerCase()
  const local = (ascii || 'buyer').replace(/ +/g, '.') + r.between(1, 9999)
  const written = r.chance(0.08) ? local[0]!.toUpperCase() + local.slice(1) : local
  return `${written}@${r.pick(MAIL_HOSTS)}`
}

function fullName(r: Random, place: Place): string {
  const [given, family] = [r.pick(place.given), r.pick(place.family)]
  return place.country === 'JP' ? `${family} ${given}` : `${given} ${family}`
}
