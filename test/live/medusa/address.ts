import { type Facts, text } from '../truth.ts'

export interface TheirAddress {
  readonly first_name: string | null
  readonly last_name: string | null
  readonly phone: string | null
  readonly address_1: string | null
  readonly address_2: string | null
  readonly city: string | null
  readonly province: string | null
  readonly postal_code: string | null
  readonly country_code: string | null
}

export function addressFacts(one: TheirAddress | null | undefined): Facts {
  return {
    line1: text(one?.address_1),
    line2: text(one?.address_2),
    city: text(one?.city),
    state: text(one?.province),
    postal_code: text(one?.postal_code),
    country: text(one?.country_code?.toUpperCase()),
  }
}
