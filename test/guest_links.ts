// Which of several customers with one address a guest turns out to be hangs on who was known when it
// was recognised, and it stays that one when the customer takes another address or is deleted. A
// reading from nothing knows only who is there by then. So where several have had an address, or the
// one who had it has it no more, links of its payments are compared by what they promise: somebody
// who has, or once had, the guest's address; a guest only where no customer has it. Everywhere else
// one answer is right, and every record is compared as it is.

interface Told {
  readonly object: string
  readonly origin?: string
  readonly email?: string | null
  readonly recordState: string
  readonly partnerRecordId: string
  readonly customer_id?: string | null
  readonly refunded_payment_id?: string | null
}

/** What the partner knows: payments without a customer, and every address that each one ever had. */
export interface Buyers {
  /** Addresses in lower case by the partner's id of the payment. */
  readonly guests: ReadonlyMap<string, string>
  /** Addresses in lower case by the partner's id of the customer. */
  readonly addresses: ReadonlyMap<string, ReadonlySet<string>>
}

/**
 * A state without guests of such addresses, in which their payments name the address in place of a
 * customer. Throws where any guest's payment leads to somebody who never had its address.
 */
export function byAddress(state: ReadonlyMap<string, string>, buyers: Buyers): Map<string, string> {
  const records = new Map([...state].map(([id, text]) => [id, JSON.parse(text) as Told]))
  const emailOf = (record: Told): string | undefined => {
    const refunded = records.get(record.refunded_payment_id ?? '')
    return refunded ? emailOf(refunded) : buyers.guests.get(record.partnerRecordId)
  }
  const taken = new Set([...records.values()].filter(isCustomer).map(({ email }) => lower(email)))
  const isOpen = (email: string) => {
    const owners = [...buyers.addresses.values()].filter((known) => known.has(email)).length
    return owners > 1 || (owners === 1 && !taken.has(email))
  }
  const kept = [...records].filter(([, record]) => {
    return !(isGuest(record) && isOpen(lower(record.email)))
  })
  return new Map(
    kept.map(([id, record]) => {
      // The first payment of a guest counts until the guest is recognised; an older one that comes
      // later is the customer's.
      if (isGuest(record) && record.recordState === 'DELETED') {
        return [id, JSON.stringify({ ...record, created_date: null })]
      }
      const email = record.object === 'payment' ? emailOf(record) : undefined
      if (email === undefined) return [id, state.get(id) ?? '']
      const led = records.get(record.customer_id ?? '')
      const isRight =
        led &&
        (isGuest(led)
          ? led.partnerRecordId === `guest:${email}` && !taken.has(email)
          : had(led, email, buyers))
      if (!isRight) {
        throw new Error(`payment ${id} of ${email} leads to ${JSON.stringify(led)}`)
      }
      if (!isOpen(email)) return [id, state.get(id) ?? '']
      return [id, JSON.stringify({ ...record, customer_id: email })]
    }),
  )
}

const lower = (email: string | null | undefined) => String(email).toLowerCase()

function isCustomer({ object, origin, recordState }: Told): boolean {
  return object === 'customer' && origin === 'PARTNER' && recordState === 'ACTIVE'
}

function isGuest({ partnerRecordId }: Told): boolean {
  return partnerRecordId.startsWith('guest:')
}

function had({ partnerRecordId }: Told, email: string, { addresses }: Buyers): boolean {
  return addresses.get(partnerRecordId)?.has(email) ?? false
}
