// The seller's own account, and the bank accounts its payouts go to.
import { CURRENCIES } from '../world/money.ts'
import { token } from '../world/random.ts'
import type { Ledger } from './ledger.ts'
import { type JsonObject, type StripeObject, seconds } from './types.ts'

export function businessAccount(ledger: Ledger): StripeObject {
  const { accountId, world } = ledger
  const { name, country, email, createdAt } = world.business
  return {
    id: accountId,
    object: 'account',
    business_profile: profile(name),
    business_type: 'company',
    capabilities: {
      card_payments: 'active',
      sepa_debit_payments: 'active',
      transfers: 'active',
      us_bank_account_ach_payments: 'active',
    },
    charges_enabled: true,
    controller: { type: 'account' },
    country,
    created: seconds(createdAt),
    default_currency: 'usd',
    details_submitted: true,
    email,
    external_accounts: {
      object: 'list',
      data: externalAccounts(ledger),
      has_more: false,
      url: `/v1/accounts/${accountId}/external_accounts`,
    },
    future_requirements: requirements(),
    metadata: {},
    payouts_enabled: true,
    requirements: requirements(),
    settings: settings(name),
    tos_acceptance: { date: null, ip: null, user_agent: null },
    type: 'standard',
  }
}

// One for each balance: payouts in a currency go to the bank account in that currency.
export function externalAccounts({ accountId, id, world }: Ledger): StripeObject[] {
  const balances = Object.keys(CURRENCIES).filter((code) => CURRENCIES[code]!.settlesIn === code)
  return balances.map((currency) => ({
    id: id('bank_account', `business ${currency}`),
    object: 'bank_account',
    account: accountId,
    account_holder_name: world.business.name,
    account_holder_type: 'company',
    account_type: null,
    available_payout_methods: ['standard'],
    bank_name: 'STRIPE TEST BANK',
    country: 'US',
    currency,
    default_for_currency: true,
    fingerprint: token(16, 'business bank', currency),
    future_requirements: ownRequirements(),
    last4: '6789',
    metadata: {},
    requirements: ownRequirements(),
    routing_number: '110000000',
    status: 'new',
  }))
}

function profile(name: string): JsonObject {
  return {
    mcc: '5261',
    name,
    product_description: 'Plants, seeds and tools',
    support_address: null,
    support_email: null,
    support_phone: null,
    support_url: null,
    url: 'https://garden.example',
  }
}

// Those of a bank account are fewer.
function ownRequirements(): JsonObject {
  return { currently_due: [], errors: [], past_due: [], pending_verification: [] }
}

function requirements(): JsonObject {
  return {
    alternatives: [],
    current_deadline: null,
    currently_due: [],
    disabled_reason: null,
    errors: [],
    eventually_due: [],
    past_due: [],
    pending_verification: [],
  }
}

function settings(name: string): JsonObject {
  return {
    bacs_debit_payments: {},
    branding: { icon: null, logo: null, primary_color: null, secondary_color: null },
    card_issuing: { tos_acceptance: { date: null, ip: null } },
    card_payments: {
      decline_on: { avs_failure: true, cvc_failure: true },
      statement_descriptor_prefix: null,
      statement_descriptor_prefix_kana: null,
      statement_descriptor_prefix_kanji: null,
    },
    dashboard: { display_name: name, timezone: 'Etc/UTC' },
    payments: {
      statement_descriptor: 'GRUEN SOEHNE GARDEN',
      statement_descriptor_kana: null,
      statement_descriptor_kanji: null,
    },
    payouts: {
      debit_negative_balances: true,
      schedule: { delay_days: 2, interval: 'daily' },
      statement_descriptor: null,
    },
    sepa_debit_payments: {},
  }
}
