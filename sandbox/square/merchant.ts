// The seller, and the two places they sell at.
import type { Answer } from '../partner.ts'
import { notFound, ok } from './errors.ts'
import { address, type Json, stamp } from './format.ts'
import type { Account } from './types.ts'

export function merchantAnswer(account: Account, id: string | undefined): Answer {
  const isOwn = id === 'me' || id === account.merchant
  return isOwn ? ok({ merchant: merchantOf(account) }) : notFound('Merchant')
}

export function merchantOf({ merchant: id, world, locations }: Account): Json {
  const { name, country, createdAt } = world.business
  return {
    id,
    business_name: name,
    country,
    language_code: 'en-US',
    currency: 'USD',
    status: 'ACTIVE',
    main_location_id: locations[0],
    created_at: stamp(createdAt),
  }
}

export function locationAnswer(account: Account, id: string | undefined): Answer {
  const main = id === 'main' ? account.locations[0] : id
  const found = locationsOf(account).find((one) => one.id === main)
  return found ? ok({ location: found }) : notFound('Location')
}

export function locationsOf({ locations, merchant: merchant_id, world }: Account): Json[] {
  const { name, country, createdAt, email } = world.business
  return locations.map((id, i) => ({
    id,
    name: i === 0 ? 'Main garden' : 'Second garden',
    address: address({ ...SITE, line1: `${i + 1} Valencia St` }),
    timezone: 'America/Los_Angeles',
    capabilities: ['CREDIT_CARD_PROCESSING', 'AUTOMATIC_TRANSFERS'],
    status: 'ACTIVE',
    created_at: stamp(createdAt),
    merchant_id,
    country,
    language_code: 'en-US',
    currency: 'USD',
    business_name: name,
    type: 'PHYSICAL',
    business_email: email,
    mcc: '5261',
  }))
}

const SITE = {
  line2: null,
  city: 'San Francisco',
  postalCode: '94110',
  state: 'CA',
  country: 'US',
} as const
