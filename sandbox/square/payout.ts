// Payouts, the movements that each pays out, and the accounts they go to.
import type { Movement, Payout } from '../world/sales.ts'
import { day, filled, type Json, money, stamp } from './format.ts'
import { disputeId, paymentId, refundId } from './payment.ts'
import type { Account, Stamps } from './types.ts'

export function payoutId({ id }: Account, key: string): string {
  const text = Buffer.from(id('', 16, 'payout', key)).toString('hex')
  return `po_${[8, 12, 16, 20, 32].map((to, i) => text.slice([0, 8, 12, 16, 20][i], to)).join('-')}`
}

export function bankAccountId({ id }: Account, currency: string): string {
  return id('bact:', 20, 'bank account', currency)
}

export function renderPayout(account: Account, payout: Payout, stamps: Stamps): Json {
  return {
    id: payoutId(account, payout.key),
    status: STATUS[payout.status],
    location_id: account.locations[0],
    created_at: stamps.created_at,
    updated_at: stamps.updated_at,
    amount_money: money(payout.amount, payout.currency),
    destination: { type: 'BANK_ACCOUNT', id: bankAccountId(account, payout.currency) },
    version: stamps.version,
    type: 'BATCH',
    arrival_date: day(payout.arrivesAt),
    end_to_end_id: account.id('L', 10, 'end to end', payout.key).toUpperCase(),
  }
}

const STATUS = { inTransit: 'SENT', paid: 'PAID', failed: 'FAILED' } as const

export function renderBankAccount(account: Account, currency: string): Json {
  const { name } = account.world.business
  const number = account.draw('bank account', currency).between(100, 999)
  return {
    id: bankAccountId(account, currency),
    account_number_suffix: `${number}`,
    country: COUNTRIES[currency] ?? 'US',
    currency: currency.toUpperCase(),
    account_type: 'CHECKING',
    holder_name: name,
    primary_bank_identification_number: '011401533',
    location_id: account.locations[0],
    status: 'VERIFIED',
    creditable: true,
    debitable: currency === 'usd',
    fingerprint: account.id('sq-1-', 40, 'fingerprint', currency),
    version: 1,
    bank_name: 'Citizens Bank',
  }
}

const COUNTRIES: Record<string, string> = { usd: 'US', eur: 'DE', jpy: 'JP', kwd: 'KW', gbp: 'GB' }

export type Entry = { id: string; created: number; json: Json }

export function entriesOf(account: Account, payout: string): Entry[] {
  const movements = account.movements.get(payout) ?? []
  return movements.map((movement) => {
    const id = account.id('poe_', 30, 'entry', movement.key)
    const { amount, fee, net, currency, createdAt } = movement
    const json = filled({
      id,
      payout_id: payoutId(account, payout),
      effective_at: stamp(createdAt),
      ...TYPES[movement.type](account, movement),
      gross_amount_money: money(amount, currency),
      fee_amount_money: money(fee, currency),
      net_amount_money: money(net, currency),
    })
    return { id, created: createdAt, json }
  })
}

type Detail = (account: Account, movement: Movement) => Json

const TYPES: Record<Movement['type'], Detail> = {
  charge: (account, { source }) => ({
    type: 'CHARGE',
    type_charge_details: { payment_id: paymentId(account, source.key) },
  }),
  refund: (account, { source }) => {
    const refund = account.world.get('refund', source.key)
    const payment_id = paymentId(account, refund.charge)
    return {
      type: 'REFUND',
      type_refund_details: { payment_id, refund_id: refundId(account, refund) },
    }
  },
  // Money of a refund that could not be given back comes back.
  refundFailure: (account, { source }) => {
    const { charge } = account.world.get('refund', source.key)
    const payment_id = paymentId(account, charge)
    return { type: 'OTHER_ADJUSTMENT', type_other_adjustment_details: { payment_id } }
  },
  dispute: disputed,
  disputeReversal: disputed,
  payout: () => ({ type: 'PAYOUT' }),
  payoutFailure: () => ({ type: 'RETURNED_PAYOUT' }),
}

function disputed(account: Account, { source }: Movement): Json {
  const { key, charge } = account.world.get('dispute', source.key)
  const payment_id = paymentId(account, charge)
  return {
    type: 'DISPUTE',
    type_dispute_details: { payment_id, dispute_id: disputeId(account, key) },
  }
}
