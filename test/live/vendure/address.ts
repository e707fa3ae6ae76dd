import { type Facts, text } from '../truth.ts'

export interface TheirAddress {
  readonly fullName: string | null
  readonly phoneNumber: string | null
  readonly streetLine1: string
  readonly streetLine2: string | null
  readonly city: string | null
  readonly province: string | null
  readonly postalCode: string | null
}

export function addressFacts(
  one: TheirAddress | null | undefined,
  country: string | null | undefined,
): Facts {
  return {
    line1: text(one?.streetLine1),
    line2: text(one?.streetLine2),
    city: text(one?.city),
    state: text(one?.province),
    postal_code: text(one?.postalCode),
    country: country ?? null,
  }
}
