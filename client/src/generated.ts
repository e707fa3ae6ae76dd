// Made by `npm run generate` from the model and the table of operations.

/** A buyer of the seller's, as saved at one partner system */
export interface Customer {
  /** The object's name */
  readonly object: 'customer'
  /** Our id of the record */
  readonly id: string
  /** Name of the partner system */
  readonly partnerSource: string
  /** The business the record belongs to */
  readonly ledgerAccountId: string
  /** Full name of the customer or business */
  readonly name: string | null
  /** The customer's address */
  readonly address: { readonly city: string | null; readonly postal_code: string | null; readonly country: string | null; readonly line1: string | null; readonly line2: string | null; readonly state: string | null } | null
  /** The customer's e-mail address */
  readonly email: string | null
  /** The customer's phone number, as the partner has it */
  readonly phone: string | null
  /** Where goods are delivered to */
  readonly shipping_address: { readonly city: string | null; readonly postal_code: string | null; readonly country: string | null; readonly line1: string | null; readonly line2: string | null; readonly state: string | null } | null
  /** Name of the delivery contact */
  readonly shipping_name: string | null
  /** Phone number of the delivery contact */
  readonly shipping_phone: string | null
  /** Three-letter ISO code of the currency the customer can be charged in */
  readonly payment_currency: string | null
  /** Card, bank account or other instrument on file: the partner's default, else the newest active one */
  readonly external_account_id: string | null
  /** Subscriptions the customer has signed up to */
  readonly subscriptions: string
  /** DERIVED: a guest or payer known only from orders or payments */
  readonly origin: 'PARTNER' | 'DERIVED' | null
  /** On a deleted customer: the one that the partner merged it into, or that a guest turned out to be */
  readonly mergedInto: string | null
  /** The connection the record was last read through */
  readonly partnerAccountConnectionId: string
  /** The partner's own id of the record */
  readonly partnerRecordId: string
  /** When the record was created at the partner */
  readonly created_date: string | null
  /** When our record last visibly changed */
  readonly modifiedDate: string
  /** Whether the record still exists at the partner */
  readonly recordState: 'ACTIVE' | 'DELETED'
  /** When the record was deleted; null while ACTIVE */
  readonly deletedDate: string | null
  /** How we know of the deletion; null while ACTIVE */
  readonly deletionEvidence: 'event' | 'refetch' | 'sweep' | 'merge' | null
}

/** Money taken from a buyer (charge) or given back (refund) */
export interface Payment {
  /** The object's name */
  readonly object: 'payment'
  /** Our id of the record */
  readonly id: string
  /** Name of the partner system */
  readonly partnerSource: string
  /** The business the record belongs to */
  readonly ledgerAccountId: string
  /** Charge or refund */
  readonly type: 'charge' | 'refund' | null
  /** Amount; negative on a refund */
  readonly amount: number | null
  /** Currency of the amount */
  readonly currency: string | null
  /** What the payment is for */
  readonly description: string | null
  /** State */
  readonly status: 'unknown' | 'pending' | 'failed' | 'succeeded' | 'cancelled' | null
  /** Why the payment is in its state */
  readonly status_reason: { readonly outcome: 'unknown' | 'pending' | 'issuer_declined' | 'blocked' | 'authorised' | 'paid' | 'failed' | 'cancelled' | 'succeeded' | null; readonly outcome_reason: string | null; readonly outcome_risk_level: string | null } | null
  /** Why money was given back; null on a charge */
  readonly refund_reason: 'duplicate' | 'fraudulent' | 'requested_by_customer' | 'expired_uncaptured_charge' | 'other' | null
  /** On a refund: the charge it gives back */
  readonly refunded_payment_id: string | null
  /** On a charge: how much of it was given back so far */
  readonly amount_refunded: number | null
  /** The buyer */
  readonly customer_id: string | null
  /** The order that was paid */
  readonly order_id: string | null
  /** The invoice that was paid */
  readonly invoice_id: string | null
  /** The subscription that was paid for */
  readonly subscription_id: string | null
  /** The saved instrument that was charged */
  readonly external_account_id: string | null
  /** The movement on the seller's balance */
  readonly transaction: string | null
  /** The instrument used */
  readonly payment_method: { readonly type: string | null; readonly brand: string | null; readonly last4: string | null; readonly country: string | null; readonly wallet: string | null } | null
  /** The connection the record was last read through */
  readonly partnerAccountConnectionId: string
  /** The partner's own id of the record */
  readonly partnerRecordId: string
  /** When the record was created at the partner */
  readonly created_date: string | null
  /** When our record last visibly changed */
  readonly modifiedDate: string
  /** Whether the record still exists at the partner */
  readonly recordState: 'ACTIVE' | 'DELETED'
  /** When the record was deleted; null while ACTIVE */
  readonly deletedDate: string | null
  /** How we know of the deletion; null while ACTIVE */
  readonly deletionEvidence: 'event' | 'refetch' | 'sweep' | 'merge' | null
}

/** One movement on the seller's balance at the partner, with its fees */
export interface Transaction {
  /** The object's name */
  readonly object: 'transaction'
  /** Our id of the record */
  readonly id: string
  /** Name of the partner system */
  readonly partnerSource: string
  /** The business the record belongs to */
  readonly ledgerAccountId: string
  /** What moved the balance; adjustment: tied to none of the others */
  readonly type: 'payment' | 'refund' | 'settlement' | 'dispute' | 'adjustment' | null
  /** Gross amount, signed */
  readonly amount: number | null
  /** Fees taken out of it */
  readonly fee: number | null
  /** What remains: amount less fee */
  readonly net: number | null
  /** Currency of the seller's balance */
  readonly currency: string | null
  /** The fees one by one */
  readonly fee_details: readonly ({ readonly type: string | null; readonly amount: number | null; readonly currency: string | null; readonly description: string | null })[]
  /** Rate into the balance's currency, where there was a conversion */
  readonly exchange_rate: number | null
  /** Which object moved the balance */
  readonly source_object: 'payment' | 'settlement' | 'dispute' | null
  /** The payment, settlement or dispute that moved the balance */
  readonly source_id: string | null
  /** The settlement that paid it out */
  readonly settlement_id: string | null
  /** When the money can be paid out */
  readonly available_date: string | null
  /** Free text */
  readonly description: string | null
  /** The connection the record was last read through */
  readonly partnerAccountConnectionId: string
  /** The partner's own id of the record */
  readonly partnerRecordId: string
  /** When the record was created at the partner */
  readonly created_date: string | null
  /** When our record last visibly changed */
  readonly modifiedDate: string
  /** Whether the record still exists at the partner */
  readonly recordState: 'ACTIVE' | 'DELETED'
  /** When the record was deleted; null while ACTIVE */
  readonly deletedDate: string | null
  /** How we know of the deletion; null while ACTIVE */
  readonly deletionEvidence: 'event' | 'refetch' | 'sweep' | 'merge' | null
}

/** A payout to the seller */
export interface Settlement {
  /** The object's name */
  readonly object: 'settlement'
  /** Our id of the record */
  readonly id: string
  /** Name of the partner system */
  readonly partnerSource: string
  /** The business the record belongs to */
  readonly ledgerAccountId: string
  /** Amount paid out */
  readonly amount: number | null
  /** Currency of the amount */
  readonly currency: string | null
  /** State */
  readonly status: 'pending' | 'in_transit' | 'paid' | 'failed' | 'cancelled' | 'other' | null
  /** Made by schedule rather than by hand */
  readonly automatic: boolean | null
  /** When it reaches the account */
  readonly arrival_date: string | null
  /** The seller's account it goes to */
  readonly funding_account: string | null
  /** Transactions it pays out */
  readonly related_transactions: string
  /** Text on the seller's bank statement */
  readonly statement_descriptor: string | null
  /** Why it failed */
  readonly failure_reason: string | null
  /** The connection the record was last read through */
  readonly partnerAccountConnectionId: string
  /** The partner's own id of the record */
  readonly partnerRecordId: string
  /** When the record was created at the partner */
  readonly created_date: string | null
  /** When our record last visibly changed */
  readonly modifiedDate: string
  /** Whether the record still exists at the partner */
  readonly recordState: 'ACTIVE' | 'DELETED'
  /** When the record was deleted; null while ACTIVE */
  readonly deletedDate: string | null
  /** How we know of the deletion; null while ACTIVE */
  readonly deletionEvidence: 'event' | 'refetch' | 'sweep' | 'merge' | null
}

/** A buyer questions a payment with their bank */
export interface Dispute {
  /** The object's name */
  readonly object: 'dispute'
  /** Our id of the record */
  readonly id: string
  /** Name of the partner system */
  readonly partnerSource: string
  /** The business the record belongs to */
  readonly ledgerAccountId: string
  /** Disputed amount */
  readonly amount: number | null
  /** Currency of the amount */
  readonly currency: string | null
  /** State */
  readonly status: 'warning' | 'needs_response' | 'under_review' | 'won' | 'lost' | 'closed' | 'other' | null
  /** The partner's word for the reason */
  readonly reason: string | null
  /** Last moment to answer */
  readonly evidence_due_date: string | null
  /** The disputed payment */
  readonly payment_id: string | null
  /** The buyer */
  readonly customer_id: string | null
  /** The balance movement that carries its fee */
  readonly transaction: string | null
  /** Whether the payment can still be refunded */
  readonly is_refundable: boolean | null
  /** The connection the record was last read through */
  readonly partnerAccountConnectionId: string
  /** The partner's own id of the record */
  readonly partnerRecordId: string
  /** When the record was created at the partner */
  readonly created_date: string | null
  /** When our record last visibly changed */
  readonly modifiedDate: string
  /** Whether the record still exists at the partner */
  readonly recordState: 'ACTIVE' | 'DELETED'
  /** When the record was deleted; null while ACTIVE */
  readonly deletedDate: string | null
  /** How we know of the deletion; null while ACTIVE */
  readonly deletionEvidence: 'event' | 'refetch' | 'sweep' | 'merge' | null
}

/** A bank account, card or wallet: a buyer's saved instrument, or where settlements go */
export interface ExternalAccount {
  /** The object's name */
  readonly object: 'external_account'
  /** Our id of the record */
  readonly id: string
  /** Name of the partner system */
  readonly partnerSource: string
  /** The business the record belongs to */
  readonly ledgerAccountId: string
  /** Which of the three hashes is filled */
  readonly type: 'bank_account' | 'card' | 'other' | null
  /** The buyer; null when it is the seller's own */
  readonly customer_id: string | null
  /** State */
  readonly status: 'active' | 'expired' | 'disabled' | 'removed' | 'other' | null
  /** Currency it is held in */
  readonly currency: string | null
  /** Country it was issued in */
  readonly country: string | null
  /** Name of the holder */
  readonly holder_name: string | null
  /** A bank account; null on other types */
  readonly bank_account: { readonly bank_name: string | null; readonly last4: string | null; readonly routing_last4: string | null; readonly account_type: string | null } | null
  /** A card; null on other types */
  readonly card: { readonly brand: string | null; readonly last4: string | null; readonly exp_month: number | null; readonly exp_year: number | null; readonly funding: string | null; readonly fingerprint: string | null } | null
  /** Any other instrument; null on other types */
  readonly other: { readonly kind: string | null; readonly label: string | null } | null
  /** The connection the record was last read through */
  readonly partnerAccountConnectionId: string
  /** The partner's own id of the record */
  readonly partnerRecordId: string
  /** When the record was created at the partner */
  readonly created_date: string | null
  /** When our record last visibly changed */
  readonly modifiedDate: string
  /** Whether the record still exists at the partner */
  readonly recordState: 'ACTIVE' | 'DELETED'
  /** When the record was deleted; null while ACTIVE */
  readonly deletedDate: string | null
  /** How we know of the deletion; null while ACTIVE */
  readonly deletionEvidence: 'event' | 'refetch' | 'sweep' | 'merge' | null
}

/** A buyer is charged again and again for goods or services */
export interface Subscription {
  /** The object's name */
  readonly object: 'subscription'
  /** Our id of the record */
  readonly id: string
  /** Name of the partner system */
  readonly partnerSource: string
  /** The business the record belongs to */
  readonly ledgerAccountId: string
  /** The buyer */
  readonly customer_id: string | null
  /** State */
  readonly status: 'incomplete' | 'trialing' | 'active' | 'past_due' | 'paused' | 'cancelled' | 'expired' | 'other' | null
  /** Charged each interval */
  readonly amount: number | null
  /** Currency of the amount */
  readonly currency: string | null
  /** Unit of the interval */
  readonly interval: 'day' | 'week' | 'month' | 'year' | null
  /** Units in an interval */
  readonly interval_count: number | null
  /** What is subscribed to */
  readonly items: readonly ({ readonly product_id: string | null; readonly description: string | null; readonly quantity: number | null; readonly unit_amount: number | null })[]
  /** Start of the period being paid for */
  readonly current_period_start: string | null
  /** End of the period being paid for */
  readonly current_period_end: string | null
  /** When it began */
  readonly start_date: string | null
  /** When it will end */
  readonly cancel_at: string | null
  /** When it was cancelled */
  readonly cancelled_date: string | null
  /** The instrument charged */
  readonly external_account_id: string | null
  /** The newest invoice */
  readonly latest_invoice_id: string | null
  /** The connection the record was last read through */
  readonly partnerAccountConnectionId: string
  /** The partner's own id of the record */
  readonly partnerRecordId: string
  /** When the record was created at the partner */
  readonly created_date: string | null
  /** When our record last visibly changed */
  readonly modifiedDate: string
  /** Whether the record still exists at the partner */
  readonly recordState: 'ACTIVE' | 'DELETED'
  /** When the record was deleted; null while ACTIVE */
  readonly deletedDate: string | null
  /** How we know of the deletion; null while ACTIVE */
  readonly deletionEvidence: 'event' | 'refetch' | 'sweep' | 'merge' | null
}

/** Goods or services a buyer asked for */
export interface Order {
  /** The object's name */
  readonly object: 'order'
  /** Our id of the record */
  readonly id: string
  /** Name of the partner system */
  readonly partnerSource: string
  /** The business the record belongs to */
  readonly ledgerAccountId: string
  /** The buyer */
  readonly customer_id: string | null
  /** Number the buyer knows it by */
  readonly number: string | null
  /** State */
  readonly status: 'draft' | 'open' | 'completed' | 'cancelled' | 'other' | null
  /** How much of it is paid */
  readonly payment_status: 'unpaid' | 'partially_paid' | 'paid' | 'partially_refunded' | 'refunded' | 'other' | null
  /** The partner's word for delivery */
  readonly fulfilment_status: string | null
  /** Total */
  readonly amount: number | null
  /** Tax in the total */
  readonly amount_tax: number | null
  /** Delivery in the total */
  readonly amount_shipping: number | null
  /** Discount taken off */
  readonly amount_discount: number | null
  /** Currency of the amounts */
  readonly currency: string | null
  /** What was bought */
  readonly line_items: readonly ({ readonly product_id: string | null; readonly name: string | null; readonly sku: string | null; readonly quantity: number | null; readonly unit_amount: number | null; readonly amount: number | null })[]
  /** E-mail address given with the order */
  readonly email: string | null
  /** Where it is delivered to */
  readonly shipping_address: { readonly city: string | null; readonly postal_code: string | null; readonly country: string | null; readonly line1: string | null; readonly line2: string | null; readonly state: string | null } | null
  /** Name of the delivery contact */
  readonly shipping_name: string | null
  /** Phone number of the delivery contact */
  readonly shipping_phone: string | null
  /** When the buyer placed it */
  readonly placed_date: string | null
  /** When it was cancelled */
  readonly cancelled_date: string | null
  /** The connection the record was last read through */
  readonly partnerAccountConnectionId: string
  /** The partner's own id of the record */
  readonly partnerRecordId: string
  /** When the record was created at the partner */
  readonly created_date: string | null
  /** When our record last visibly changed */
  readonly modifiedDate: string
  /** Whether the record still exists at the partner */
  readonly recordState: 'ACTIVE' | 'DELETED'
  /** When the record was deleted; null while ACTIVE */
  readonly deletedDate: string | null
  /** How we know of the deletion; null while ACTIVE */
  readonly deletionEvidence: 'event' | 'refetch' | 'sweep' | 'merge' | null
}

/** What the seller sells */
export interface Product {
  /** The object's name */
  readonly object: 'product'
  /** Our id of the record */
  readonly id: string
  /** Name of the partner system */
  readonly partnerSource: string
  /** The business the record belongs to */
  readonly ledgerAccountId: string
  /** What it is called */
  readonly name: string | null
  /** Longer text */
  readonly description: string | null
  /** Whether it is on sale */
  readonly active: boolean | null
  /** The seller's stock number */
  readonly sku: string | null
  /** Its default price */
  readonly price: number | null
  /** Currency of the default price */
  readonly currency: string | null
  /** Every price it is sold at */
  readonly prices: readonly ({ readonly amount: number | null; readonly currency: string | null; readonly interval: 'day' | 'week' | 'month' | 'year' | null })[]
  /** Group it is sold under */
  readonly category: string | null
  /** A picture of it */
  readonly image_url: string | null
  /** The connection the record was last read through */
  readonly partnerAccountConnectionId: string
  /** The partner's own id of the record */
  readonly partnerRecordId: string
  /** When the record was created at the partner */
  readonly created_date: string | null
  /** When our record last visibly changed */
  readonly modifiedDate: string
  /** Whether the record still exists at the partner */
  readonly recordState: 'ACTIVE' | 'DELETED'
  /** When the record was deleted; null while ACTIVE */
  readonly deletedDate: string | null
  /** How we know of the deletion; null while ACTIVE */
  readonly deletionEvidence: 'event' | 'refetch' | 'sweep' | 'merge' | null
}

/** The seller bills a buyer */
export interface Invoice {
  /** The object's name */
  readonly object: 'invoice'
  /** Our id of the record */
  readonly id: string
  /** Name of the partner system */
  readonly partnerSource: string
  /** The business the record belongs to */
  readonly ledgerAccountId: string
  /** The buyer */
  readonly customer_id: string | null
  /** Number the buyer knows it by */
  readonly number: string | null
  /** State */
  readonly status: 'draft' | 'open' | 'paid' | 'void' | 'uncollectible' | 'other' | null
  /** What is to be paid */
  readonly amount_due: number | null
  /** What has been paid */
  readonly amount_paid: number | null
  /** Tax in it */
  readonly amount_tax: number | null
  /** Currency of the amounts */
  readonly currency: string | null
  /** Last day to pay */
  readonly due_date: string | null
  /** When it was paid */
  readonly paid_date: string | null
  /** The subscription it bills */
  readonly subscription_id: string | null
  /** The order it bills */
  readonly order_id: string | null
  /** The payment that settled it */
  readonly payment_id: string | null
  /** What is billed */
  readonly line_items: readonly ({ readonly description: string | null; readonly product_id: string | null; readonly quantity: number | null; readonly unit_amount: number | null; readonly amount: number | null })[]
  /** Page where the buyer sees and pays it */
  readonly hosted_url: string | null
  /** The connection the record was last read through */
  readonly partnerAccountConnectionId: string
  /** The partner's own id of the record */
  readonly partnerRecordId: string
  /** When the record was created at the partner */
  readonly created_date: string | null
  /** When our record last visibly changed */
  readonly modifiedDate: string
  /** Whether the record still exists at the partner */
  readonly recordState: 'ACTIVE' | 'DELETED'
  /** When the record was deleted; null while ACTIVE */
  readonly deletedDate: string | null
  /** How we know of the deletion; null while ACTIVE */
  readonly deletionEvidence: 'event' | 'refetch' | 'sweep' | 'merge' | null
}

/** The partner's statement of its fees to the seller */
export interface BillingInvoice {
  /** The object's name */
  readonly object: 'billing_invoice'
  /** Our id of the record */
  readonly id: string
  /** Name of the partner system */
  readonly partnerSource: string
  /** The business the record belongs to */
  readonly ledgerAccountId: string
  /** The seller's id at the partner */
  readonly accountId: string | null
  /** Year it covers */
  readonly InvoiceYear: number | null
  /** Month it covers, 1–12 */
  readonly InvoiceMonth: number | null
  /** Period it covers, in words */
  readonly InvoicePeriod: string | null
  /** Sum of the fees */
  readonly amount: number | null
  /** Currency of the amount */
  readonly currency: string | null
  /** Free text */
  readonly description: string | null
  /** The partner's reference */
  readonly invoiceReference: string | null
  /** Link to the document */
  readonly invoiceDocument: string | null
  /** Account the fees are charged to */
  readonly billingAccount: string | null
  /** DERIVED: computed from the fees on transactions */
  readonly origin: 'PARTNER' | 'DERIVED' | null
  /** The fees one by one */
  readonly line_items: string
  /** The connection the record was last read through */
  readonly partnerAccountConnectionId: string
  /** The partner's own id of the record */
  readonly partnerRecordId: string
  /** When the record was created at the partner */
  readonly created_date: string | null
  /** When our record last visibly changed */
  readonly modifiedDate: string
  /** Whether the record still exists at the partner */
  readonly recordState: 'ACTIVE' | 'DELETED'
  /** When the record was deleted; null while ACTIVE */
  readonly deletedDate: string | null
  /** How we know of the deletion; null while ACTIVE */
  readonly deletionEvidence: 'event' | 'refetch' | 'sweep' | 'merge' | null
}

/** One line of a partner's statement */
export interface BillingInvoiceLineItem {
  /** The object's name */
  readonly object: 'billing_invoice_line_item'
  /** Our id of the record */
  readonly id: string
  /** Name of the partner system */
  readonly partnerSource: string
  /** The business the record belongs to */
  readonly ledgerAccountId: string
  /** The statement it is on */
  readonly billing_invoice_id: string | null
  /** What the fee is for */
  readonly description: string | null
  /** Kind of fee */
  readonly fee_type: string | null
  /** How many charges it sums */
  readonly quantity: number | null
  /** Amount of the fee */
  readonly amount: number | null
  /** Currency of the amount */
  readonly currency: string | null
  /** The connection the record was last read through */
  readonly partnerAccountConnectionId: string
  /** The partner's own id of the record */
  readonly partnerRecordId: string
  /** When the record was created at the partner */
  readonly created_date: string | null
  /** When our record last visibly changed */
  readonly modifiedDate: string
  /** Whether the record still exists at the partner */
  readonly recordState: 'ACTIVE' | 'DELETED'
  /** When the record was deleted; null while ACTIVE */
  readonly deletedDate: string | null
  /** How we know of the deletion; null while ACTIVE */
  readonly deletionEvidence: 'event' | 'refetch' | 'sweep' | 'merge' | null
}

/** A business that gave consent: the parent of all its data */
export interface LedgerAccount {
  /** The object's name */
  readonly object: 'ledger_account'
  /** Our id of the record */
  readonly id: string
  /** The institution's own id of the business */
  readonly institutionAccountId: string | null
  /** Who the business is */
  readonly business_profile: { readonly name: string | null; readonly country: string | null; readonly account_name_partner: readonly ({ readonly partnerSource: string | null; readonly name: string | null })[] } | null
  /** Test data and live data never meet */
  readonly mode: 'test' | 'live'
  /** Its accounts at partner systems */
  readonly connections: string
  /** When it was made */
  readonly created_date: string
  /** When it last changed */
  readonly modifiedDate: string
  /** Whether it still exists */
  readonly recordState: 'ACTIVE' | 'DELETED'
}

/** One authorised account of a ledger account at a partner system */
export interface PartnerAccountConnection {
  /** The object's name */
  readonly object: 'partner_account_connection'
  /** Our id of the record */
  readonly id: string
  /** The business it belongs to */
  readonly ledgerAccountId: string
  /** Name of the partner system */
  readonly partnerSource: string
  /** The partner's id of the account */
  readonly partner_account_id: string | null
  /** What the partner calls the account */
  readonly account_name: string | null
  /** State of the authorisation */
  readonly status: 'Active' | 'Revoked' | 'Denied' | 'Inactive' | 'Lost Connection' | 'Not Authorised'
  /** Why it is in that state */
  readonly status_reason: string | null
  /** Whether a stream of it is older than it may become */
  readonly stale: boolean | null
  /** Freshness, progress and last error of what is read */
  readonly streams: readonly ({ readonly stream: string; readonly state: 'queued' | 'fetching' | 'waiting-for-retry' | 'complete' | 'failed'; readonly reason: string | null; readonly retry_date: string | null; readonly watermark: string | null; readonly lag_seconds: number | null; readonly stale: boolean | null; readonly stale_after_seconds: number | null; readonly last_success: string | null; readonly last_full_verification: string | null; readonly interval_seconds: number | null; readonly next_run: string | null; readonly next_verification: string | null; readonly last_error: string | null; readonly seen: number | null; readonly changed: number | null; readonly deleted: number | null; readonly rejected: number | null; readonly segments_open: number | null; readonly segments_closed: number | null })[]
  /** When it was made */
  readonly created_date: string
  /** When it last changed */
  readonly modifiedDate: string
  /** Whether it still exists */
  readonly recordState: 'ACTIVE' | 'DELETED'
}

export interface Objects {
  customer: Customer
  payment: Payment
  transaction: Transaction
  settlement: Settlement
  dispute: Dispute
  external_account: ExternalAccount
  subscription: Subscription
  order: Order
  product: Product
  invoice: Invoice
  billing_invoice: BillingInvoice
  billing_invoice_line_item: BillingInvoiceLineItem
  ledger_account: LedgerAccount
  partner_account_connection: PartnerAccountConnection
}

/** What an id becomes when it is expanded; a list of it in brackets. */
export interface Links {
  customer: { readonly ledgerAccountId: 'ledger_account'; readonly external_account_id: 'external_account'; readonly subscriptions: readonly ['subscription']; readonly mergedInto: 'customer'; readonly partnerAccountConnectionId: 'partner_account_connection' }
  payment: { readonly ledgerAccountId: 'ledger_account'; readonly refunded_payment_id: 'payment'; readonly customer_id: 'customer'; readonly order_id: 'order'; readonly invoice_id: 'invoice'; readonly subscription_id: 'subscription'; readonly external_account_id: 'external_account'; readonly transaction: 'transaction'; readonly partnerAccountConnectionId: 'partner_account_connection' }
  transaction: { readonly ledgerAccountId: 'ledger_account'; readonly source_id: 'payment' | 'settlement' | 'dispute'; readonly settlement_id: 'settlement'; readonly partnerAccountConnectionId: 'partner_account_connection' }
  settlement: { readonly ledgerAccountId: 'ledger_account'; readonly funding_account: 'external_account'; readonly related_transactions: readonly ['transaction']; readonly partnerAccountConnectionId: 'partner_account_connection' }
  dispute: { readonly ledgerAccountId: 'ledger_account'; readonly payment_id: 'payment'; readonly customer_id: 'customer'; readonly transaction: 'transaction'; readonly partnerAccountConnectionId: 'partner_account_connection' }
  external_account: { readonly ledgerAccountId: 'ledger_account'; readonly customer_id: 'customer'; readonly partnerAccountConnectionId: 'partner_account_connection' }
  subscription: { readonly ledgerAccountId: 'ledger_account'; readonly customer_id: 'customer'; readonly items: { readonly product_id: 'product' }; readonly external_account_id: 'external_account'; readonly latest_invoice_id: 'invoice'; readonly partnerAccountConnectionId: 'partner_account_connection' }
  order: { readonly ledgerAccountId: 'ledger_account'; readonly customer_id: 'customer'; readonly line_items: { readonly product_id: 'product' }; readonly partnerAccountConnectionId: 'partner_account_connection' }
  product: { readonly ledgerAccountId: 'ledger_account'; readonly partnerAccountConnectionId: 'partner_account_connection' }
  invoice: { readonly ledgerAccountId: 'ledger_account'; readonly customer_id: 'customer'; readonly subscription_id: 'subscription'; readonly order_id: 'order'; readonly payment_id: 'payment'; readonly line_items: { readonly product_id: 'product' }; readonly partnerAccountConnectionId: 'partner_account_connection' }
  billing_invoice: { readonly ledgerAccountId: 'ledger_account'; readonly line_items: readonly ['billing_invoice_line_item']; readonly partnerAccountConnectionId: 'partner_account_connection' }
  billing_invoice_line_item: { readonly ledgerAccountId: 'ledger_account'; readonly billing_invoice_id: 'billing_invoice'; readonly partnerAccountConnectionId: 'partner_account_connection' }
  ledger_account: { readonly connections: readonly ['partner_account_connection'] }
  partner_account_connection: { readonly ledgerAccountId: 'ledger_account' }
}

/** How the API refuses (RFC 9457). */
export interface Problem { readonly type: string; readonly title: string; readonly status: number; readonly detail: string; readonly code: 'unknown_parameter' | 'bad_parameter' | 'missing_parameter' | 'bad_cursor' | 'bad_json' | 'bad_notification' | 'bad_request' | 'unauthorised' | 'forbidden' | 'not_found' | 'unknown_route' | 'conflict' | 'idempotency_in_flight' | 'gone' | 'body_too_large' | 'unsupported_media_type' | 'invalid_body' | 'idempotency_mismatch' | 'partner_refused' | 'too_large' | 'too_many_requests' | 'token_invalid' | 'internal' | 'not_available' | 'unavailable'; readonly param: string | null; readonly request_id: string; readonly errors: readonly { readonly param: string; readonly detail: string }[] }

/** Query parameters, body and answer of every operation. */
export interface Operations {
  /** List customers */
  readonly list_customers: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** Most records on a page */
      readonly limit?: number
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
      /** The page after this customer */
      readonly starting_after?: string
      /** The page before this customer */
      readonly ending_before?: string
      /** Newest first by this date */
      readonly sort?: 'created_date' | 'modifiedDate'
      /** Only records in this state; `all` for both */
      readonly recordState?: 'ACTIVE' | 'DELETED' | 'all'
      /** Only the records that have one of these ids at the partner's */
      readonly partnerRecordId?: string | readonly string[]
      /** Replaces ids by the objects they name. Paths of up to 4 names: ledgerAccountId, external_account_id, subscriptions, mergedInto, partnerAccountConnectionId, and on from there. In lists, a leading `data.` may be left out */
      readonly expand?: string | readonly string[]
      /** Only these attributes; `object` and `id` are always there */
      readonly fields?: string | readonly string[]
      /** Adds the number of records in all (counted anew each time), or the freshness of the streams behind the answer */
      readonly include?: 'total_count' | 'freshness' | readonly ('total_count' | 'freshness')[]
      /** Only these customers, by id */
      readonly 'id[in]'?: string | readonly string[]
      /** Only where partnerSource is this. Name of the partner system */
      readonly partnerSource?: string
      /** Only where partnerSource is one of this. Name of the partner system */
      readonly 'partnerSource[in]'?: string | readonly string[]
      /** Only where partnerSource begins with this. Name of the partner system */
      readonly 'partnerSource[prefix]'?: string
      /** Only where name is this. Full name of the customer or business */
      readonly name?: string
      /** Only where name is one of this. Full name of the customer or business */
      readonly 'name[in]'?: string | readonly string[]
      /** Only where name begins with this. Full name of the customer or business */
      readonly 'name[prefix]'?: string
      /** Only where address.country is this. ISO 3166-1 alpha-2 country code */
      readonly 'address.country'?: string
      /** Only where address.country is one of this. ISO 3166-1 alpha-2 country code */
      readonly 'address.country[in]'?: string | readonly string[]
      /** Only where email is this. The customer's e-mail address */
      readonly email?: string
      /** Only where email is one of this. The customer's e-mail address */
      readonly 'email[in]'?: string | readonly string[]
      /** Only where external_account_id is this. Card, bank account or other instrument on file: the partner's default, else the newest active one */
      readonly external_account_id?: string
      /** Only where external_account_id is one of this. Card, bank account or other instrument on file: the partner's default, else the newest active one */
      readonly 'external_account_id[in]'?: string | readonly string[]
      /** Only where mergedInto is this. On a deleted customer: the one that the partner merged it into, or that a guest turned out to be */
      readonly mergedInto?: string
      /** Only where mergedInto is one of this. On a deleted customer: the one that the partner merged it into, or that a guest turned out to be */
      readonly 'mergedInto[in]'?: string | readonly string[]
      /** Only where partnerAccountConnectionId is this. The connection the record was last read through */
      readonly partnerAccountConnectionId?: string
      /** Only where partnerAccountConnectionId is one of this. The connection the record was last read through */
      readonly 'partnerAccountConnectionId[in]'?: string | readonly string[]
      /** Only where created_date is this. When the record was created at the partner */
      readonly created_date?: string
      /** Only where created_date is greater or later than this. When the record was created at the partner */
      readonly 'created_date[gt]'?: string
      /** Only where created_date is at least, or not before, this. When the record was created at the partner */
      readonly 'created_date[gte]'?: string
      /** Only where created_date is less or earlier than this. When the record was created at the partner */
      readonly 'created_date[lt]'?: string
      /** Only where created_date is at most, or not after, this. When the record was created at the partner */
      readonly 'created_date[lte]'?: string
      /** Only where modifiedDate is this. When our record last visibly changed */
      readonly modifiedDate?: string
      /** Only where modifiedDate is greater or later than this. When our record last visibly changed */
      readonly 'modifiedDate[gt]'?: string
      /** Only where modifiedDate is at least, or not before, this. When our record last visibly changed */
      readonly 'modifiedDate[gte]'?: string
      /** Only where modifiedDate is less or earlier than this. When our record last visibly changed */
      readonly 'modifiedDate[lt]'?: string
      /** Only where modifiedDate is at most, or not after, this. When our record last visibly changed */
      readonly 'modifiedDate[lte]'?: string
    }
    readonly body: undefined
    readonly answer: { readonly object: 'list'; readonly url: string; readonly data: readonly Customer[]; readonly has_more: boolean; readonly next_cursor: string | null; readonly total_count?: number; readonly freshness?: readonly { readonly [name: string]: unknown }[] }
  }
  /** Retrieve a customer */
  readonly retrieve_customer: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** Replaces ids by the objects they name. Paths of up to 4 names: ledgerAccountId, external_account_id, subscriptions, mergedInto, partnerAccountConnectionId, and on from there. In lists, a leading `data.` may be left out */
      readonly expand?: string | readonly string[]
      /** Only these attributes; `object` and `id` are always there */
      readonly fields?: string | readonly string[]
    }
    readonly body: undefined
    readonly answer: Customer
  }
  /** List payments */
  readonly list_payments: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** Most records on a page */
      readonly limit?: number
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
      /** The page after this payment */
      readonly starting_after?: string
      /** The page before this payment */
      readonly ending_before?: string
      /** Newest first by this date */
      readonly sort?: 'created_date' | 'modifiedDate'
      /** Only records in this state; `all` for both */
      readonly recordState?: 'ACTIVE' | 'DELETED' | 'all'
      /** Only the records that have one of these ids at the partner's */
      readonly partnerRecordId?: string | readonly string[]
      /** Replaces ids by the objects they name. Paths of up to 4 names: ledgerAccountId, refunded_payment_id, customer_id, order_id, invoice_id, subscription_id, external_account_id, transaction, partnerAccountConnectionId, and on from there. In lists, a leading `data.` may be left out */
      readonly expand?: string | readonly string[]
      /** Only these attributes; `object` and `id` are always there */
      readonly fields?: string | readonly string[]
      /** Adds the number of records in all (counted anew each time), or the freshness of the streams behind the answer */
      readonly include?: 'total_count' | 'freshness' | readonly ('total_count' | 'freshness')[]
      /** Only these payments, by id */
      readonly 'id[in]'?: string | readonly string[]
      /** Only where partnerSource is this. Name of the partner system */
      readonly partnerSource?: string
      /** Only where partnerSource is one of this. Name of the partner system */
      readonly 'partnerSource[in]'?: string | readonly string[]
      /** Only where partnerSource begins with this. Name of the partner system */
      readonly 'partnerSource[prefix]'?: string
      /** Only where type is this. Charge or refund */
      readonly type?: 'charge' | 'refund'
      /** Only where type is one of this. Charge or refund */
      readonly 'type[in]'?: 'charge' | 'refund' | readonly ('charge' | 'refund')[]
      /** Only where amount is this. Amount; negative on a refund */
      readonly amount?: number
      /** Only where amount is greater or later than this. Amount; negative on a refund */
      readonly 'amount[gt]'?: number
      /** Only where amount is at least, or not before, this. Amount; negative on a refund */
      readonly 'amount[gte]'?: number
      /** Only where amount is less or earlier than this. Amount; negative on a refund */
      readonly 'amount[lt]'?: number
      /** Only where amount is at most, or not after, this. Amount; negative on a refund */
      readonly 'amount[lte]'?: number
      /** Only where currency is this. Currency of the amount */
      readonly currency?: string
      /** Only where currency is one of this. Currency of the amount */
      readonly 'currency[in]'?: string | readonly string[]
      /** Only where status is this. State */
      readonly status?: 'unknown' | 'pending' | 'failed' | 'succeeded' | 'cancelled'
      /** Only where status is one of this. State */
      readonly 'status[in]'?: 'unknown' | 'pending' | 'failed' | 'succeeded' | 'cancelled' | readonly ('unknown' | 'pending' | 'failed' | 'succeeded' | 'cancelled')[]
      /** Only where refunded_payment_id is this. On a refund: the charge it gives back */
      readonly refunded_payment_id?: string
      /** Only where refunded_payment_id is one of this. On a refund: the charge it gives back */
      readonly 'refunded_payment_id[in]'?: string | readonly string[]
      /** Only where customer_id is this. The buyer */
      readonly customer_id?: string
      /** Only where customer_id is one of this. The buyer */
      readonly 'customer_id[in]'?: string | readonly string[]
      /** Only where order_id is this. The order that was paid */
      readonly order_id?: string
      /** Only where order_id is one of this. The order that was paid */
      readonly 'order_id[in]'?: string | readonly string[]
      /** Only where invoice_id is this. The invoice that was paid */
      readonly invoice_id?: string
      /** Only where invoice_id is one of this. The invoice that was paid */
      readonly 'invoice_id[in]'?: string | readonly string[]
      /** Only where subscription_id is this. The subscription that was paid for */
      readonly subscription_id?: string
      /** Only where subscription_id is one of this. The subscription that was paid for */
      readonly 'subscription_id[in]'?: string | readonly string[]
      /** Only where external_account_id is this. The saved instrument that was charged */
      readonly external_account_id?: string
      /** Only where external_account_id is one of this. The saved instrument that was charged */
      readonly 'external_account_id[in]'?: string | readonly string[]
      /** Only where partnerAccountConnectionId is this. The connection the record was last read through */
      readonly partnerAccountConnectionId?: string
      /** Only where partnerAccountConnectionId is one of this. The connection the record was last read through */
      readonly 'partnerAccountConnectionId[in]'?: string | readonly string[]
      /** Only where created_date is this. When the record was created at the partner */
      readonly created_date?: string
      /** Only where created_date is greater or later than this. When the record was created at the partner */
      readonly 'created_date[gt]'?: string
      /** Only where created_date is at least, or not before, this. When the record was created at the partner */
      readonly 'created_date[gte]'?: string
      /** Only where created_date is less or earlier than this. When the record was created at the partner */
      readonly 'created_date[lt]'?: string
      /** Only where created_date is at most, or not after, this. When the record was created at the partner */
      readonly 'created_date[lte]'?: string
      /** Only where modifiedDate is this. When our record last visibly changed */
      readonly modifiedDate?: string
      /** Only where modifiedDate is greater or later than this. When our record last visibly changed */
      readonly 'modifiedDate[gt]'?: string
      /** Only where modifiedDate is at least, or not before, this. When our record last visibly changed */
      readonly 'modifiedDate[gte]'?: string
      /** Only where modifiedDate is less or earlier than this. When our record last visibly changed */
      readonly 'modifiedDate[lt]'?: string
      /** Only where modifiedDate is at most, or not after, this. When our record last visibly changed */
      readonly 'modifiedDate[lte]'?: string
    }
    readonly body: undefined
    readonly answer: { readonly object: 'list'; readonly url: string; readonly data: readonly Payment[]; readonly has_more: boolean; readonly next_cursor: string | null; readonly total_count?: number; readonly freshness?: readonly { readonly [name: string]: unknown }[] }
  }
  /** Retrieve a payment */
  readonly retrieve_payment: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** Replaces ids by the objects they name. Paths of up to 4 names: ledgerAccountId, refunded_payment_id, customer_id, order_id, invoice_id, subscription_id, external_account_id, transaction, partnerAccountConnectionId, and on from there. In lists, a leading `data.` may be left out */
      readonly expand?: string | readonly string[]
      /** Only these attributes; `object` and `id` are always there */
      readonly fields?: string | readonly string[]
    }
    readonly body: undefined
    readonly answer: Payment
  }
  /** List transactions */
  readonly list_transactions: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** Most records on a page */
      readonly limit?: number
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
      /** The page after this transaction */
      readonly starting_after?: string
      /** The page before this transaction */
      readonly ending_before?: string
      /** Newest first by this date */
      readonly sort?: 'created_date' | 'modifiedDate'
      /** Only records in this state; `all` for both */
      readonly recordState?: 'ACTIVE' | 'DELETED' | 'all'
      /** Only the records that have one of these ids at the partner's */
      readonly partnerRecordId?: string | readonly string[]
      /** Replaces ids by the objects they name. Paths of up to 4 names: ledgerAccountId, source_id, settlement_id, partnerAccountConnectionId, and on from there. In lists, a leading `data.` may be left out */
      readonly expand?: string | readonly string[]
      /** Only these attributes; `object` and `id` are always there */
      readonly fields?: string | readonly string[]
      /** Adds the number of records in all (counted anew each time), or the freshness of the streams behind the answer */
      readonly include?: 'total_count' | 'freshness' | readonly ('total_count' | 'freshness')[]
      /** Only these transactions, by id */
      readonly 'id[in]'?: string | readonly string[]
      /** Only where partnerSource is this. Name of the partner system */
      readonly partnerSource?: string
      /** Only where partnerSource is one of this. Name of the partner system */
      readonly 'partnerSource[in]'?: string | readonly string[]
      /** Only where partnerSource begins with this. Name of the partner system */
      readonly 'partnerSource[prefix]'?: string
      /** Only where type is this. What moved the balance; adjustment: tied to none of the others */
      readonly type?: 'payment' | 'refund' | 'settlement' | 'dispute' | 'adjustment'
      /** Only where type is one of this. What moved the balance; adjustment: tied to none of the others */
      readonly 'type[in]'?: 'payment' | 'refund' | 'settlement' | 'dispute' | 'adjustment' | readonly ('payment' | 'refund' | 'settlement' | 'dispute' | 'adjustment')[]
      /** Only where amount is this. Gross amount, signed */
      readonly amount?: number
      /** Only where amount is greater or later than this. Gross amount, signed */
      readonly 'amount[gt]'?: number
      /** Only where amount is at least, or not before, this. Gross amount, signed */
      readonly 'amount[gte]'?: number
      /** Only where amount is less or earlier than this. Gross amount, signed */
      readonly 'amount[lt]'?: number
      /** Only where amount is at most, or not after, this. Gross amount, signed */
      readonly 'amount[lte]'?: number
      /** Only where currency is this. Currency of the seller's balance */
      readonly currency?: string
      /** Only where currency is one of this. Currency of the seller's balance */
      readonly 'currency[in]'?: string | readonly string[]
      /** Only where source_id is this. The payment, settlement or dispute that moved the balance */
      readonly source_id?: string
      /** Only where source_id is one of this. The payment, settlement or dispute that moved the balance */
      readonly 'source_id[in]'?: string | readonly string[]
      /** Only where settlement_id is this. The settlement that paid it out */
      readonly settlement_id?: string
      /** Only where settlement_id is one of this. The settlement that paid it out */
      readonly 'settlement_id[in]'?: string | readonly string[]
      /** Only where available_date is this. When the money can be paid out */
      readonly available_date?: string
      /** Only where available_date is greater or later than this. When the money can be paid out */
      readonly 'available_date[gt]'?: string
      /** Only where available_date is at least, or not before, this. When the money can be paid out */
      readonly 'available_date[gte]'?: string
      /** Only where available_date is less or earlier than this. When the money can be paid out */
      readonly 'available_date[lt]'?: string
      /** Only where available_date is at most, or not after, this. When the money can be paid out */
      readonly 'available_date[lte]'?: string
      /** Only where partnerAccountConnectionId is this. The connection the record was last read through */
      readonly partnerAccountConnectionId?: string
      /** Only where partnerAccountConnectionId is one of this. The connection the record was last read through */
      readonly 'partnerAccountConnectionId[in]'?: string | readonly string[]
      /** Only where created_date is this. When the record was created at the partner */
      readonly created_date?: string
      /** Only where created_date is greater or later than this. When the record was created at the partner */
      readonly 'created_date[gt]'?: string
      /** Only where created_date is at least, or not before, this. When the record was created at the partner */
      readonly 'created_date[gte]'?: string
      /** Only where created_date is less or earlier than this. When the record was created at the partner */
      readonly 'created_date[lt]'?: string
      /** Only where created_date is at most, or not after, this. When the record was created at the partner */
      readonly 'created_date[lte]'?: string
      /** Only where modifiedDate is this. When our record last visibly changed */
      readonly modifiedDate?: string
      /** Only where modifiedDate is greater or later than this. When our record last visibly changed */
      readonly 'modifiedDate[gt]'?: string
      /** Only where modifiedDate is at least, or not before, this. When our record last visibly changed */
      readonly 'modifiedDate[gte]'?: string
      /** Only where modifiedDate is less or earlier than this. When our record last visibly changed */
      readonly 'modifiedDate[lt]'?: string
      /** Only where modifiedDate is at most, or not after, this. When our record last visibly changed */
      readonly 'modifiedDate[lte]'?: string
    }
    readonly body: undefined
    readonly answer: { readonly object: 'list'; readonly url: string; readonly data: readonly Transaction[]; readonly has_more: boolean; readonly next_cursor: string | null; readonly total_count?: number; readonly freshness?: readonly { readonly [name: string]: unknown }[] }
  }
  /** Retrieve a transaction */
  readonly retrieve_transaction: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** Replaces ids by the objects they name. Paths of up to 4 names: ledgerAccountId, source_id, settlement_id, partnerAccountConnectionId, and on from there. In lists, a leading `data.` may be left out */
      readonly expand?: string | readonly string[]
      /** Only these attributes; `object` and `id` are always there */
      readonly fields?: string | readonly string[]
    }
    readonly body: undefined
    readonly answer: Transaction | { readonly object: 'list'; readonly url: string; readonly data: readonly Transaction[]; readonly has_more: boolean; readonly next_cursor: string | null; readonly total_count?: number; readonly freshness?: readonly { readonly [name: string]: unknown }[] }
  }
  /** List settlements */
  readonly list_settlements: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** Most records on a page */
      readonly limit?: number
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
      /** The page after this settlement */
      readonly starting_after?: string
      /** The page before this settlement */
      readonly ending_before?: string
      /** Newest first by this date */
      readonly sort?: 'created_date' | 'modifiedDate'
      /** Only records in this state; `all` for both */
      readonly recordState?: 'ACTIVE' | 'DELETED' | 'all'
      /** Only the records that have one of these ids at the partner's */
      readonly partnerRecordId?: string | readonly string[]
      /** Replaces ids by the objects they name. Paths of up to 4 names: ledgerAccountId, funding_account, related_transactions, partnerAccountConnectionId, and on from there. In lists, a leading `data.` may be left out */
      readonly expand?: string | readonly string[]
      /** Only these attributes; `object` and `id` are always there */
      readonly fields?: string | readonly string[]
      /** Adds the number of records in all (counted anew each time), or the freshness of the streams behind the answer */
      readonly include?: 'total_count' | 'freshness' | readonly ('total_count' | 'freshness')[]
      /** Only these settlements, by id */
      readonly 'id[in]'?: string | readonly string[]
      /** Only where partnerSource is this. Name of the partner system */
      readonly partnerSource?: string
      /** Only where partnerSource is one of this. Name of the partner system */
      readonly 'partnerSource[in]'?: string | readonly string[]
      /** Only where partnerSource begins with this. Name of the partner system */
      readonly 'partnerSource[prefix]'?: string
      /** Only where amount is this. Amount paid out */
      readonly amount?: number
      /** Only where amount is greater or later than this. Amount paid out */
      readonly 'amount[gt]'?: number
      /** Only where amount is at least, or not before, this. Amount paid out */
      readonly 'amount[gte]'?: number
      /** Only where amount is less or earlier than this. Amount paid out */
      readonly 'amount[lt]'?: number
      /** Only where amount is at most, or not after, this. Amount paid out */
      readonly 'amount[lte]'?: number
      /** Only where currency is this. Currency of the amount */
      readonly currency?: string
      /** Only where currency is one of this. Currency of the amount */
      readonly 'currency[in]'?: string | readonly string[]
      /** Only where status is this. State */
      readonly status?: 'pending' | 'in_transit' | 'paid' | 'failed' | 'cancelled' | 'other'
      /** Only where status is one of this. State */
      readonly 'status[in]'?: 'pending' | 'in_transit' | 'paid' | 'failed' | 'cancelled' | 'other' | readonly ('pending' | 'in_transit' | 'paid' | 'failed' | 'cancelled' | 'other')[]
      /** Only where arrival_date is this. When it reaches the account */
      readonly arrival_date?: string
      /** Only where arrival_date is greater or later than this. When it reaches the account */
      readonly 'arrival_date[gt]'?: string
      /** Only where arrival_date is at least, or not before, this. When it reaches the account */
      readonly 'arrival_date[gte]'?: string
      /** Only where arrival_date is less or earlier than this. When it reaches the account */
      readonly 'arrival_date[lt]'?: string
      /** Only where arrival_date is at most, or not after, this. When it reaches the account */
      readonly 'arrival_date[lte]'?: string
      /** Only where partnerAccountConnectionId is this. The connection the record was last read through */
      readonly partnerAccountConnectionId?: string
      /** Only where partnerAccountConnectionId is one of this. The connection the record was last read through */
      readonly 'partnerAccountConnectionId[in]'?: string | readonly string[]
      /** Only where created_date is this. When the record was created at the partner */
      readonly created_date?: string
      /** Only where created_date is greater or later than this. When the record was created at the partner */
      readonly 'created_date[gt]'?: string
      /** Only where created_date is at least, or not before, this. When the record was created at the partner */
      readonly 'created_date[gte]'?: string
      /** Only where created_date is less or earlier than this. When the record was created at the partner */
      readonly 'created_date[lt]'?: string
      /** Only where created_date is at most, or not after, this. When the record was created at the partner */
      readonly 'created_date[lte]'?: string
      /** Only where modifiedDate is this. When our record last visibly changed */
      readonly modifiedDate?: string
      /** Only where modifiedDate is greater or later than this. When our record last visibly changed */
      readonly 'modifiedDate[gt]'?: string
      /** Only where modifiedDate is at least, or not before, this. When our record last visibly changed */
      readonly 'modifiedDate[gte]'?: string
      /** Only where modifiedDate is less or earlier than this. When our record last visibly changed */
      readonly 'modifiedDate[lt]'?: string
      /** Only where modifiedDate is at most, or not after, this. When our record last visibly changed */
      readonly 'modifiedDate[lte]'?: string
    }
    readonly body: undefined
    readonly answer: { readonly object: 'list'; readonly url: string; readonly data: readonly Settlement[]; readonly has_more: boolean; readonly next_cursor: string | null; readonly total_count?: number; readonly freshness?: readonly { readonly [name: string]: unknown }[] }
  }
  /** Retrieve a settlement */
  readonly retrieve_settlement: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** Replaces ids by the objects they name. Paths of up to 4 names: ledgerAccountId, funding_account, related_transactions, partnerAccountConnectionId, and on from there. In lists, a leading `data.` may be left out */
      readonly expand?: string | readonly string[]
      /** Only these attributes; `object` and `id` are always there */
      readonly fields?: string | readonly string[]
    }
    readonly body: undefined
    readonly answer: Settlement
  }
  /** List disputes */
  readonly list_disputes: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** Most records on a page */
      readonly limit?: number
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
      /** The page after this dispute */
      readonly starting_after?: string
      /** The page before this dispute */
      readonly ending_before?: string
      /** Newest first by this date */
      readonly sort?: 'created_date' | 'modifiedDate'
      /** Only records in this state; `all` for both */
      readonly recordState?: 'ACTIVE' | 'DELETED' | 'all'
      /** Only the records that have one of these ids at the partner's */
      readonly partnerRecordId?: string | readonly string[]
      /** Replaces ids by the objects they name. Paths of up to 4 names: ledgerAccountId, payment_id, customer_id, transaction, partnerAccountConnectionId, and on from there. In lists, a leading `data.` may be left out */
      readonly expand?: string | readonly string[]
      /** Only these attributes; `object` and `id` are always there */
      readonly fields?: string | readonly string[]
      /** Adds the number of records in all (counted anew each time), or the freshness of the streams behind the answer */
      readonly include?: 'total_count' | 'freshness' | readonly ('total_count' | 'freshness')[]
      /** Only these disputes, by id */
      readonly 'id[in]'?: string | readonly string[]
      /** Only where partnerSource is this. Name of the partner system */
      readonly partnerSource?: string
      /** Only where partnerSource is one of this. Name of the partner system */
      readonly 'partnerSource[in]'?: string | readonly string[]
      /** Only where partnerSource begins with this. Name of the partner system */
      readonly 'partnerSource[prefix]'?: string
      /** Only where amount is this. Disputed amount */
      readonly amount?: number
      /** Only where amount is greater or later than this. Disputed amount */
      readonly 'amount[gt]'?: number
      /** Only where amount is at least, or not before, this. Disputed amount */
      readonly 'amount[gte]'?: number
      /** Only where amount is less or earlier than this. Disputed amount */
      readonly 'amount[lt]'?: number
      /** Only where amount is at most, or not after, this. Disputed amount */
      readonly 'amount[lte]'?: number
      /** Only where currency is this. Currency of the amount */
      readonly currency?: string
      /** Only where currency is one of this. Currency of the amount */
      readonly 'currency[in]'?: string | readonly string[]
      /** Only where status is this. State */
      readonly status?: 'warning' | 'needs_response' | 'under_review' | 'won' | 'lost' | 'closed' | 'other'
      /** Only where status is one of this. State */
      readonly 'status[in]'?: 'warning' | 'needs_response' | 'under_review' | 'won' | 'lost' | 'closed' | 'other' | readonly ('warning' | 'needs_response' | 'under_review' | 'won' | 'lost' | 'closed' | 'other')[]
      /** Only where evidence_due_date is this. Last moment to answer */
      readonly evidence_due_date?: string
      /** Only where evidence_due_date is greater or later than this. Last moment to answer */
      readonly 'evidence_due_date[gt]'?: string
      /** Only where evidence_due_date is at least, or not before, this. Last moment to answer */
      readonly 'evidence_due_date[gte]'?: string
      /** Only where evidence_due_date is less or earlier than this. Last moment to answer */
      readonly 'evidence_due_date[lt]'?: string
      /** Only where evidence_due_date is at most, or not after, this. Last moment to answer */
      readonly 'evidence_due_date[lte]'?: string
      /** Only where payment_id is this. The disputed payment */
      readonly payment_id?: string
      /** Only where payment_id is one of this. The disputed payment */
      readonly 'payment_id[in]'?: string | readonly string[]
      /** Only where customer_id is this. The buyer */
      readonly customer_id?: string
      /** Only where customer_id is one of this. The buyer */
      readonly 'customer_id[in]'?: string | readonly string[]
      /** Only where partnerAccountConnectionId is this. The connection the record was last read through */
      readonly partnerAccountConnectionId?: string
      /** Only where partnerAccountConnectionId is one of this. The connection the record was last read through */
      readonly 'partnerAccountConnectionId[in]'?: string | readonly string[]
      /** Only where created_date is this. When the record was created at the partner */
      readonly created_date?: string
      /** Only where created_date is greater or later than this. When the record was created at the partner */
      readonly 'created_date[gt]'?: string
      /** Only where created_date is at least, or not before, this. When the record was created at the partner */
      readonly 'created_date[gte]'?: string
      /** Only where created_date is less or earlier than this. When the record was created at the partner */
      readonly 'created_date[lt]'?: string
      /** Only where created_date is at most, or not after, this. When the record was created at the partner */
      readonly 'created_date[lte]'?: string
      /** Only where modifiedDate is this. When our record last visibly changed */
      readonly modifiedDate?: string
      /** Only where modifiedDate is greater or later than this. When our record last visibly changed */
      readonly 'modifiedDate[gt]'?: string
      /** Only where modifiedDate is at least, or not before, this. When our record last visibly changed */
      readonly 'modifiedDate[gte]'?: string
      /** Only where modifiedDate is less or earlier than this. When our record last visibly changed */
      readonly 'modifiedDate[lt]'?: string
      /** Only where modifiedDate is at most, or not after, this. When our record last visibly changed */
      readonly 'modifiedDate[lte]'?: string
    }
    readonly body: undefined
    readonly answer: { readonly object: 'list'; readonly url: string; readonly data: readonly Dispute[]; readonly has_more: boolean; readonly next_cursor: string | null; readonly total_count?: number; readonly freshness?: readonly { readonly [name: string]: unknown }[] }
  }
  /** Retrieve a dispute */
  readonly retrieve_dispute: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** Replaces ids by the objects they name. Paths of up to 4 names: ledgerAccountId, payment_id, customer_id, transaction, partnerAccountConnectionId, and on from there. In lists, a leading `data.` may be left out */
      readonly expand?: string | readonly string[]
      /** Only these attributes; `object` and `id` are always there */
      readonly fields?: string | readonly string[]
    }
    readonly body: undefined
    readonly answer: Dispute
  }
  /** List external_accounts */
  readonly list_external_accounts: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** Most records on a page */
      readonly limit?: number
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
      /** The page after this external_account */
      readonly starting_after?: string
      /** The page before this external_account */
      readonly ending_before?: string
      /** Newest first by this date */
      readonly sort?: 'created_date' | 'modifiedDate'
      /** Only records in this state; `all` for both */
      readonly recordState?: 'ACTIVE' | 'DELETED' | 'all'
      /** Only the records that have one of these ids at the partner's */
      readonly partnerRecordId?: string | readonly string[]
      /** Replaces ids by the objects they name. Paths of up to 4 names: ledgerAccountId, customer_id, partnerAccountConnectionId, and on from there. In lists, a leading `data.` may be left out */
      readonly expand?: string | readonly string[]
      /** Only these attributes; `object` and `id` are always there */
      readonly fields?: string | readonly string[]
      /** Adds the number of records in all (counted anew each time), or the freshness of the streams behind the answer */
      readonly include?: 'total_count' | 'freshness' | readonly ('total_count' | 'freshness')[]
      /** Only these external_accounts, by id */
      readonly 'id[in]'?: string | readonly string[]
      /** Only where partnerSource is this. Name of the partner system */
      readonly partnerSource?: string
      /** Only where partnerSource is one of this. Name of the partner system */
      readonly 'partnerSource[in]'?: string | readonly string[]
      /** Only where partnerSource begins with this. Name of the partner system */
      readonly 'partnerSource[prefix]'?: string
      /** Only where type is this. Which of the three hashes is filled */
      readonly type?: 'bank_account' | 'card' | 'other'
      /** Only where type is one of this. Which of the three hashes is filled */
      readonly 'type[in]'?: 'bank_account' | 'card' | 'other' | readonly ('bank_account' | 'card' | 'other')[]
      /** Only where customer_id is this. The buyer; null when it is the seller's own */
      readonly customer_id?: string
      /** Only where customer_id is one of this. The buyer; null when it is the seller's own */
      readonly 'customer_id[in]'?: string | readonly string[]
      /** Only where status is this. State */
      readonly status?: 'active' | 'expired' | 'disabled' | 'removed' | 'other'
      /** Only where status is one of this. State */
      readonly 'status[in]'?: 'active' | 'expired' | 'disabled' | 'removed' | 'other' | readonly ('active' | 'expired' | 'disabled' | 'removed' | 'other')[]
      /** Only where partnerAccountConnectionId is this. The connection the record was last read through */
      readonly partnerAccountConnectionId?: string
      /** Only where partnerAccountConnectionId is one of this. The connection the record was last read through */
      readonly 'partnerAccountConnectionId[in]'?: string | readonly string[]
      /** Only where created_date is this. When the record was created at the partner */
      readonly created_date?: string
      /** Only where created_date is greater or later than this. When the record was created at the partner */
      readonly 'created_date[gt]'?: string
      /** Only where created_date is at least, or not before, this. When the record was created at the partner */
      readonly 'created_date[gte]'?: string
      /** Only where created_date is less or earlier than this. When the record was created at the partner */
      readonly 'created_date[lt]'?: string
      /** Only where created_date is at most, or not after, this. When the record was created at the partner */
      readonly 'created_date[lte]'?: string
      /** Only where modifiedDate is this. When our record last visibly changed */
      readonly modifiedDate?: string
      /** Only where modifiedDate is greater or later than this. When our record last visibly changed */
      readonly 'modifiedDate[gt]'?: string
      /** Only where modifiedDate is at least, or not before, this. When our record last visibly changed */
      readonly 'modifiedDate[gte]'?: string
      /** Only where modifiedDate is less or earlier than this. When our record last visibly changed */
      readonly 'modifiedDate[lt]'?: string
      /** Only where modifiedDate is at most, or not after, this. When our record last visibly changed */
      readonly 'modifiedDate[lte]'?: string
    }
    readonly body: undefined
    readonly answer: { readonly object: 'list'; readonly url: string; readonly data: readonly ExternalAccount[]; readonly has_more: boolean; readonly next_cursor: string | null; readonly total_count?: number; readonly freshness?: readonly { readonly [name: string]: unknown }[] }
  }
  /** Retrieve a external account */
  readonly retrieve_external_account: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** Replaces ids by the objects they name. Paths of up to 4 names: ledgerAccountId, customer_id, partnerAccountConnectionId, and on from there. In lists, a leading `data.` may be left out */
      readonly expand?: string | readonly string[]
      /** Only these attributes; `object` and `id` are always there */
      readonly fields?: string | readonly string[]
    }
    readonly body: undefined
    readonly answer: ExternalAccount
  }
  /** List subscriptions */
  readonly list_subscriptions: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** Most records on a page */
      readonly limit?: number
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
      /** The page after this subscription */
      readonly starting_after?: string
      /** The page before this subscription */
      readonly ending_before?: string
      /** Newest first by this date */
      readonly sort?: 'created_date' | 'modifiedDate'
      /** Only records in this state; `all` for both */
      readonly recordState?: 'ACTIVE' | 'DELETED' | 'all'
      /** Only the records that have one of these ids at the partner's */
      readonly partnerRecordId?: string | readonly string[]
      /** Replaces ids by the objects they name. Paths of up to 4 names: ledgerAccountId, customer_id, external_account_id, latest_invoice_id, partnerAccountConnectionId, product_id, and on from there. In lists, a leading `data.` may be left out */
      readonly expand?: string | readonly string[]
      /** Only these attributes; `object` and `id` are always there */
      readonly fields?: string | readonly string[]
      /** Adds the number of records in all (counted anew each time), or the freshness of the streams behind the answer */
      readonly include?: 'total_count' | 'freshness' | readonly ('total_count' | 'freshness')[]
      /** Only these subscriptions, by id */
      readonly 'id[in]'?: string | readonly string[]
      /** Only where partnerSource is this. Name of the partner system */
      readonly partnerSource?: string
      /** Only where partnerSource is one of this. Name of the partner system */
      readonly 'partnerSource[in]'?: string | readonly string[]
      /** Only where partnerSource begins with this. Name of the partner system */
      readonly 'partnerSource[prefix]'?: string
      /** Only where customer_id is this. The buyer */
      readonly customer_id?: string
      /** Only where customer_id is one of this. The buyer */
      readonly 'customer_id[in]'?: string | readonly string[]
      /** Only where status is this. State */
      readonly status?: 'incomplete' | 'trialing' | 'active' | 'past_due' | 'paused' | 'cancelled' | 'expired' | 'other'
      /** Only where status is one of this. State */
      readonly 'status[in]'?: 'incomplete' | 'trialing' | 'active' | 'past_due' | 'paused' | 'cancelled' | 'expired' | 'other' | readonly ('incomplete' | 'trialing' | 'active' | 'past_due' | 'paused' | 'cancelled' | 'expired' | 'other')[]
      /** Only where amount is this. Charged each interval */
      readonly amount?: number
      /** Only where amount is greater or later than this. Charged each interval */
      readonly 'amount[gt]'?: number
      /** Only where amount is at least, or not before, this. Charged each interval */
      readonly 'amount[gte]'?: number
      /** Only where amount is less or earlier than this. Charged each interval */
      readonly 'amount[lt]'?: number
      /** Only where amount is at most, or not after, this. Charged each interval */
      readonly 'amount[lte]'?: number
      /** Only where currency is this. Currency of the amount */
      readonly currency?: string
      /** Only where currency is one of this. Currency of the amount */
      readonly 'currency[in]'?: string | readonly string[]
      /** Only where current_period_end is this. End of the period being paid for */
      readonly current_period_end?: string
      /** Only where current_period_end is greater or later than this. End of the period being paid for */
      readonly 'current_period_end[gt]'?: string
      /** Only where current_period_end is at least, or not before, this. End of the period being paid for */
      readonly 'current_period_end[gte]'?: string
      /** Only where current_period_end is less or earlier than this. End of the period being paid for */
      readonly 'current_period_end[lt]'?: string
      /** Only where current_period_end is at most, or not after, this. End of the period being paid for */
      readonly 'current_period_end[lte]'?: string
      /** Only where external_account_id is this. The instrument charged */
      readonly external_account_id?: string
      /** Only where external_account_id is one of this. The instrument charged */
      readonly 'external_account_id[in]'?: string | readonly string[]
      /** Only where partnerAccountConnectionId is this. The connection the record was last read through */
      readonly partnerAccountConnectionId?: string
      /** Only where partnerAccountConnectionId is one of this. The connection the record was last read through */
      readonly 'partnerAccountConnectionId[in]'?: string | readonly string[]
      /** Only where created_date is this. When the record was created at the partner */
      readonly created_date?: string
      /** Only where created_date is greater or later than this. When the record was created at the partner */
      readonly 'created_date[gt]'?: string
      /** Only where created_date is at least, or not before, this. When the record was created at the partner */
      readonly 'created_date[gte]'?: string
      /** Only where created_date is less or earlier than this. When the record was created at the partner */
      readonly 'created_date[lt]'?: string
      /** Only where created_date is at most, or not after, this. When the record was created at the partner */
      readonly 'created_date[lte]'?: string
      /** Only where modifiedDate is this. When our record last visibly changed */
      readonly modifiedDate?: string
      /** Only where modifiedDate is greater or later than this. When our record last visibly changed */
      readonly 'modifiedDate[gt]'?: string
      /** Only where modifiedDate is at least, or not before, this. When our record last visibly changed */
      readonly 'modifiedDate[gte]'?: string
      /** Only where modifiedDate is less or earlier than this. When our record last visibly changed */
      readonly 'modifiedDate[lt]'?: string
      /** Only where modifiedDate is at most, or not after, this. When our record last visibly changed */
      readonly 'modifiedDate[lte]'?: string
    }
    readonly body: undefined
    readonly answer: { readonly object: 'list'; readonly url: string; readonly data: readonly Subscription[]; readonly has_more: boolean; readonly next_cursor: string | null; readonly total_count?: number; readonly freshness?: readonly { readonly [name: string]: unknown }[] }
  }
  /** Retrieve a subscription */
  readonly retrieve_subscription: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** Replaces ids by the objects they name. Paths of up to 4 names: ledgerAccountId, customer_id, external_account_id, latest_invoice_id, partnerAccountConnectionId, product_id, and on from there. In lists, a leading `data.` may be left out */
      readonly expand?: string | readonly string[]
      /** Only these attributes; `object` and `id` are always there */
      readonly fields?: string | readonly string[]
    }
    readonly body: undefined
    readonly answer: Subscription | { readonly object: 'list'; readonly url: string; readonly data: readonly Subscription[]; readonly has_more: boolean; readonly next_cursor: string | null; readonly total_count?: number; readonly freshness?: readonly { readonly [name: string]: unknown }[] }
  }
  /** List orders */
  readonly list_orders: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** Most records on a page */
      readonly limit?: number
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
      /** The page after this order */
      readonly starting_after?: string
      /** The page before this order */
      readonly ending_before?: string
      /** Newest first by this date */
      readonly sort?: 'created_date' | 'modifiedDate'
      /** Only records in this state; `all` for both */
      readonly recordState?: 'ACTIVE' | 'DELETED' | 'all'
      /** Only the records that have one of these ids at the partner's */
      readonly partnerRecordId?: string | readonly string[]
      /** Replaces ids by the objects they name. Paths of up to 4 names: ledgerAccountId, customer_id, partnerAccountConnectionId, product_id, and on from there. In lists, a leading `data.` may be left out */
      readonly expand?: string | readonly string[]
      /** Only these attributes; `object` and `id` are always there */
      readonly fields?: string | readonly string[]
      /** Adds the number of records in all (counted anew each time), or the freshness of the streams behind the answer */
      readonly include?: 'total_count' | 'freshness' | readonly ('total_count' | 'freshness')[]
      /** Only these orders, by id */
      readonly 'id[in]'?: string | readonly string[]
      /** Only where partnerSource is this. Name of the partner system */
      readonly partnerSource?: string
      /** Only where partnerSource is one of this. Name of the partner system */
      readonly 'partnerSource[in]'?: string | readonly string[]
      /** Only where partnerSource begins with this. Name of the partner system */
      readonly 'partnerSource[prefix]'?: string
      /** Only where customer_id is this. The buyer */
      readonly customer_id?: string
      /** Only where customer_id is one of this. The buyer */
      readonly 'customer_id[in]'?: string | readonly string[]
      /** Only where number is this. Number the buyer knows it by */
      readonly number?: string
      /** Only where number is one of this. Number the buyer knows it by */
      readonly 'number[in]'?: string | readonly string[]
      /** Only where number begins with this. Number the buyer knows it by */
      readonly 'number[prefix]'?: string
      /** Only where status is this. State */
      readonly status?: 'draft' | 'open' | 'completed' | 'cancelled' | 'other'
      /** Only where status is one of this. State */
      readonly 'status[in]'?: 'draft' | 'open' | 'completed' | 'cancelled' | 'other' | readonly ('draft' | 'open' | 'completed' | 'cancelled' | 'other')[]
      /** Only where amount is this. Total */
      readonly amount?: number
      /** Only where amount is greater or later than this. Total */
      readonly 'amount[gt]'?: number
      /** Only where amount is at least, or not before, this. Total */
      readonly 'amount[gte]'?: number
      /** Only where amount is less or earlier than this. Total */
      readonly 'amount[lt]'?: number
      /** Only where amount is at most, or not after, this. Total */
      readonly 'amount[lte]'?: number
      /** Only where currency is this. Currency of the amounts */
      readonly currency?: string
      /** Only where currency is one of this. Currency of the amounts */
      readonly 'currency[in]'?: string | readonly string[]
      /** Only where email is this. E-mail address given with the order */
      readonly email?: string
      /** Only where email is one of this. E-mail address given with the order */
      readonly 'email[in]'?: string | readonly string[]
      /** Only where placed_date is this. When the buyer placed it */
      readonly placed_date?: string
      /** Only where placed_date is greater or later than this. When the buyer placed it */
      readonly 'placed_date[gt]'?: string
      /** Only where placed_date is at least, or not before, this. When the buyer placed it */
      readonly 'placed_date[gte]'?: string
      /** Only where placed_date is less or earlier than this. When the buyer placed it */
      readonly 'placed_date[lt]'?: string
      /** Only where placed_date is at most, or not after, this. When the buyer placed it */
      readonly 'placed_date[lte]'?: string
      /** Only where partnerAccountConnectionId is this. The connection the record was last read through */
      readonly partnerAccountConnectionId?: string
      /** Only where partnerAccountConnectionId is one of this. The connection the record was last read through */
      readonly 'partnerAccountConnectionId[in]'?: string | readonly string[]
      /** Only where created_date is this. When the record was created at the partner */
      readonly created_date?: string
      /** Only where created_date is greater or later than this. When the record was created at the partner */
      readonly 'created_date[gt]'?: string
      /** Only where created_date is at least, or not before, this. When the record was created at the partner */
      readonly 'created_date[gte]'?: string
      /** Only where created_date is less or earlier than this. When the record was created at the partner */
      readonly 'created_date[lt]'?: string
      /** Only where created_date is at most, or not after, this. When the record was created at the partner */
      readonly 'created_date[lte]'?: string
      /** Only where modifiedDate is this. When our record last visibly changed */
      readonly modifiedDate?: string
      /** Only where modifiedDate is greater or later than this. When our record last visibly changed */
      readonly 'modifiedDate[gt]'?: string
      /** Only where modifiedDate is at least, or not before, this. When our record last visibly changed */
      readonly 'modifiedDate[gte]'?: string
      /** Only where modifiedDate is less or earlier than this. When our record last visibly changed */
      readonly 'modifiedDate[lt]'?: string
      /** Only where modifiedDate is at most, or not after, this. When our record last visibly changed */
      readonly 'modifiedDate[lte]'?: string
    }
    readonly body: undefined
    readonly answer: { readonly object: 'list'; readonly url: string; readonly data: readonly Order[]; readonly has_more: boolean; readonly next_cursor: string | null; readonly total_count?: number; readonly freshness?: readonly { readonly [name: string]: unknown }[] }
  }
  /** Retrieve a order */
  readonly retrieve_order: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** Replaces ids by the objects they name. Paths of up to 4 names: ledgerAccountId, customer_id, partnerAccountConnectionId, product_id, and on from there. In lists, a leading `data.` may be left out */
      readonly expand?: string | readonly string[]
      /** Only these attributes; `object` and `id` are always there */
      readonly fields?: string | readonly string[]
    }
    readonly body: undefined
    readonly answer: Order
  }
  /** List products */
  readonly list_products: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** Most records on a page */
      readonly limit?: number
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
      /** The page after this product */
      readonly starting_after?: string
      /** The page before this product */
      readonly ending_before?: string
      /** Newest first by this date */
      readonly sort?: 'created_date' | 'modifiedDate'
      /** Only records in this state; `all` for both */
      readonly recordState?: 'ACTIVE' | 'DELETED' | 'all'
      /** Only the records that have one of these ids at the partner's */
      readonly partnerRecordId?: string | readonly string[]
      /** Replaces ids by the objects they name. Paths of up to 4 names: ledgerAccountId, partnerAccountConnectionId, and on from there. In lists, a leading `data.` may be left out */
      readonly expand?: string | readonly string[]
      /** Only these attributes; `object` and `id` are always there */
      readonly fields?: string | readonly string[]
      /** Adds the number of records in all (counted anew each time), or the freshness of the streams behind the answer */
      readonly include?: 'total_count' | 'freshness' | readonly ('total_count' | 'freshness')[]
      /** Only these products, by id */
      readonly 'id[in]'?: string | readonly string[]
      /** Only where partnerSource is this. Name of the partner system */
      readonly partnerSource?: string
      /** Only where partnerSource is one of this. Name of the partner system */
      readonly 'partnerSource[in]'?: string | readonly string[]
      /** Only where partnerSource begins with this. Name of the partner system */
      readonly 'partnerSource[prefix]'?: string
      /** Only where name is this. What it is called */
      readonly name?: string
      /** Only where name is one of this. What it is called */
      readonly 'name[in]'?: string | readonly string[]
      /** Only where name begins with this. What it is called */
      readonly 'name[prefix]'?: string
      /** Only where active is this. Whether it is on sale */
      readonly active?: boolean
      /** Only where sku is this. The seller's stock number */
      readonly sku?: string
      /** Only where sku is one of this. The seller's stock number */
      readonly 'sku[in]'?: string | readonly string[]
      /** Only where sku begins with this. The seller's stock number */
      readonly 'sku[prefix]'?: string
      /** Only where partnerAccountConnectionId is this. The connection the record was last read through */
      readonly partnerAccountConnectionId?: string
      /** Only where partnerAccountConnectionId is one of this. The connection the record was last read through */
      readonly 'partnerAccountConnectionId[in]'?: string | readonly string[]
      /** Only where created_date is this. When the record was created at the partner */
      readonly created_date?: string
      /** Only where created_date is greater or later than this. When the record was created at the partner */
      readonly 'created_date[gt]'?: string
      /** Only where created_date is at least, or not before, this. When the record was created at the partner */
      readonly 'created_date[gte]'?: string
      /** Only where created_date is less or earlier than this. When the record was created at the partner */
      readonly 'created_date[lt]'?: string
      /** Only where created_date is at most, or not after, this. When the record was created at the partner */
      readonly 'created_date[lte]'?: string
      /** Only where modifiedDate is this. When our record last visibly changed */
      readonly modifiedDate?: string
      /** Only where modifiedDate is greater or later than this. When our record last visibly changed */
      readonly 'modifiedDate[gt]'?: string
      /** Only where modifiedDate is at least, or not before, this. When our record last visibly changed */
      readonly 'modifiedDate[gte]'?: string
      /** Only where modifiedDate is less or earlier than this. When our record last visibly changed */
      readonly 'modifiedDate[lt]'?: string
      /** Only where modifiedDate is at most, or not after, this. When our record last visibly changed */
      readonly 'modifiedDate[lte]'?: string
    }
    readonly body: undefined
    readonly answer: { readonly object: 'list'; readonly url: string; readonly data: readonly Product[]; readonly has_more: boolean; readonly next_cursor: string | null; readonly total_count?: number; readonly freshness?: readonly { readonly [name: string]: unknown }[] }
  }
  /** Retrieve a product */
  readonly retrieve_product: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** Replaces ids by the objects they name. Paths of up to 4 names: ledgerAccountId, partnerAccountConnectionId, and on from there. In lists, a leading `data.` may be left out */
      readonly expand?: string | readonly string[]
      /** Only these attributes; `object` and `id` are always there */
      readonly fields?: string | readonly string[]
    }
    readonly body: undefined
    readonly answer: Product
  }
  /** List invoices */
  readonly list_invoices: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** Most records on a page */
      readonly limit?: number
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
      /** The page after this invoice */
      readonly starting_after?: string
      /** The page before this invoice */
      readonly ending_before?: string
      /** Newest first by this date */
      readonly sort?: 'created_date' | 'modifiedDate'
      /** Only records in this state; `all` for both */
      readonly recordState?: 'ACTIVE' | 'DELETED' | 'all'
      /** Only the records that have one of these ids at the partner's */
      readonly partnerRecordId?: string | readonly string[]
      /** Replaces ids by the objects they name. Paths of up to 4 names: ledgerAccountId, customer_id, subscription_id, order_id, payment_id, partnerAccountConnectionId, product_id, and on from there. In lists, a leading `data.` may be left out */
      readonly expand?: string | readonly string[]
      /** Only these attributes; `object` and `id` are always there */
      readonly fields?: string | readonly string[]
      /** Adds the number of records in all (counted anew each time), or the freshness of the streams behind the answer */
      readonly include?: 'total_count' | 'freshness' | readonly ('total_count' | 'freshness')[]
      /** Only these invoices, by id */
      readonly 'id[in]'?: string | readonly string[]
      /** Only where partnerSource is this. Name of the partner system */
      readonly partnerSource?: string
      /** Only where partnerSource is one of this. Name of the partner system */
      readonly 'partnerSource[in]'?: string | readonly string[]
      /** Only where partnerSource begins with this. Name of the partner system */
      readonly 'partnerSource[prefix]'?: string
      /** Only where customer_id is this. The buyer */
      readonly customer_id?: string
      /** Only where customer_id is one of this. The buyer */
      readonly 'customer_id[in]'?: string | readonly string[]
      /** Only where number is this. Number the buyer knows it by */
      readonly number?: string
      /** Only where number is one of this. Number the buyer knows it by */
      readonly 'number[in]'?: string | readonly string[]
      /** Only where number begins with this. Number the buyer knows it by */
      readonly 'number[prefix]'?: string
      /** Only where status is this. State */
      readonly status?: 'draft' | 'open' | 'paid' | 'void' | 'uncollectible' | 'other'
      /** Only where status is one of this. State */
      readonly 'status[in]'?: 'draft' | 'open' | 'paid' | 'void' | 'uncollectible' | 'other' | readonly ('draft' | 'open' | 'paid' | 'void' | 'uncollectible' | 'other')[]
      /** Only where amount_due is this. What is to be paid */
      readonly amount_due?: number
      /** Only where amount_due is greater or later than this. What is to be paid */
      readonly 'amount_due[gt]'?: number
      /** Only where amount_due is at least, or not before, this. What is to be paid */
      readonly 'amount_due[gte]'?: number
      /** Only where amount_due is less or earlier than this. What is to be paid */
      readonly 'amount_due[lt]'?: number
      /** Only where amount_due is at most, or not after, this. What is to be paid */
      readonly 'amount_due[lte]'?: number
      /** Only where currency is this. Currency of the amounts */
      readonly currency?: string
      /** Only where currency is one of this. Currency of the amounts */
      readonly 'currency[in]'?: string | readonly string[]
      /** Only where due_date is this. Last day to pay */
      readonly due_date?: string
      /** Only where due_date is greater or later than this. Last day to pay */
      readonly 'due_date[gt]'?: string
      /** Only where due_date is at least, or not before, this. Last day to pay */
      readonly 'due_date[gte]'?: string
      /** Only where due_date is less or earlier than this. Last day to pay */
      readonly 'due_date[lt]'?: string
      /** Only where due_date is at most, or not after, this. Last day to pay */
      readonly 'due_date[lte]'?: string
      /** Only where subscription_id is this. The subscription it bills */
      readonly subscription_id?: string
      /** Only where subscription_id is one of this. The subscription it bills */
      readonly 'subscription_id[in]'?: string | readonly string[]
      /** Only where order_id is this. The order it bills */
      readonly order_id?: string
      /** Only where order_id is one of this. The order it bills */
      readonly 'order_id[in]'?: string | readonly string[]
      /** Only where payment_id is this. The payment that settled it */
      readonly payment_id?: string
      /** Only where payment_id is one of this. The payment that settled it */
      readonly 'payment_id[in]'?: string | readonly string[]
      /** Only where partnerAccountConnectionId is this. The connection the record was last read through */
      readonly partnerAccountConnectionId?: string
      /** Only where partnerAccountConnectionId is one of this. The connection the record was last read through */
      readonly 'partnerAccountConnectionId[in]'?: string | readonly string[]
      /** Only where created_date is this. When the record was created at the partner */
      readonly created_date?: string
      /** Only where created_date is greater or later than this. When the record was created at the partner */
      readonly 'created_date[gt]'?: string
      /** Only where created_date is at least, or not before, this. When the record was created at the partner */
      readonly 'created_date[gte]'?: string
      /** Only where created_date is less or earlier than this. When the record was created at the partner */
      readonly 'created_date[lt]'?: string
      /** Only where created_date is at most, or not after, this. When the record was created at the partner */
      readonly 'created_date[lte]'?: string
      /** Only where modifiedDate is this. When our record last visibly changed */
      readonly modifiedDate?: string
      /** Only where modifiedDate is greater or later than this. When our record last visibly changed */
      readonly 'modifiedDate[gt]'?: string
      /** Only where modifiedDate is at least, or not before, this. When our record last visibly changed */
      readonly 'modifiedDate[gte]'?: string
      /** Only where modifiedDate is less or earlier than this. When our record last visibly changed */
      readonly 'modifiedDate[lt]'?: string
      /** Only where modifiedDate is at most, or not after, this. When our record last visibly changed */
      readonly 'modifiedDate[lte]'?: string
    }
    readonly body: undefined
    readonly answer: { readonly object: 'list'; readonly url: string; readonly data: readonly Invoice[]; readonly has_more: boolean; readonly next_cursor: string | null; readonly total_count?: number; readonly freshness?: readonly { readonly [name: string]: unknown }[] }
  }
  /** Retrieve a invoice */
  readonly retrieve_invoice: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** Replaces ids by the objects they name. Paths of up to 4 names: ledgerAccountId, customer_id, subscription_id, order_id, payment_id, partnerAccountConnectionId, product_id, and on from there. In lists, a leading `data.` may be left out */
      readonly expand?: string | readonly string[]
      /** Only these attributes; `object` and `id` are always there */
      readonly fields?: string | readonly string[]
    }
    readonly body: undefined
    readonly answer: Invoice
  }
  /** List billing_invoices */
  readonly list_billing_invoices: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** Most records on a page */
      readonly limit?: number
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
      /** The page after this billing_invoice */
      readonly starting_after?: string
      /** The page before this billing_invoice */
      readonly ending_before?: string
      /** Newest first by this date */
      readonly sort?: 'created_date' | 'modifiedDate'
      /** Only records in this state; `all` for both */
      readonly recordState?: 'ACTIVE' | 'DELETED' | 'all'
      /** Only the records that have one of these ids at the partner's */
      readonly partnerRecordId?: string | readonly string[]
      /** Replaces ids by the objects they name. Paths of up to 4 names: ledgerAccountId, line_items, partnerAccountConnectionId, and on from there. In lists, a leading `data.` may be left out */
      readonly expand?: string | readonly string[]
      /** Only these attributes; `object` and `id` are always there */
      readonly fields?: string | readonly string[]
      /** Adds the number of records in all (counted anew each time), or the freshness of the streams behind the answer */
      readonly include?: 'total_count' | 'freshness' | readonly ('total_count' | 'freshness')[]
      /** Only these billing_invoices, by id */
      readonly 'id[in]'?: string | readonly string[]
      /** Only where partnerSource is this. Name of the partner system */
      readonly partnerSource?: string
      /** Only where partnerSource is one of this. Name of the partner system */
      readonly 'partnerSource[in]'?: string | readonly string[]
      /** Only where partnerSource begins with this. Name of the partner system */
      readonly 'partnerSource[prefix]'?: string
      /** Only where InvoiceYear is this. Year it covers */
      readonly InvoiceYear?: number
      /** Only where InvoiceYear is greater or later than this. Year it covers */
      readonly 'InvoiceYear[gt]'?: number
      /** Only where InvoiceYear is at least, or not before, this. Year it covers */
      readonly 'InvoiceYear[gte]'?: number
      /** Only where InvoiceYear is less or earlier than this. Year it covers */
      readonly 'InvoiceYear[lt]'?: number
      /** Only where InvoiceYear is at most, or not after, this. Year it covers */
      readonly 'InvoiceYear[lte]'?: number
      /** Only where amount is this. Sum of the fees */
      readonly amount?: number
      /** Only where amount is greater or later than this. Sum of the fees */
      readonly 'amount[gt]'?: number
      /** Only where amount is at least, or not before, this. Sum of the fees */
      readonly 'amount[gte]'?: number
      /** Only where amount is less or earlier than this. Sum of the fees */
      readonly 'amount[lt]'?: number
      /** Only where amount is at most, or not after, this. Sum of the fees */
      readonly 'amount[lte]'?: number
      /** Only where currency is this. Currency of the amount */
      readonly currency?: string
      /** Only where currency is one of this. Currency of the amount */
      readonly 'currency[in]'?: string | readonly string[]
      /** Only where partnerAccountConnectionId is this. The connection the record was last read through */
      readonly partnerAccountConnectionId?: string
      /** Only where partnerAccountConnectionId is one of this. The connection the record was last read through */
      readonly 'partnerAccountConnectionId[in]'?: string | readonly string[]
      /** Only where created_date is this. When the record was created at the partner */
      readonly created_date?: string
      /** Only where created_date is greater or later than this. When the record was created at the partner */
      readonly 'created_date[gt]'?: string
      /** Only where created_date is at least, or not before, this. When the record was created at the partner */
      readonly 'created_date[gte]'?: string
      /** Only where created_date is less or earlier than this. When the record was created at the partner */
      readonly 'created_date[lt]'?: string
      /** Only where created_date is at most, or not after, this. When the record was created at the partner */
      readonly 'created_date[lte]'?: string
      /** Only where modifiedDate is this. When our record last visibly changed */
      readonly modifiedDate?: string
      /** Only where modifiedDate is greater or later than this. When our record last visibly changed */
      readonly 'modifiedDate[gt]'?: string
      /** Only where modifiedDate is at least, or not before, this. When our record last visibly changed */
      readonly 'modifiedDate[gte]'?: string
      /** Only where modifiedDate is less or earlier than this. When our record last visibly changed */
      readonly 'modifiedDate[lt]'?: string
      /** Only where modifiedDate is at most, or not after, this. When our record last visibly changed */
      readonly 'modifiedDate[lte]'?: string
    }
    readonly body: undefined
    readonly answer: { readonly object: 'list'; readonly url: string; readonly data: readonly BillingInvoice[]; readonly has_more: boolean; readonly next_cursor: string | null; readonly total_count?: number; readonly freshness?: readonly { readonly [name: string]: unknown }[] }
  }
  /** Retrieve a billing invoice */
  readonly retrieve_billing_invoice: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** Replaces ids by the objects they name. Paths of up to 4 names: ledgerAccountId, line_items, partnerAccountConnectionId, and on from there. In lists, a leading `data.` may be left out */
      readonly expand?: string | readonly string[]
      /** Only these attributes; `object` and `id` are always there */
      readonly fields?: string | readonly string[]
    }
    readonly body: undefined
    readonly answer: BillingInvoice
  }
  /** List billing_invoice_line_items */
  readonly list_billing_invoice_line_items: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** Most records on a page */
      readonly limit?: number
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
      /** The page after this billing_invoice_line_item */
      readonly starting_after?: string
      /** The page before this billing_invoice_line_item */
      readonly ending_before?: string
      /** Newest first by this date */
      readonly sort?: 'created_date' | 'modifiedDate'
      /** Only records in this state; `all` for both */
      readonly recordState?: 'ACTIVE' | 'DELETED' | 'all'
      /** Only the records that have one of these ids at the partner's */
      readonly partnerRecordId?: string | readonly string[]
      /** Replaces ids by the objects they name. Paths of up to 4 names: ledgerAccountId, billing_invoice_id, partnerAccountConnectionId, and on from there. In lists, a leading `data.` may be left out */
      readonly expand?: string | readonly string[]
      /** Only these attributes; `object` and `id` are always there */
      readonly fields?: string | readonly string[]
      /** Adds the number of records in all (counted anew each time), or the freshness of the streams behind the answer */
      readonly include?: 'total_count' | 'freshness' | readonly ('total_count' | 'freshness')[]
      /** Only these billing_invoice_line_items, by id */
      readonly 'id[in]'?: string | readonly string[]
      /** Only where partnerSource is this. Name of the partner system */
      readonly partnerSource?: string
      /** Only where partnerSource is one of this. Name of the partner system */
      readonly 'partnerSource[in]'?: string | readonly string[]
      /** Only where partnerSource begins with this. Name of the partner system */
      readonly 'partnerSource[prefix]'?: string
      /** Only where billing_invoice_id is this. The statement it is on */
      readonly billing_invoice_id?: string
      /** Only where billing_invoice_id is one of this. The statement it is on */
      readonly 'billing_invoice_id[in]'?: string | readonly string[]
      /** Only where partnerAccountConnectionId is this. The connection the record was last read through */
      readonly partnerAccountConnectionId?: string
      /** Only where partnerAccountConnectionId is one of this. The connection the record was last read through */
      readonly 'partnerAccountConnectionId[in]'?: string | readonly string[]
      /** Only where created_date is this. When the record was created at the partner */
      readonly created_date?: string
      /** Only where created_date is greater or later than this. When the record was created at the partner */
      readonly 'created_date[gt]'?: string
      /** Only where created_date is at least, or not before, this. When the record was created at the partner */
      readonly 'created_date[gte]'?: string
      /** Only where created_date is less or earlier than this. When the record was created at the partner */
      readonly 'created_date[lt]'?: string
      /** Only where created_date is at most, or not after, this. When the record was created at the partner */
      readonly 'created_date[lte]'?: string
      /** Only where modifiedDate is this. When our record last visibly changed */
      readonly modifiedDate?: string
      /** Only where modifiedDate is greater or later than this. When our record last visibly changed */
      readonly 'modifiedDate[gt]'?: string
      /** Only where modifiedDate is at least, or not before, this. When our record last visibly changed */
      readonly 'modifiedDate[gte]'?: string
      /** Only where modifiedDate is less or earlier than this. When our record last visibly changed */
      readonly 'modifiedDate[lt]'?: string
      /** Only where modifiedDate is at most, or not after, this. When our record last visibly changed */
      readonly 'modifiedDate[lte]'?: string
    }
    readonly body: undefined
    readonly answer: { readonly object: 'list'; readonly url: string; readonly data: readonly BillingInvoiceLineItem[]; readonly has_more: boolean; readonly next_cursor: string | null; readonly total_count?: number; readonly freshness?: readonly { readonly [name: string]: unknown }[] }
  }
  /** Retrieve a billing invoice line item */
  readonly retrieve_billing_invoice_line_item: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** Replaces ids by the objects they name. Paths of up to 4 names: ledgerAccountId, billing_invoice_id, partnerAccountConnectionId, and on from there. In lists, a leading `data.` may be left out */
      readonly expand?: string | readonly string[]
      /** Only these attributes; `object` and `id` are always there */
      readonly fields?: string | readonly string[]
    }
    readonly body: undefined
    readonly answer: BillingInvoiceLineItem | { readonly object: 'list'; readonly url: string; readonly data: readonly BillingInvoiceLineItem[]; readonly has_more: boolean; readonly next_cursor: string | null; readonly total_count?: number; readonly freshness?: readonly { readonly [name: string]: unknown }[] }
  }
  /** List ledger_accounts */
  readonly list_ledger_accounts: {
    readonly query: {
      /** Most records on a page */
      readonly limit?: number
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
      /** The page after this ledger_account */
      readonly starting_after?: string
      /** The page before this ledger_account */
      readonly ending_before?: string
      /** Newest first by this date */
      readonly sort?: 'created_date' | 'modifiedDate'
      /** Only records in this state; `all` for both */
      readonly recordState?: 'ACTIVE' | 'DELETED' | 'all'
      /** Replaces ids by the objects they name. Paths of up to 4 names: connections, and on from there. In lists, a leading `data.` may be left out */
      readonly expand?: string | readonly string[]
      /** Only these attributes; `object` and `id` are always there */
      readonly fields?: string | readonly string[]
      /** Adds the number of records in all (counted anew each time), or the freshness of the streams behind the answer */
      readonly include?: 'total_count' | 'freshness' | readonly ('total_count' | 'freshness')[]
      /** Only these ledger_accounts, by id */
      readonly 'id[in]'?: string | readonly string[]
      /** Only where institutionAccountId is this. The institution's own id of the business */
      readonly institutionAccountId?: string
      /** Only where institutionAccountId is one of this. The institution's own id of the business */
      readonly 'institutionAccountId[in]'?: string | readonly string[]
      /** Only where institutionAccountId begins with this. The institution's own id of the business */
      readonly 'institutionAccountId[prefix]'?: string
      /** Only where mode is this. Test data and live data never meet */
      readonly mode?: 'test' | 'live'
      /** Only where mode is one of this. Test data and live data never meet */
      readonly 'mode[in]'?: 'test' | 'live' | readonly ('test' | 'live')[]
      /** Only where created_date is this. When it was made */
      readonly created_date?: string
      /** Only where created_date is greater or later than this. When it was made */
      readonly 'created_date[gt]'?: string
      /** Only where created_date is at least, or not before, this. When it was made */
      readonly 'created_date[gte]'?: string
      /** Only where created_date is less or earlier than this. When it was made */
      readonly 'created_date[lt]'?: string
      /** Only where created_date is at most, or not after, this. When it was made */
      readonly 'created_date[lte]'?: string
      /** Only where modifiedDate is this. When it last changed */
      readonly modifiedDate?: string
      /** Only where modifiedDate is greater or later than this. When it last changed */
      readonly 'modifiedDate[gt]'?: string
      /** Only where modifiedDate is at least, or not before, this. When it last changed */
      readonly 'modifiedDate[gte]'?: string
      /** Only where modifiedDate is less or earlier than this. When it last changed */
      readonly 'modifiedDate[lt]'?: string
      /** Only where modifiedDate is at most, or not after, this. When it last changed */
      readonly 'modifiedDate[lte]'?: string
    }
    readonly body: undefined
    readonly answer: { readonly object: 'list'; readonly url: string; readonly data: readonly LedgerAccount[]; readonly has_more: boolean; readonly next_cursor: string | null; readonly total_count?: number; readonly freshness?: readonly { readonly [name: string]: unknown }[] }
  }
  /** Retrieve a ledger account */
  readonly retrieve_ledger_account: {
    readonly query: {
      /** Replaces ids by the objects they name. Paths of up to 4 names: connections, and on from there. In lists, a leading `data.` may be left out */
      readonly expand?: string | readonly string[]
      /** Only these attributes; `object` and `id` are always there */
      readonly fields?: string | readonly string[]
    }
    readonly body: undefined
    readonly answer: LedgerAccount
  }
  /** List partner_account_connections */
  readonly list_partner_account_connections: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** Most records on a page */
      readonly limit?: number
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
      /** The page after this partner_account_connection */
      readonly starting_after?: string
      /** The page before this partner_account_connection */
      readonly ending_before?: string
      /** Newest first by this date */
      readonly sort?: 'created_date' | 'modifiedDate'
      /** Only records in this state; `all` for both */
      readonly recordState?: 'ACTIVE' | 'DELETED' | 'all'
      /** Replaces ids by the objects they name. Paths of up to 4 names: ledgerAccountId, and on from there. In lists, a leading `data.` may be left out */
      readonly expand?: string | readonly string[]
      /** Only these attributes; `object` and `id` are always there */
      readonly fields?: string | readonly string[]
      /** Adds the number of records in all (counted anew each time), or the freshness of the streams behind the answer */
      readonly include?: 'total_count' | 'freshness' | readonly ('total_count' | 'freshness')[]
      /** Only these partner_account_connections, by id */
      readonly 'id[in]'?: string | readonly string[]
      /** Only where partnerSource is this. Name of the partner system */
      readonly partnerSource?: string
      /** Only where partnerSource is one of this. Name of the partner system */
      readonly 'partnerSource[in]'?: string | readonly string[]
      /** Only where partnerSource begins with this. Name of the partner system */
      readonly 'partnerSource[prefix]'?: string
      /** Only where partner_account_id is this. The partner's id of the account */
      readonly partner_account_id?: string
      /** Only where partner_account_id is one of this. The partner's id of the account */
      readonly 'partner_account_id[in]'?: string | readonly string[]
      /** Only where partner_account_id begins with this. The partner's id of the account */
      readonly 'partner_account_id[prefix]'?: string
      /** Only where status is this. State of the authorisation */
      readonly status?: 'Active' | 'Revoked' | 'Denied' | 'Inactive' | 'Lost Connection' | 'Not Authorised'
      /** Only where status is one of this. State of the authorisation */
      readonly 'status[in]'?: 'Active' | 'Revoked' | 'Denied' | 'Inactive' | 'Lost Connection' | 'Not Authorised' | readonly ('Active' | 'Revoked' | 'Denied' | 'Inactive' | 'Lost Connection' | 'Not Authorised')[]
      /** Only where created_date is this. When it was made */
      readonly created_date?: string
      /** Only where created_date is greater or later than this. When it was made */
      readonly 'created_date[gt]'?: string
      /** Only where created_date is at least, or not before, this. When it was made */
      readonly 'created_date[gte]'?: string
      /** Only where created_date is less or earlier than this. When it was made */
      readonly 'created_date[lt]'?: string
      /** Only where created_date is at most, or not after, this. When it was made */
      readonly 'created_date[lte]'?: string
      /** Only where modifiedDate is this. When it last changed */
      readonly modifiedDate?: string
      /** Only where modifiedDate is greater or later than this. When it last changed */
      readonly 'modifiedDate[gt]'?: string
      /** Only where modifiedDate is at least, or not before, this. When it last changed */
      readonly 'modifiedDate[gte]'?: string
      /** Only where modifiedDate is less or earlier than this. When it last changed */
      readonly 'modifiedDate[lt]'?: string
      /** Only where modifiedDate is at most, or not after, this. When it last changed */
      readonly 'modifiedDate[lte]'?: string
    }
    readonly body: undefined
    readonly answer: { readonly object: 'list'; readonly url: string; readonly data: readonly PartnerAccountConnection[]; readonly has_more: boolean; readonly next_cursor: string | null; readonly total_count?: number; readonly freshness?: readonly { readonly [name: string]: unknown }[] }
  }
  /** Retrieve a partner account connection */
  readonly retrieve_partner_account_connection: {
    readonly query: {
      /** Replaces ids by the objects they name. Paths of up to 4 names: ledgerAccountId, and on from there. In lists, a leading `data.` may be left out */
      readonly expand?: string | readonly string[]
      /** Only these attributes; `object` and `id` are always there */
      readonly fields?: string | readonly string[]
    }
    readonly body: undefined
    readonly answer: PartnerAccountConnection | { readonly object: 'list'; readonly url: string; readonly data: readonly PartnerAccountConnection[]; readonly has_more: boolean; readonly next_cursor: string | null; readonly total_count?: number; readonly freshness?: readonly { readonly [name: string]: unknown }[] }
  }
  /** List the payments of a customer */
  readonly list_payments_of_customer: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** Most records on a page */
      readonly limit?: number
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
      /** The page after this payment */
      readonly starting_after?: string
      /** The page before this payment */
      readonly ending_before?: string
      /** Newest first by this date */
      readonly sort?: 'created_date' | 'modifiedDate'
      /** Only records in this state; `all` for both */
      readonly recordState?: 'ACTIVE' | 'DELETED' | 'all'
      /** Only the records that have one of these ids at the partner's */
      readonly partnerRecordId?: string | readonly string[]
      /** Replaces ids by the objects they name. Paths of up to 4 names: ledgerAccountId, refunded_payment_id, customer_id, order_id, invoice_id, subscription_id, external_account_id, transaction, partnerAccountConnectionId, and on from there. In lists, a leading `data.` may be left out */
      readonly expand?: string | readonly string[]
      /** Only these attributes; `object` and `id` are always there */
      readonly fields?: string | readonly string[]
      /** Adds the number of records in all (counted anew each time), or the freshness of the streams behind the answer */
      readonly include?: 'total_count' | 'freshness' | readonly ('total_count' | 'freshness')[]
      /** Only these payments, by id */
      readonly 'id[in]'?: string | readonly string[]
      /** Only where partnerSource is this. Name of the partner system */
      readonly partnerSource?: string
      /** Only where partnerSource is one of this. Name of the partner system */
      readonly 'partnerSource[in]'?: string | readonly string[]
      /** Only where partnerSource begins with this. Name of the partner system */
      readonly 'partnerSource[prefix]'?: string
      /** Only where type is this. Charge or refund */
      readonly type?: 'charge' | 'refund'
      /** Only where type is one of this. Charge or refund */
      readonly 'type[in]'?: 'charge' | 'refund' | readonly ('charge' | 'refund')[]
      /** Only where amount is this. Amount; negative on a refund */
      readonly amount?: number
      /** Only where amount is greater or later than this. Amount; negative on a refund */
      readonly 'amount[gt]'?: number
      /** Only where amount is at least, or not before, this. Amount; negative on a refund */
      readonly 'amount[gte]'?: number
      /** Only where amount is less or earlier than this. Amount; negative on a refund */
      readonly 'amount[lt]'?: number
      /** Only where amount is at most, or not after, this. Amount; negative on a refund */
      readonly 'amount[lte]'?: number
      /** Only where currency is this. Currency of the amount */
      readonly currency?: string
      /** Only where currency is one of this. Currency of the amount */
      readonly 'currency[in]'?: string | readonly string[]
      /** Only where status is this. State */
      readonly status?: 'unknown' | 'pending' | 'failed' | 'succeeded' | 'cancelled'
      /** Only where status is one of this. State */
      readonly 'status[in]'?: 'unknown' | 'pending' | 'failed' | 'succeeded' | 'cancelled' | readonly ('unknown' | 'pending' | 'failed' | 'succeeded' | 'cancelled')[]
      /** Only where refunded_payment_id is this. On a refund: the charge it gives back */
      readonly refunded_payment_id?: string
      /** Only where refunded_payment_id is one of this. On a refund: the charge it gives back */
      readonly 'refunded_payment_id[in]'?: string | readonly string[]
      /** Only where order_id is this. The order that was paid */
      readonly order_id?: string
      /** Only where order_id is one of this. The order that was paid */
      readonly 'order_id[in]'?: string | readonly string[]
      /** Only where invoice_id is this. The invoice that was paid */
      readonly invoice_id?: string
      /** Only where invoice_id is one of this. The invoice that was paid */
      readonly 'invoice_id[in]'?: string | readonly string[]
      /** Only where subscription_id is this. The subscription that was paid for */
      readonly subscription_id?: string
      /** Only where subscription_id is one of this. The subscription that was paid for */
      readonly 'subscription_id[in]'?: string | readonly string[]
      /** Only where external_account_id is this. The saved instrument that was charged */
      readonly external_account_id?: string
      /** Only where external_account_id is one of this. The saved instrument that was charged */
      readonly 'external_account_id[in]'?: string | readonly string[]
      /** Only where partnerAccountConnectionId is this. The connection the record was last read through */
      readonly partnerAccountConnectionId?: string
      /** Only where partnerAccountConnectionId is one of this. The connection the record was last read through */
      readonly 'partnerAccountConnectionId[in]'?: string | readonly string[]
      /** Only where created_date is this. When the record was created at the partner */
      readonly created_date?: string
      /** Only where created_date is greater or later than this. When the record was created at the partner */
      readonly 'created_date[gt]'?: string
      /** Only where created_date is at least, or not before, this. When the record was created at the partner */
      readonly 'created_date[gte]'?: string
      /** Only where created_date is less or earlier than this. When the record was created at the partner */
      readonly 'created_date[lt]'?: string
      /** Only where created_date is at most, or not after, this. When the record was created at the partner */
      readonly 'created_date[lte]'?: string
      /** Only where modifiedDate is this. When our record last visibly changed */
      readonly modifiedDate?: string
      /** Only where modifiedDate is greater or later than this. When our record last visibly changed */
      readonly 'modifiedDate[gt]'?: string
      /** Only where modifiedDate is at least, or not before, this. When our record last visibly changed */
      readonly 'modifiedDate[gte]'?: string
      /** Only where modifiedDate is less or earlier than this. When our record last visibly changed */
      readonly 'modifiedDate[lt]'?: string
      /** Only where modifiedDate is at most, or not after, this. When our record last visibly changed */
      readonly 'modifiedDate[lte]'?: string
    }
    readonly body: undefined
    readonly answer: { readonly object: 'list'; readonly url: string; readonly data: readonly Payment[]; readonly has_more: boolean; readonly next_cursor: string | null; readonly total_count?: number; readonly freshness?: readonly { readonly [name: string]: unknown }[] }
  }
  /** List the disputes of a customer */
  readonly list_disputes_of_customer: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** Most records on a page */
      readonly limit?: number
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
      /** The page after this dispute */
      readonly starting_after?: string
      /** The page before this dispute */
      readonly ending_before?: string
      /** Newest first by this date */
      readonly sort?: 'created_date' | 'modifiedDate'
      /** Only records in this state; `all` for both */
      readonly recordState?: 'ACTIVE' | 'DELETED' | 'all'
      /** Only the records that have one of these ids at the partner's */
      readonly partnerRecordId?: string | readonly string[]
      /** Replaces ids by the objects they name. Paths of up to 4 names: ledgerAccountId, payment_id, customer_id, transaction, partnerAccountConnectionId, and on from there. In lists, a leading `data.` may be left out */
      readonly expand?: string | readonly string[]
      /** Only these attributes; `object` and `id` are always there */
      readonly fields?: string | readonly string[]
      /** Adds the number of records in all (counted anew each time), or the freshness of the streams behind the answer */
      readonly include?: 'total_count' | 'freshness' | readonly ('total_count' | 'freshness')[]
      /** Only these disputes, by id */
      readonly 'id[in]'?: string | readonly string[]
      /** Only where partnerSource is this. Name of the partner system */
      readonly partnerSource?: string
      /** Only where partnerSource is one of this. Name of the partner system */
      readonly 'partnerSource[in]'?: string | readonly string[]
      /** Only where partnerSource begins with this. Name of the partner system */
      readonly 'partnerSource[prefix]'?: string
      /** Only where amount is this. Disputed amount */
      readonly amount?: number
      /** Only where amount is greater or later than this. Disputed amount */
      readonly 'amount[gt]'?: number
      /** Only where amount is at least, or not before, this. Disputed amount */
      readonly 'amount[gte]'?: number
      /** Only where amount is less or earlier than this. Disputed amount */
      readonly 'amount[lt]'?: number
      /** Only where amount is at most, or not after, this. Disputed amount */
      readonly 'amount[lte]'?: number
      /** Only where currency is this. Currency of the amount */
      readonly currency?: string
      /** Only where currency is one of this. Currency of the amount */
      readonly 'currency[in]'?: string | readonly string[]
      /** Only where status is this. State */
      readonly status?: 'warning' | 'needs_response' | 'under_review' | 'won' | 'lost' | 'closed' | 'other'
      /** Only where status is one of this. State */
      readonly 'status[in]'?: 'warning' | 'needs_response' | 'under_review' | 'won' | 'lost' | 'closed' | 'other' | readonly ('warning' | 'needs_response' | 'under_review' | 'won' | 'lost' | 'closed' | 'other')[]
      /** Only where evidence_due_date is this. Last moment to answer */
      readonly evidence_due_date?: string
      /** Only where evidence_due_date is greater or later than this. Last moment to answer */
      readonly 'evidence_due_date[gt]'?: string
      /** Only where evidence_due_date is at least, or not before, this. Last moment to answer */
      readonly 'evidence_due_date[gte]'?: string
      /** Only where evidence_due_date is less or earlier than this. Last moment to answer */
      readonly 'evidence_due_date[lt]'?: string
      /** Only where evidence_due_date is at most, or not after, this. Last moment to answer */
      readonly 'evidence_due_date[lte]'?: string
      /** Only where payment_id is this. The disputed payment */
      readonly payment_id?: string
      /** Only where payment_id is one of this. The disputed payment */
      readonly 'payment_id[in]'?: string | readonly string[]
      /** Only where partnerAccountConnectionId is this. The connection the record was last read through */
      readonly partnerAccountConnectionId?: string
      /** Only where partnerAccountConnectionId is one of this. The connection the record was last read through */
      readonly 'partnerAccountConnectionId[in]'?: string | readonly string[]
      /** Only where created_date is this. When the record was created at the partner */
      readonly created_date?: string
      /** Only where created_date is greater or later than this. When the record was created at the partner */
      readonly 'created_date[gt]'?: string
      /** Only where created_date is at least, or not before, this. When the record was created at the partner */
      readonly 'created_date[gte]'?: string
      /** Only where created_date is less or earlier than this. When the record was created at the partner */
      readonly 'created_date[lt]'?: string
      /** Only where created_date is at most, or not after, this. When the record was created at the partner */
      readonly 'created_date[lte]'?: string
      /** Only where modifiedDate is this. When our record last visibly changed */
      readonly modifiedDate?: string
      /** Only where modifiedDate is greater or later than this. When our record last visibly changed */
      readonly 'modifiedDate[gt]'?: string
      /** Only where modifiedDate is at least, or not before, this. When our record last visibly changed */
      readonly 'modifiedDate[gte]'?: string
      /** Only where modifiedDate is less or earlier than this. When our record last visibly changed */
      readonly 'modifiedDate[lt]'?: string
      /** Only where modifiedDate is at most, or not after, this. When our record last visibly changed */
      readonly 'modifiedDate[lte]'?: string
    }
    readonly body: undefined
    readonly answer: { readonly object: 'list'; readonly url: string; readonly data: readonly Dispute[]; readonly has_more: boolean; readonly next_cursor: string | null; readonly total_count?: number; readonly freshness?: readonly { readonly [name: string]: unknown }[] }
  }
  /** List the external accounts of a customer */
  readonly list_external_accounts_of_customer: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** Most records on a page */
      readonly limit?: number
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
      /** The page after this external_account */
      readonly starting_after?: string
      /** The page before this external_account */
      readonly ending_before?: string
      /** Newest first by this date */
      readonly sort?: 'created_date' | 'modifiedDate'
      /** Only records in this state; `all` for both */
      readonly recordState?: 'ACTIVE' | 'DELETED' | 'all'
      /** Only the records that have one of these ids at the partner's */
      readonly partnerRecordId?: string | readonly string[]
      /** Replaces ids by the objects they name. Paths of up to 4 names: ledgerAccountId, customer_id, partnerAccountConnectionId, and on from there. In lists, a leading `data.` may be left out */
      readonly expand?: string | readonly string[]
      /** Only these attributes; `object` and `id` are always there */
      readonly fields?: string | readonly string[]
      /** Adds the number of records in all (counted anew each time), or the freshness of the streams behind the answer */
      readonly include?: 'total_count' | 'freshness' | readonly ('total_count' | 'freshness')[]
      /** Only these external_accounts, by id */
      readonly 'id[in]'?: string | readonly string[]
      /** Only where partnerSource is this. Name of the partner system */
      readonly partnerSource?: string
      /** Only where partnerSource is one of this. Name of the partner system */
      readonly 'partnerSource[in]'?: string | readonly string[]
      /** Only where partnerSource begins with this. Name of the partner system */
      readonly 'partnerSource[prefix]'?: string
      /** Only where type is this. Which of the three hashes is filled */
      readonly type?: 'bank_account' | 'card' | 'other'
      /** Only where type is one of this. Which of the three hashes is filled */
      readonly 'type[in]'?: 'bank_account' | 'card' | 'other' | readonly ('bank_account' | 'card' | 'other')[]
      /** Only where status is this. State */
      readonly status?: 'active' | 'expired' | 'disabled' | 'removed' | 'other'
      /** Only where status is one of this. State */
      readonly 'status[in]'?: 'active' | 'expired' | 'disabled' | 'removed' | 'other' | readonly ('active' | 'expired' | 'disabled' | 'removed' | 'other')[]
      /** Only where partnerAccountConnectionId is this. The connection the record was last read through */
      readonly partnerAccountConnectionId?: string
      /** Only where partnerAccountConnectionId is one of this. The connection the record was last read through */
      readonly 'partnerAccountConnectionId[in]'?: string | readonly string[]
      /** Only where created_date is this. When the record was created at the partner */
      readonly created_date?: string
      /** Only where created_date is greater or later than this. When the record was created at the partner */
      readonly 'created_date[gt]'?: string
      /** Only where created_date is at least, or not before, this. When the record was created at the partner */
      readonly 'created_date[gte]'?: string
      /** Only where created_date is less or earlier than this. When the record was created at the partner */
      readonly 'created_date[lt]'?: string
      /** Only where created_date is at most, or not after, this. When the record was created at the partner */
      readonly 'created_date[lte]'?: string
      /** Only where modifiedDate is this. When our record last visibly changed */
      readonly modifiedDate?: string
      /** Only where modifiedDate is greater or later than this. When our record last visibly changed */
      readonly 'modifiedDate[gt]'?: string
      /** Only where modifiedDate is at least, or not before, this. When our record last visibly changed */
      readonly 'modifiedDate[gte]'?: string
      /** Only where modifiedDate is less or earlier than this. When our record last visibly changed */
      readonly 'modifiedDate[lt]'?: string
      /** Only where modifiedDate is at most, or not after, this. When our record last visibly changed */
      readonly 'modifiedDate[lte]'?: string
    }
    readonly body: undefined
    readonly answer: { readonly object: 'list'; readonly url: string; readonly data: readonly ExternalAccount[]; readonly has_more: boolean; readonly next_cursor: string | null; readonly total_count?: number; readonly freshness?: readonly { readonly [name: string]: unknown }[] }
  }
  /** List the subscriptions of a customer */
  readonly list_subscriptions_of_customer: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** Most records on a page */
      readonly limit?: number
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
      /** The page after this subscription */
      readonly starting_after?: string
      /** The page before this subscription */
      readonly ending_before?: string
      /** Newest first by this date */
      readonly sort?: 'created_date' | 'modifiedDate'
      /** Only records in this state; `all` for both */
      readonly recordState?: 'ACTIVE' | 'DELETED' | 'all'
      /** Only the records that have one of these ids at the partner's */
      readonly partnerRecordId?: string | readonly string[]
      /** Replaces ids by the objects they name. Paths of up to 4 names: ledgerAccountId, customer_id, external_account_id, latest_invoice_id, partnerAccountConnectionId, product_id, and on from there. In lists, a leading `data.` may be left out */
      readonly expand?: string | readonly string[]
      /** Only these attributes; `object` and `id` are always there */
      readonly fields?: string | readonly string[]
      /** Adds the number of records in all (counted anew each time), or the freshness of the streams behind the answer */
      readonly include?: 'total_count' | 'freshness' | readonly ('total_count' | 'freshness')[]
      /** Only these subscriptions, by id */
      readonly 'id[in]'?: string | readonly string[]
      /** Only where partnerSource is this. Name of the partner system */
      readonly partnerSource?: string
      /** Only where partnerSource is one of this. Name of the partner system */
      readonly 'partnerSource[in]'?: string | readonly string[]
      /** Only where partnerSource begins with this. Name of the partner system */
      readonly 'partnerSource[prefix]'?: string
      /** Only where status is this. State */
      readonly status?: 'incomplete' | 'trialing' | 'active' | 'past_due' | 'paused' | 'cancelled' | 'expired' | 'other'
      /** Only where status is one of this. State */
      readonly 'status[in]'?: 'incomplete' | 'trialing' | 'active' | 'past_due' | 'paused' | 'cancelled' | 'expired' | 'other' | readonly ('incomplete' | 'trialing' | 'active' | 'past_due' | 'paused' | 'cancelled' | 'expired' | 'other')[]
      /** Only where amount is this. Charged each interval */
      readonly amount?: number
      /** Only where amount is greater or later than this. Charged each interval */
      readonly 'amount[gt]'?: number
      /** Only where amount is at least, or not before, this. Charged each interval */
      readonly 'amount[gte]'?: number
      /** Only where amount is less or earlier than this. Charged each interval */
      readonly 'amount[lt]'?: number
      /** Only where amount is at most, or not after, this. Charged each interval */
      readonly 'amount[lte]'?: number
      /** Only where currency is this. Currency of the amount */
      readonly currency?: string
      /** Only where currency is one of this. Currency of the amount */
      readonly 'currency[in]'?: string | readonly string[]
      /** Only where current_period_end is this. End of the period being paid for */
      readonly current_period_end?: string
      /** Only where current_period_end is greater or later than this. End of the period being paid for */
      readonly 'current_period_end[gt]'?: string
      /** Only where current_period_end is at least, or not before, this. End of the period being paid for */
      readonly 'current_period_end[gte]'?: string
      /** Only where current_period_end is less or earlier than this. End of the period being paid for */
      readonly 'current_period_end[lt]'?: string
      /** Only where current_period_end is at most, or not after, this. End of the period being paid for */
      readonly 'current_period_end[lte]'?: string
      /** Only where external_account_id is this. The instrument charged */
      readonly external_account_id?: string
      /** Only where external_account_id is one of this. The instrument charged */
      readonly 'external_account_id[in]'?: string | readonly string[]
      /** Only where partnerAccountConnectionId is this. The connection the record was last read through */
      readonly partnerAccountConnectionId?: string
      /** Only where partnerAccountConnectionId is one of this. The connection the record was last read through */
      readonly 'partnerAccountConnectionId[in]'?: string | readonly string[]
      /** Only where created_date is this. When the record was created at the partner */
      readonly created_date?: string
      /** Only where created_date is greater or later than this. When the record was created at the partner */
      readonly 'created_date[gt]'?: string
      /** Only where created_date is at least, or not before, this. When the record was created at the partner */
      readonly 'created_date[gte]'?: string
      /** Only where created_date is less or earlier than this. When the record was created at the partner */
      readonly 'created_date[lt]'?: string
      /** Only where created_date is at most, or not after, this. When the record was created at the partner */
      readonly 'created_date[lte]'?: string
      /** Only where modifiedDate is this. When our record last visibly changed */
      readonly modifiedDate?: string
      /** Only where modifiedDate is greater or later than this. When our record last visibly changed */
      readonly 'modifiedDate[gt]'?: string
      /** Only where modifiedDate is at least, or not before, this. When our record last visibly changed */
      readonly 'modifiedDate[gte]'?: string
      /** Only where modifiedDate is less or earlier than this. When our record last visibly changed */
      readonly 'modifiedDate[lt]'?: string
      /** Only where modifiedDate is at most, or not after, this. When our record last visibly changed */
      readonly 'modifiedDate[lte]'?: string
    }
    readonly body: undefined
    readonly answer: { readonly object: 'list'; readonly url: string; readonly data: readonly Subscription[]; readonly has_more: boolean; readonly next_cursor: string | null; readonly total_count?: number; readonly freshness?: readonly { readonly [name: string]: unknown }[] }
  }
  /** List the orders of a customer */
  readonly list_orders_of_customer: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** Most records on a page */
      readonly limit?: number
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
      /** The page after this order */
      readonly starting_after?: string
      /** The page before this order */
      readonly ending_before?: string
      /** Newest first by this date */
      readonly sort?: 'created_date' | 'modifiedDate'
      /** Only records in this state; `all` for both */
      readonly recordState?: 'ACTIVE' | 'DELETED' | 'all'
      /** Only the records that have one of these ids at the partner's */
      readonly partnerRecordId?: string | readonly string[]
      /** Replaces ids by the objects they name. Paths of up to 4 names: ledgerAccountId, customer_id, partnerAccountConnectionId, product_id, and on from there. In lists, a leading `data.` may be left out */
      readonly expand?: string | readonly string[]
      /** Only these attributes; `object` and `id` are always there */
      readonly fields?: string | readonly string[]
      /** Adds the number of records in all (counted anew each time), or the freshness of the streams behind the answer */
      readonly include?: 'total_count' | 'freshness' | readonly ('total_count' | 'freshness')[]
      /** Only these orders, by id */
      readonly 'id[in]'?: string | readonly string[]
      /** Only where partnerSource is this. Name of the partner system */
      readonly partnerSource?: string
      /** Only where partnerSource is one of this. Name of the partner system */
      readonly 'partnerSource[in]'?: string | readonly string[]
      /** Only where partnerSource begins with this. Name of the partner system */
      readonly 'partnerSource[prefix]'?: string
      /** Only where number is this. Number the buyer knows it by */
      readonly number?: string
      /** Only where number is one of this. Number the buyer knows it by */
      readonly 'number[in]'?: string | readonly string[]
      /** Only where number begins with this. Number the buyer knows it by */
      readonly 'number[prefix]'?: string
      /** Only where status is this. State */
      readonly status?: 'draft' | 'open' | 'completed' | 'cancelled' | 'other'
      /** Only where status is one of this. State */
      readonly 'status[in]'?: 'draft' | 'open' | 'completed' | 'cancelled' | 'other' | readonly ('draft' | 'open' | 'completed' | 'cancelled' | 'other')[]
      /** Only where amount is this. Total */
      readonly amount?: number
      /** Only where amount is greater or later than this. Total */
      readonly 'amount[gt]'?: number
      /** Only where amount is at least, or not before, this. Total */
      readonly 'amount[gte]'?: number
      /** Only where amount is less or earlier than this. Total */
      readonly 'amount[lt]'?: number
      /** Only where amount is at most, or not after, this. Total */
      readonly 'amount[lte]'?: number
      /** Only where currency is this. Currency of the amounts */
      readonly currency?: string
      /** Only where currency is one of this. Currency of the amounts */
      readonly 'currency[in]'?: string | readonly string[]
      /** Only where email is this. E-mail address given with the order */
      readonly email?: string
      /** Only where email is one of this. E-mail address given with the order */
      readonly 'email[in]'?: string | readonly string[]
      /** Only where placed_date is this. When the buyer placed it */
      readonly placed_date?: string
      /** Only where placed_date is greater or later than this. When the buyer placed it */
      readonly 'placed_date[gt]'?: string
      /** Only where placed_date is at least, or not before, this. When the buyer placed it */
      readonly 'placed_date[gte]'?: string
      /** Only where placed_date is less or earlier than this. When the buyer placed it */
      readonly 'placed_date[lt]'?: string
      /** Only where placed_date is at most, or not after, this. When the buyer placed it */
      readonly 'placed_date[lte]'?: string
      /** Only where partnerAccountConnectionId is this. The connection the record was last read through */
      readonly partnerAccountConnectionId?: string
      /** Only where partnerAccountConnectionId is one of this. The connection the record was last read through */
      readonly 'partnerAccountConnectionId[in]'?: string | readonly string[]
      /** Only where created_date is this. When the record was created at the partner */
      readonly created_date?: string
      /** Only where created_date is greater or later than this. When the record was created at the partner */
      readonly 'created_date[gt]'?: string
      /** Only where created_date is at least, or not before, this. When the record was created at the partner */
      readonly 'created_date[gte]'?: string
      /** Only where created_date is less or earlier than this. When the record was created at the partner */
      readonly 'created_date[lt]'?: string
      /** Only where created_date is at most, or not after, this. When the record was created at the partner */
      readonly 'created_date[lte]'?: string
      /** Only where modifiedDate is this. When our record last visibly changed */
      readonly modifiedDate?: string
      /** Only where modifiedDate is greater or later than this. When our record last visibly changed */
      readonly 'modifiedDate[gt]'?: string
      /** Only where modifiedDate is at least, or not before, this. When our record last visibly changed */
      readonly 'modifiedDate[gte]'?: string
      /** Only where modifiedDate is less or earlier than this. When our record last visibly changed */
      readonly 'modifiedDate[lt]'?: string
      /** Only where modifiedDate is at most, or not after, this. When our record last visibly changed */
      readonly 'modifiedDate[lte]'?: string
    }
    readonly body: undefined
    readonly answer: { readonly object: 'list'; readonly url: string; readonly data: readonly Order[]; readonly has_more: boolean; readonly next_cursor: string | null; readonly total_count?: number; readonly freshness?: readonly { readonly [name: string]: unknown }[] }
  }
  /** List the invoices of a customer */
  readonly list_invoices_of_customer: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** Most records on a page */
      readonly limit?: number
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
      /** The page after this invoice */
      readonly starting_after?: string
      /** The page before this invoice */
      readonly ending_before?: string
      /** Newest first by this date */
      readonly sort?: 'created_date' | 'modifiedDate'
      /** Only records in this state; `all` for both */
      readonly recordState?: 'ACTIVE' | 'DELETED' | 'all'
      /** Only the records that have one of these ids at the partner's */
      readonly partnerRecordId?: string | readonly string[]
      /** Replaces ids by the objects they name. Paths of up to 4 names: ledgerAccountId, customer_id, subscription_id, order_id, payment_id, partnerAccountConnectionId, product_id, and on from there. In lists, a leading `data.` may be left out */
      readonly expand?: string | readonly string[]
      /** Only these attributes; `object` and `id` are always there */
      readonly fields?: string | readonly string[]
      /** Adds the number of records in all (counted anew each time), or the freshness of the streams behind the answer */
      readonly include?: 'total_count' | 'freshness' | readonly ('total_count' | 'freshness')[]
      /** Only these invoices, by id */
      readonly 'id[in]'?: string | readonly string[]
      /** Only where partnerSource is this. Name of the partner system */
      readonly partnerSource?: string
      /** Only where partnerSource is one of this. Name of the partner system */
      readonly 'partnerSource[in]'?: string | readonly string[]
      /** Only where partnerSource begins with this. Name of the partner system */
      readonly 'partnerSource[prefix]'?: string
      /** Only where number is this. Number the buyer knows it by */
      readonly number?: string
      /** Only where number is one of this. Number the buyer knows it by */
      readonly 'number[in]'?: string | readonly string[]
      /** Only where number begins with this. Number the buyer knows it by */
      readonly 'number[prefix]'?: string
      /** Only where status is this. State */
      readonly status?: 'draft' | 'open' | 'paid' | 'void' | 'uncollectible' | 'other'
      /** Only where status is one of this. State */
      readonly 'status[in]'?: 'draft' | 'open' | 'paid' | 'void' | 'uncollectible' | 'other' | readonly ('draft' | 'open' | 'paid' | 'void' | 'uncollectible' | 'other')[]
      /** Only where amount_due is this. What is to be paid */
      readonly amount_due?: number
      /** Only where amount_due is greater or later than this. What is to be paid */
      readonly 'amount_due[gt]'?: number
      /** Only where amount_due is at least, or not before, this. What is to be paid */
      readonly 'amount_due[gte]'?: number
      /** Only where amount_due is less or earlier than this. What is to be paid */
      readonly 'amount_due[lt]'?: number
      /** Only where amount_due is at most, or not after, this. What is to be paid */
      readonly 'amount_due[lte]'?: number
      /** Only where currency is this. Currency of the amounts */
      readonly currency?: string
      /** Only where currency is one of this. Currency of the amounts */
      readonly 'currency[in]'?: string | readonly string[]
      /** Only where due_date is this. Last day to pay */
      readonly due_date?: string
      /** Only where due_date is greater or later than this. Last day to pay */
      readonly 'due_date[gt]'?: string
      /** Only where due_date is at least, or not before, this. Last day to pay */
      readonly 'due_date[gte]'?: string
      /** Only where due_date is less or earlier than this. Last day to pay */
      readonly 'due_date[lt]'?: string
      /** Only where due_date is at most, or not after, this. Last day to pay */
      readonly 'due_date[lte]'?: string
      /** Only where subscription_id is this. The subscription it bills */
      readonly subscription_id?: string
      /** Only where subscription_id is one of this. The subscription it bills */
      readonly 'subscription_id[in]'?: string | readonly string[]
      /** Only where order_id is this. The order it bills */
      readonly order_id?: string
      /** Only where order_id is one of this. The order it bills */
      readonly 'order_id[in]'?: string | readonly string[]
      /** Only where payment_id is this. The payment that settled it */
      readonly payment_id?: string
      /** Only where payment_id is one of this. The payment that settled it */
      readonly 'payment_id[in]'?: string | readonly string[]
      /** Only where partnerAccountConnectionId is this. The connection the record was last read through */
      readonly partnerAccountConnectionId?: string
      /** Only where partnerAccountConnectionId is one of this. The connection the record was last read through */
      readonly 'partnerAccountConnectionId[in]'?: string | readonly string[]
      /** Only where created_date is this. When the record was created at the partner */
      readonly created_date?: string
      /** Only where created_date is greater or later than this. When the record was created at the partner */
      readonly 'created_date[gt]'?: string
      /** Only where created_date is at least, or not before, this. When the record was created at the partner */
      readonly 'created_date[gte]'?: string
      /** Only where created_date is less or earlier than this. When the record was created at the partner */
      readonly 'created_date[lt]'?: string
      /** Only where created_date is at most, or not after, this. When the record was created at the partner */
      readonly 'created_date[lte]'?: string
      /** Only where modifiedDate is this. When our record last visibly changed */
      readonly modifiedDate?: string
      /** Only where modifiedDate is greater or later than this. When our record last visibly changed */
      readonly 'modifiedDate[gt]'?: string
      /** Only where modifiedDate is at least, or not before, this. When our record last visibly changed */
      readonly 'modifiedDate[gte]'?: string
      /** Only where modifiedDate is less or earlier than this. When our record last visibly changed */
      readonly 'modifiedDate[lt]'?: string
      /** Only where modifiedDate is at most, or not after, this. When our record last visibly changed */
      readonly 'modifiedDate[lte]'?: string
    }
    readonly body: undefined
    readonly answer: { readonly object: 'list'; readonly url: string; readonly data: readonly Invoice[]; readonly has_more: boolean; readonly next_cursor: string | null; readonly total_count?: number; readonly freshness?: readonly { readonly [name: string]: unknown }[] }
  }
  /** List the transactions of a settlement */
  readonly list_transactions_of_settlement: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** Most records on a page */
      readonly limit?: number
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
      /** The page after this transaction */
      readonly starting_after?: string
      /** The page before this transaction */
      readonly ending_before?: string
      /** Newest first by this date */
      readonly sort?: 'created_date' | 'modifiedDate'
      /** Only records in this state; `all` for both */
      readonly recordState?: 'ACTIVE' | 'DELETED' | 'all'
      /** Only the records that have one of these ids at the partner's */
      readonly partnerRecordId?: string | readonly string[]
      /** Replaces ids by the objects they name. Paths of up to 4 names: ledgerAccountId, source_id, settlement_id, partnerAccountConnectionId, and on from there. In lists, a leading `data.` may be left out */
      readonly expand?: string | readonly string[]
      /** Only these attributes; `object` and `id` are always there */
      readonly fields?: string | readonly string[]
      /** Adds the number of records in all (counted anew each time), or the freshness of the streams behind the answer */
      readonly include?: 'total_count' | 'freshness' | readonly ('total_count' | 'freshness')[]
      /** Only these transactions, by id */
      readonly 'id[in]'?: string | readonly string[]
      /** Only where partnerSource is this. Name of the partner system */
      readonly partnerSource?: string
      /** Only where partnerSource is one of this. Name of the partner system */
      readonly 'partnerSource[in]'?: string | readonly string[]
      /** Only where partnerSource begins with this. Name of the partner system */
      readonly 'partnerSource[prefix]'?: string
      /** Only where type is this. What moved the balance; adjustment: tied to none of the others */
      readonly type?: 'payment' | 'refund' | 'settlement' | 'dispute' | 'adjustment'
      /** Only where type is one of this. What moved the balance; adjustment: tied to none of the others */
      readonly 'type[in]'?: 'payment' | 'refund' | 'settlement' | 'dispute' | 'adjustment' | readonly ('payment' | 'refund' | 'settlement' | 'dispute' | 'adjustment')[]
      /** Only where amount is this. Gross amount, signed */
      readonly amount?: number
      /** Only where amount is greater or later than this. Gross amount, signed */
      readonly 'amount[gt]'?: number
      /** Only where amount is at least, or not before, this. Gross amount, signed */
      readonly 'amount[gte]'?: number
      /** Only where amount is less or earlier than this. Gross amount, signed */
      readonly 'amount[lt]'?: number
      /** Only where amount is at most, or not after, this. Gross amount, signed */
      readonly 'amount[lte]'?: number
      /** Only where currency is this. Currency of the seller's balance */
      readonly currency?: string
      /** Only where currency is one of this. Currency of the seller's balance */
      readonly 'currency[in]'?: string | readonly string[]
      /** Only where source_id is this. The payment, settlement or dispute that moved the balance */
      readonly source_id?: string
      /** Only where source_id is one of this. The payment, settlement or dispute that moved the balance */
      readonly 'source_id[in]'?: string | readonly string[]
      /** Only where available_date is this. When the money can be paid out */
      readonly available_date?: string
      /** Only where available_date is greater or later than this. When the money can be paid out */
      readonly 'available_date[gt]'?: string
      /** Only where available_date is at least, or not before, this. When the money can be paid out */
      readonly 'available_date[gte]'?: string
      /** Only where available_date is less or earlier than this. When the money can be paid out */
      readonly 'available_date[lt]'?: string
      /** Only where available_date is at most, or not after, this. When the money can be paid out */
      readonly 'available_date[lte]'?: string
      /** Only where partnerAccountConnectionId is this. The connection the record was last read through */
      readonly partnerAccountConnectionId?: string
      /** Only where partnerAccountConnectionId is one of this. The connection the record was last read through */
      readonly 'partnerAccountConnectionId[in]'?: string | readonly string[]
      /** Only where created_date is this. When the record was created at the partner */
      readonly created_date?: string
      /** Only where created_date is greater or later than this. When the record was created at the partner */
      readonly 'created_date[gt]'?: string
      /** Only where created_date is at least, or not before, this. When the record was created at the partner */
      readonly 'created_date[gte]'?: string
      /** Only where created_date is less or earlier than this. When the record was created at the partner */
      readonly 'created_date[lt]'?: string
      /** Only where created_date is at most, or not after, this. When the record was created at the partner */
      readonly 'created_date[lte]'?: string
      /** Only where modifiedDate is this. When our record last visibly changed */
      readonly modifiedDate?: string
      /** Only where modifiedDate is greater or later than this. When our record last visibly changed */
      readonly 'modifiedDate[gt]'?: string
      /** Only where modifiedDate is at least, or not before, this. When our record last visibly changed */
      readonly 'modifiedDate[gte]'?: string
      /** Only where modifiedDate is less or earlier than this. When our record last visibly changed */
      readonly 'modifiedDate[lt]'?: string
      /** Only where modifiedDate is at most, or not after, this. When our record last visibly changed */
      readonly 'modifiedDate[lte]'?: string
    }
    readonly body: undefined
    readonly answer: { readonly object: 'list'; readonly url: string; readonly data: readonly Transaction[]; readonly has_more: boolean; readonly next_cursor: string | null; readonly total_count?: number; readonly freshness?: readonly { readonly [name: string]: unknown }[] }
  }
  /** List the line items of a billing invoice */
  readonly list_line_items_of_billing_invoice: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** Most records on a page */
      readonly limit?: number
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
      /** The page after this billing_invoice_line_item */
      readonly starting_after?: string
      /** The page before this billing_invoice_line_item */
      readonly ending_before?: string
      /** Newest first by this date */
      readonly sort?: 'created_date' | 'modifiedDate'
      /** Only records in this state; `all` for both */
      readonly recordState?: 'ACTIVE' | 'DELETED' | 'all'
      /** Only the records that have one of these ids at the partner's */
      readonly partnerRecordId?: string | readonly string[]
      /** Replaces ids by the objects they name. Paths of up to 4 names: ledgerAccountId, billing_invoice_id, partnerAccountConnectionId, and on from there. In lists, a leading `data.` may be left out */
      readonly expand?: string | readonly string[]
      /** Only these attributes; `object` and `id` are always there */
      readonly fields?: string | readonly string[]
      /** Adds the number of records in all (counted anew each time), or the freshness of the streams behind the answer */
      readonly include?: 'total_count' | 'freshness' | readonly ('total_count' | 'freshness')[]
      /** Only these billing_invoice_line_items, by id */
      readonly 'id[in]'?: string | readonly string[]
      /** Only where partnerSource is this. Name of the partner system */
      readonly partnerSource?: string
      /** Only where partnerSource is one of this. Name of the partner system */
      readonly 'partnerSource[in]'?: string | readonly string[]
      /** Only where partnerSource begins with this. Name of the partner system */
      readonly 'partnerSource[prefix]'?: string
      /** Only where partnerAccountConnectionId is this. The connection the record was last read through */
      readonly partnerAccountConnectionId?: string
      /** Only where partnerAccountConnectionId is one of this. The connection the record was last read through */
      readonly 'partnerAccountConnectionId[in]'?: string | readonly string[]
      /** Only where created_date is this. When the record was created at the partner */
      readonly created_date?: string
      /** Only where created_date is greater or later than this. When the record was created at the partner */
      readonly 'created_date[gt]'?: string
      /** Only where created_date is at least, or not before, this. When the record was created at the partner */
      readonly 'created_date[gte]'?: string
      /** Only where created_date is less or earlier than this. When the record was created at the partner */
      readonly 'created_date[lt]'?: string
      /** Only where created_date is at most, or not after, this. When the record was created at the partner */
      readonly 'created_date[lte]'?: string
      /** Only where modifiedDate is this. When our record last visibly changed */
      readonly modifiedDate?: string
      /** Only where modifiedDate is greater or later than this. When our record last visibly changed */
      readonly 'modifiedDate[gt]'?: string
      /** Only where modifiedDate is at least, or not before, this. When our record last visibly changed */
      readonly 'modifiedDate[gte]'?: string
      /** Only where modifiedDate is less or earlier than this. When our record last visibly changed */
      readonly 'modifiedDate[lt]'?: string
      /** Only where modifiedDate is at most, or not after, this. When our record last visibly changed */
      readonly 'modifiedDate[lte]'?: string
    }
    readonly body: undefined
    readonly answer: { readonly object: 'list'; readonly url: string; readonly data: readonly BillingInvoiceLineItem[]; readonly has_more: boolean; readonly next_cursor: string | null; readonly total_count?: number; readonly freshness?: readonly { readonly [name: string]: unknown }[] }
  }
  /** List the partner account connections of a ledger account */
  readonly list_partner_account_connections_of_ledger_account: {
    readonly query: {
      /** Most records on a page */
      readonly limit?: number
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
      /** The page after this partner_account_connection */
      readonly starting_after?: string
      /** The page before this partner_account_connection */
      readonly ending_before?: string
      /** Newest first by this date */
      readonly sort?: 'created_date' | 'modifiedDate'
      /** Only records in this state; `all` for both */
      readonly recordState?: 'ACTIVE' | 'DELETED' | 'all'
      /** Replaces ids by the objects they name. Paths of up to 4 names: ledgerAccountId, and on from there. In lists, a leading `data.` may be left out */
      readonly expand?: string | readonly string[]
      /** Only these attributes; `object` and `id` are always there */
      readonly fields?: string | readonly string[]
      /** Adds the number of records in all (counted anew each time), or the freshness of the streams behind the answer */
      readonly include?: 'total_count' | 'freshness' | readonly ('total_count' | 'freshness')[]
      /** Only these partner_account_connections, by id */
      readonly 'id[in]'?: string | readonly string[]
      /** Only where partnerSource is this. Name of the partner system */
      readonly partnerSource?: string
      /** Only where partnerSource is one of this. Name of the partner system */
      readonly 'partnerSource[in]'?: string | readonly string[]
      /** Only where partnerSource begins with this. Name of the partner system */
      readonly 'partnerSource[prefix]'?: string
      /** Only where partner_account_id is this. The partner's id of the account */
      readonly partner_account_id?: string
      /** Only where partner_account_id is one of this. The partner's id of the account */
      readonly 'partner_account_id[in]'?: string | readonly string[]
      /** Only where partner_account_id begins with this. The partner's id of the account */
      readonly 'partner_account_id[prefix]'?: string
      /** Only where status is this. State of the authorisation */
      readonly status?: 'Active' | 'Revoked' | 'Denied' | 'Inactive' | 'Lost Connection' | 'Not Authorised'
      /** Only where status is one of this. State of the authorisation */
      readonly 'status[in]'?: 'Active' | 'Revoked' | 'Denied' | 'Inactive' | 'Lost Connection' | 'Not Authorised' | readonly ('Active' | 'Revoked' | 'Denied' | 'Inactive' | 'Lost Connection' | 'Not Authorised')[]
      /** Only where created_date is this. When it was made */
      readonly created_date?: string
      /** Only where created_date is greater or later than this. When it was made */
      readonly 'created_date[gt]'?: string
      /** Only where created_date is at least, or not before, this. When it was made */
      readonly 'created_date[gte]'?: string
      /** Only where created_date is less or earlier than this. When it was made */
      readonly 'created_date[lt]'?: string
      /** Only where created_date is at most, or not after, this. When it was made */
      readonly 'created_date[lte]'?: string
      /** Only where modifiedDate is this. When it last changed */
      readonly modifiedDate?: string
      /** Only where modifiedDate is greater or later than this. When it last changed */
      readonly 'modifiedDate[gt]'?: string
      /** Only where modifiedDate is at least, or not before, this. When it last changed */
      readonly 'modifiedDate[gte]'?: string
      /** Only where modifiedDate is less or earlier than this. When it last changed */
      readonly 'modifiedDate[lt]'?: string
      /** Only where modifiedDate is at most, or not after, this. When it last changed */
      readonly 'modifiedDate[lte]'?: string
    }
    readonly body: undefined
    readonly answer: { readonly object: 'list'; readonly url: string; readonly data: readonly PartnerAccountConnection[]; readonly has_more: boolean; readonly next_cursor: string | null; readonly total_count?: number; readonly freshness?: readonly { readonly [name: string]: unknown }[] }
  }
  /** List the products a customer bought */
  readonly list_products_of_customer: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** Most records on a page */
      readonly limit?: number
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
      /** Replaces ids by the objects they name. Paths of up to 4 names: ledgerAccountId, product_id, and on from there. In lists, a leading `data.` may be left out */
      readonly expand?: string | readonly string[]
    }
    readonly body: undefined
    readonly answer: { readonly object: 'list'; readonly url: string; readonly data: readonly ({ readonly object: 'bought_product'; readonly ledgerAccountId: string | LedgerAccount; readonly product_id: string | Product; readonly quantity: number; readonly purchases: number; readonly first_date: string | null; readonly last_date: string | null })[]; readonly has_more: boolean; readonly next_cursor: string | null }
  }
  /** Everything that happened with a customer */
  readonly customer_timeline: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** Most records on a page */
      readonly limit?: number
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
      /** Only of these objects */
      readonly types?: 'customer' | 'payment' | 'dispute' | 'external_account' | 'subscription' | 'order' | 'invoice' | readonly ('customer' | 'payment' | 'dispute' | 'external_account' | 'subscription' | 'order' | 'invoice')[]
      /** `all` for deleted records too */
      readonly recordState?: 'ACTIVE' | 'all'
    }
    readonly body: undefined
    readonly answer: { readonly object: 'list'; readonly url: string; readonly data: readonly ({ readonly date: string | null; readonly object: 'customer' | 'payment' | 'dispute' | 'external_account' | 'subscription' | 'order' | 'invoice'; readonly id: string; readonly kind: string; readonly amount: number | null; readonly currency: string | null; readonly title: string })[]; readonly has_more: boolean; readonly next_cursor: string | null }
  }
  /** What a customer is worth */
  readonly customer_summary: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
    }
    readonly body: undefined
    readonly answer: { readonly object: 'customer_summary'; readonly customer_id: string; readonly currencies: readonly ({ readonly currency: string | null; readonly gross: number; readonly refunded: number; readonly fees: number; readonly net: number; readonly payments: number; readonly average: number | null; readonly first_payment: string | null; readonly last_payment: string | null; readonly disputes: number; readonly disputed: number; readonly disputes_lost: number; readonly dispute_rate: number | null; readonly orders: number; readonly ordered: number; readonly days_since_last_payment: number | null; readonly active_subscriptions: number; readonly monthly_recurring: number; readonly other_fees: readonly ({ readonly currency: string | null; readonly fees: number })[]; readonly years: readonly ({ readonly year: number | null; readonly gross: number; readonly refunded: number; readonly fees: number; readonly net: number; readonly payments: number; readonly average: number | null; readonly first_payment: string | null; readonly last_payment: string | null; readonly disputes: number; readonly disputed: number; readonly disputes_lost: number; readonly dispute_rate: number | null; readonly orders: number; readonly ordered: number })[] })[] }
  }
  /** Create a ledger account */
  readonly create_ledger_account: {
    readonly query: {}
    readonly body: { readonly institutionAccountId?: string | null; readonly business_profile?: { readonly name?: string | null; readonly country?: string | null } }
    readonly answer: LedgerAccount
  }
  /** Update a ledger account */
  readonly update_ledger_account: {
    readonly query: {}
    readonly body: { readonly institutionAccountId?: string | null; readonly business_profile?: { readonly name?: string | null; readonly country?: string | null } }
    readonly answer: LedgerAccount
  }
  /** Delete a ledger account */
  readonly delete_ledger_account: {
    readonly query: {}
    readonly body: undefined
    readonly answer: LedgerAccount
  }
  /** When a connection is read */
  readonly get_partner_account_connection_schedule: {
    readonly query: {}
    readonly body: undefined
    readonly answer: { readonly object: 'schedule'; readonly partnerAccountConnectionId: string; readonly every_seconds: number | null; readonly reconcile_every_seconds: number | null; readonly per_second: number | null; readonly streams: readonly ({ readonly stream: string; readonly every_seconds: number | null; readonly interval_seconds: number | null; readonly next_run: string | null; readonly next_verification: string | null })[] }
  }
  /** Set when a connection is read */
  readonly update_partner_account_connection_schedule: {
    readonly query: {}
    readonly body: { readonly every_seconds?: number | null; readonly reconcile_every_seconds?: number | null; readonly per_second?: number | null; readonly streams?: readonly ({ readonly stream: string; readonly every_seconds: number | null })[] }
    readonly answer: { readonly object: 'schedule'; readonly partnerAccountConnectionId: string; readonly every_seconds: number | null; readonly reconcile_every_seconds: number | null; readonly per_second: number | null; readonly streams: readonly ({ readonly stream: string; readonly every_seconds: number | null; readonly interval_seconds: number | null; readonly next_run: string | null; readonly next_verification: string | null })[] }
  }
  /** Read everything and compare */
  readonly reconcile_partner_account_connection: {
    readonly query: {}
    readonly body: { readonly streams?: readonly string[] }
    readonly answer: PartnerAccountConnection
  }
  /** What comparing found */
  readonly list_partner_account_connection_drift: {
    readonly query: {
      /** Most reports on a page */
      readonly limit?: number
      /** Only of this stream */
      readonly stream?: string
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
    }
    readonly body: undefined
    readonly answer: { readonly object: 'list'; readonly url: string; readonly data: readonly ({ readonly object: 'drift'; readonly stream: string; readonly started: string; readonly ended: string | null; readonly compared: number; readonly missing: number; readonly stale: number; readonly extra: number; readonly repaired: boolean; readonly records: readonly ({ readonly kind: 'missing' | 'stale' | 'extra'; readonly object: string; readonly id: string; readonly partnerRecordId: string })[] })[]; readonly has_more: boolean; readonly next_cursor: string | null }
  }
  /** Connect with a key */
  readonly create_partner_account_connection: {
    readonly query: {}
    readonly body: { readonly ledgerAccountId?: string; readonly institutionAccountId?: string; readonly partnerSource: string; readonly credential: { readonly [name: string]: string }; readonly baseUrl?: string }
    readonly answer: PartnerAccountConnection
  }
  /** Read a connection now */
  readonly sync_partner_account_connection: {
    readonly query: {}
    readonly body: { readonly streams?: readonly string[]; readonly full?: boolean }
    readonly answer: PartnerAccountConnection
  }
  /** Stop reading a connection */
  readonly disable_partner_account_connection: {
    readonly query: {}
    readonly body: undefined
    readonly answer: PartnerAccountConnection
  }
  /** Read a connection again */
  readonly enable_partner_account_connection: {
    readonly query: {}
    readonly body: undefined
    readonly answer: PartnerAccountConnection
  }
  /** Withdraw the authorisation of a connection */
  readonly revoke_partner_account_connection: {
    readonly query: {}
    readonly body: undefined
    readonly answer: PartnerAccountConnection
  }
  /** Make a CONNECT link */
  readonly make_consent_page: {
    readonly query: {}
    readonly body: { readonly ledgerAccountId?: string; readonly institutionAccountId?: string; readonly merchantIdentifier?: string; readonly returnUrl: string; readonly partnerSource?: readonly string[] }
    readonly answer: { readonly url: string; readonly expires: string }
  }
  /** Make a CONNECT link */
  readonly consent_page: {
    readonly query: {
      /** Your own id of the business; a ledger account is made where it is new */
      readonly institutionAccountId?: string
      /** Another word for institutionAccountId */
      readonly merchantIdentifier?: string
      /** Where the business goes afterwards: exactly one of the registered addresses */
      readonly returnUrl: string
      /** The partner systems it may choose from; all by default */
      readonly partnerSource?: string | readonly string[]
    }
    readonly body: undefined
    readonly answer: { readonly url: string; readonly expires: string }
  }
  /** Read the settings of the consent page */
  readonly consent_settings: {
    readonly query: {}
    readonly body: undefined
    readonly answer: { readonly object: 'consent_settings'; readonly return_urls: readonly string[]; readonly brand_name: string | null; readonly logo: string | null; readonly colour: string | null; readonly modifiedDate: string | null }
  }
  /** Change the settings of the consent page */
  readonly update_consent_settings: {
    readonly query: {}
    readonly body: { readonly return_urls?: readonly string[]; readonly brand_name?: string | null; readonly logo?: string | null; readonly colour?: string | null }
    readonly answer: { readonly object: 'consent_settings'; readonly return_urls: readonly string[]; readonly brand_name: string | null; readonly logo: string | null; readonly colour: string | null; readonly modifiedDate: string | null }
  }
  /** Our id of a ledger account from yours */
  readonly ledger_account_id: {
    readonly query: {
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId: string
    }
    readonly body: undefined
    readonly answer: { readonly ledgerAccountId: string; readonly institutionAccountId: string }
  }
  /** Where each connection of a business stands */
  readonly consent_status: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
    }
    readonly body: undefined
    readonly answer: { readonly ledgerAccountId: string; readonly connections: readonly ({ readonly id: string; readonly partnerSource: string; readonly partner_account_id: string | null; readonly account_name: string | null; readonly status: 'Active' | 'Revoked' | 'Denied' | 'Inactive' | 'Lost Connection' | 'Not Authorised'; readonly status_reason: string | null })[] }
  }
  /** Show how notifications of a connection stand */
  readonly notification_settings: {
    readonly query: {}
    readonly body: undefined
    readonly answer: { readonly object: 'notification_settings'; readonly connection: string; readonly url: string | null; readonly registered_url: string | null; readonly registered_date: string | null; readonly secrets: readonly ({ readonly created_date: string; readonly until_date: string | null })[]; readonly waiting: number; readonly oldest_waiting_date: string | null; readonly last_received_date: string | null; readonly reason: string | null }
  }
  /** Ask the partner to deliver notifications */
  readonly register_notifications: {
    readonly query: {}
    readonly body: undefined
    readonly answer: { readonly object: 'notification_settings'; readonly connection: string; readonly url: string | null; readonly registered_url: string | null; readonly registered_date: string | null; readonly secrets: readonly ({ readonly created_date: string; readonly until_date: string | null })[]; readonly waiting: number; readonly oldest_waiting_date: string | null; readonly last_received_date: string | null; readonly reason: string | null }
  }
  /** Ask the partner to deliver no more notifications */
  readonly unregister_notifications: {
    readonly query: {}
    readonly body: undefined
    readonly answer: { readonly object: 'notification_settings'; readonly connection: string; readonly url: string | null; readonly registered_url: string | null; readonly registered_date: string | null; readonly secrets: readonly ({ readonly created_date: string; readonly until_date: string | null })[]; readonly waiting: number; readonly oldest_waiting_date: string | null; readonly last_received_date: string | null; readonly reason: string | null }
  }
  /** Set what notifications are signed with */
  readonly set_notification_secret: {
    readonly query: {}
    readonly body: { readonly secret: string; readonly former_hours?: number }
    readonly answer: { readonly object: 'notification_settings'; readonly connection: string; readonly url: string | null; readonly registered_url: string | null; readonly registered_date: string | null; readonly secrets: readonly ({ readonly created_date: string; readonly until_date: string | null })[]; readonly waiting: number; readonly oldest_waiting_date: string | null; readonly last_received_date: string | null; readonly reason: string | null }
  }
  /** What was paid out, by period and currency */
  readonly settlement_summary: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** Only of these partner systems */
      readonly partnerSource?: string | readonly string[]
      /** Only of this account, by the partner's id of it */
      readonly account_id?: string
      /** Length of a period */
      readonly granularity?: 'daily' | 'monthly' | 'yearly'
      /** A moment in the newest period; now by default */
      readonly milestone_date?: string
      /** How many periods, going back from the newest */
      readonly periods?: number
    }
    readonly body: undefined
    readonly answer: { readonly object: 'settlement_summary'; readonly granularity: 'daily' | 'monthly' | 'yearly'; readonly from: string; readonly to: string; readonly data: readonly ({ readonly period: string; readonly currency: string | null; readonly settled_amount: number; readonly settled_count: number; readonly gross: number; readonly fees: number; readonly refunds: number; readonly disputes: number; readonly adjustments: number; readonly partners: readonly { readonly partnerSource: string; readonly settled_amount: number; readonly settled_count: number; readonly gross: number; readonly fees: number; readonly refunds: number; readonly disputes: number; readonly adjustments: number }[]; readonly accounts: readonly ({ readonly partnerSource: string; readonly account_id: string | null; readonly settled_amount: number; readonly settled_count: number; readonly gross: number; readonly fees: number; readonly refunds: number; readonly disputes: number; readonly adjustments: number })[] })[] }
  }
  /** What changed in a ledger account */
  readonly list_changes: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** The last number that was read; 0 to read everything */
      readonly after?: number
      /** Most changes on a page */
      readonly limit?: number
      /** Only of these objects */
      readonly types?: 'customer' | 'payment' | 'transaction' | 'settlement' | 'dispute' | 'external_account' | 'subscription' | 'order' | 'product' | 'invoice' | 'billing_invoice' | 'billing_invoice_line_item' | 'ledger_account' | 'partner_account_connection' | readonly ('customer' | 'payment' | 'transaction' | 'settlement' | 'dispute' | 'external_account' | 'subscription' | 'order' | 'product' | 'invoice' | 'billing_invoice' | 'billing_invoice_line_item' | 'ledger_account' | 'partner_account_connection')[]
      /** Adds to each change the record as it is now */
      readonly include?: 'record' | readonly 'record'[]
    }
    readonly body: undefined
    readonly answer: { readonly object: 'list'; readonly url: string; readonly data: readonly ({ readonly seq: number; readonly object: 'customer' | 'payment' | 'transaction' | 'settlement' | 'dispute' | 'external_account' | 'subscription' | 'order' | 'product' | 'invoice' | 'billing_invoice' | 'billing_invoice_line_item' | 'ledger_account' | 'partner_account_connection'; readonly id: string; readonly kind: 'created' | 'updated' | 'deleted'; readonly changed: readonly string[]; readonly events: readonly ('authorisation.enabled' | 'authorisation.revoked' | 'connection.lost' | 'connection.stale' | 'aggregation.completed' | 'insights.available')[]; readonly date: string; readonly record?: null | Customer | Payment | Transaction | Settlement | Dispute | ExternalAccount | Subscription | Order | Product | Invoice | BillingInvoice | BillingInvoiceLineItem | LedgerAccount | PartnerAccountConnection })[]; readonly has_more: boolean; readonly next_after: number; readonly head: number }
  }
  /** The newest change of each ledger account */
  readonly list_change_heads: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** Most records on a page */
      readonly limit?: number
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
    }
    readonly body: undefined
    readonly answer: { readonly object: 'list'; readonly url: string; readonly data: readonly { readonly ledgerAccountId: string; readonly seq: number; readonly date: string }[]; readonly has_more: boolean; readonly next_cursor: string | null }
  }
  /** List endpoints */
  readonly list_event_endpoints: {
    readonly query: {}
    readonly body: undefined
    readonly answer: { readonly object: 'list'; readonly url: string; readonly data: readonly ({ readonly object: 'event_endpoint'; readonly id: string; readonly url: string; readonly types: readonly string[]; readonly ledgerAccountIds: readonly string[] | null; readonly payload: 'thin' | 'full'; readonly version: 'v1' | 'v2'; readonly mode: 'test' | 'live'; readonly description: string | null; readonly status: 'enabled' | 'disabled'; readonly status_reason: string | null; readonly failing_since: string | null; readonly previous_secret_until: string | null; readonly created_date: string; readonly modified_date: string })[]; readonly has_more: boolean; readonly next_cursor: string | null }
  }
  /** Create an endpoint */
  readonly create_event_endpoint: {
    readonly query: {}
    readonly body: { readonly url: string; readonly types: readonly string[]; readonly ledgerAccountIds?: readonly string[] | null; readonly payload?: 'thin' | 'full'; readonly description?: string | null; readonly from?: number | null }
    readonly answer: { readonly object: 'event_endpoint'; readonly id: string; readonly url: string; readonly types: readonly string[]; readonly ledgerAccountIds: readonly string[] | null; readonly payload: 'thin' | 'full'; readonly version: 'v1' | 'v2'; readonly mode: 'test' | 'live'; readonly description: string | null; readonly status: 'enabled' | 'disabled'; readonly status_reason: string | null; readonly failing_since: string | null; readonly previous_secret_until: string | null; readonly created_date: string; readonly modified_date: string; readonly secret: string | null }
  }
  /** Retrieve an endpoint */
  readonly retrieve_event_endpoint: {
    readonly query: {}
    readonly body: undefined
    readonly answer: { readonly object: 'event_endpoint'; readonly id: string; readonly url: string; readonly types: readonly string[]; readonly ledgerAccountIds: readonly string[] | null; readonly payload: 'thin' | 'full'; readonly version: 'v1' | 'v2'; readonly mode: 'test' | 'live'; readonly description: string | null; readonly status: 'enabled' | 'disabled'; readonly status_reason: string | null; readonly failing_since: string | null; readonly previous_secret_until: string | null; readonly created_date: string; readonly modified_date: string }
  }
  /** Update an endpoint */
  readonly update_event_endpoint: {
    readonly query: {}
    readonly body: { readonly url?: string; readonly types?: readonly string[]; readonly ledgerAccountIds?: readonly string[] | null; readonly payload?: 'thin' | 'full'; readonly description?: string | null; readonly status?: 'enabled' | 'disabled' }
    readonly answer: { readonly object: 'event_endpoint'; readonly id: string; readonly url: string; readonly types: readonly string[]; readonly ledgerAccountIds: readonly string[] | null; readonly payload: 'thin' | 'full'; readonly version: 'v1' | 'v2'; readonly mode: 'test' | 'live'; readonly description: string | null; readonly status: 'enabled' | 'disabled'; readonly status_reason: string | null; readonly failing_since: string | null; readonly previous_secret_until: string | null; readonly created_date: string; readonly modified_date: string }
  }
  /** Delete an endpoint */
  readonly delete_event_endpoint: {
    readonly query: {}
    readonly body: undefined
    readonly answer: { readonly object: 'event_endpoint'; readonly id: string; readonly deleted: true }
  }
  /** Replace the secret of an endpoint */
  readonly rotate_event_endpoint_secret: {
    readonly query: {}
    readonly body: { readonly overlap_seconds?: number }
    readonly answer: { readonly object: 'event_endpoint'; readonly id: string; readonly url: string; readonly types: readonly string[]; readonly ledgerAccountIds: readonly string[] | null; readonly payload: 'thin' | 'full'; readonly version: 'v1' | 'v2'; readonly mode: 'test' | 'live'; readonly description: string | null; readonly status: 'enabled' | 'disabled'; readonly status_reason: string | null; readonly failing_since: string | null; readonly previous_secret_until: string | null; readonly created_date: string; readonly modified_date: string; readonly secret: string | null }
  }
  /** Send an example to an endpoint */
  readonly test_event_endpoint: {
    readonly query: {}
    readonly body: { readonly type?: string }
    readonly answer: { readonly object: 'event_test'; readonly event_endpoint_id: string; readonly event_id: string; readonly type: string; readonly delivered: boolean; readonly status_code: number | null; readonly error: string | null; readonly answer: string | null; readonly duration_ms: number; readonly date: string }
  }
  /** Tell an endpoint again what changed in a span */
  readonly replay_event_endpoint: {
    readonly query: {}
    readonly body: { readonly from: number | string; readonly to?: number | string; readonly ledgerAccountId?: string }
    readonly answer: { readonly object: 'event_replay'; readonly id: string; readonly event_endpoint_id: string; readonly ledger_accounts: number; readonly created_date: string }
  }
  /** List deliveries */
  readonly list_event_deliveries: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** Only to this endpoint */
      readonly event_endpoint_id?: string
      /** Only in these states */
      readonly state?: 'pending' | 'delivered' | 'failed' | readonly ('pending' | 'delivered' | 'failed')[]
      /** Only events of these types */
      readonly type?: 'authorisation.enabled' | 'authorisation.revoked' | 'connection.lost' | 'connection.stale' | 'aggregation.completed' | 'insights.available' | 'customer.created' | 'customer.updated' | 'customer.deleted' | 'payment.created' | 'payment.updated' | 'payment.deleted' | 'transaction.created' | 'transaction.updated' | 'transaction.deleted' | 'settlement.created' | 'settlement.updated' | 'settlement.deleted' | 'dispute.created' | 'dispute.updated' | 'dispute.deleted' | 'external_account.created' | 'external_account.updated' | 'external_account.deleted' | 'subscription.created' | 'subscription.updated' | 'subscription.deleted' | 'order.created' | 'order.updated' | 'order.deleted' | 'product.created' | 'product.updated' | 'product.deleted' | 'invoice.created' | 'invoice.updated' | 'invoice.deleted' | 'billing_invoice.created' | 'billing_invoice.updated' | 'billing_invoice.deleted' | 'billing_invoice_line_item.created' | 'billing_invoice_line_item.updated' | 'billing_invoice_line_item.deleted' | 'ledger_account.created' | 'ledger_account.updated' | 'ledger_account.deleted' | 'partner_account_connection.created' | 'partner_account_connection.updated' | 'partner_account_connection.deleted' | readonly ('authorisation.enabled' | 'authorisation.revoked' | 'connection.lost' | 'connection.stale' | 'aggregation.completed' | 'insights.available' | 'customer.created' | 'customer.updated' | 'customer.deleted' | 'payment.created' | 'payment.updated' | 'payment.deleted' | 'transaction.created' | 'transaction.updated' | 'transaction.deleted' | 'settlement.created' | 'settlement.updated' | 'settlement.deleted' | 'dispute.created' | 'dispute.updated' | 'dispute.deleted' | 'external_account.created' | 'external_account.updated' | 'external_account.deleted' | 'subscription.created' | 'subscription.updated' | 'subscription.deleted' | 'order.created' | 'order.updated' | 'order.deleted' | 'product.created' | 'product.updated' | 'product.deleted' | 'invoice.created' | 'invoice.updated' | 'invoice.deleted' | 'billing_invoice.created' | 'billing_invoice.updated' | 'billing_invoice.deleted' | 'billing_invoice_line_item.created' | 'billing_invoice_line_item.updated' | 'billing_invoice_line_item.deleted' | 'ledger_account.created' | 'ledger_account.updated' | 'ledger_account.deleted' | 'partner_account_connection.created' | 'partner_account_connection.updated' | 'partner_account_connection.deleted')[]
      /** Put on their way at this moment or later */
      readonly 'created_date[gte]'?: string
      /** Put on their way before this moment */
      readonly 'created_date[lt]'?: string
      /** Most records on a page */
      readonly limit?: number
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
    }
    readonly body: undefined
    readonly answer: { readonly object: 'list'; readonly url: string; readonly data: readonly ({ readonly object: 'event_delivery'; readonly id: string; readonly event_endpoint_id: string; readonly event_id: string; readonly type: string; readonly ledgerAccountId: string; readonly seq: number; readonly record_object: string; readonly record_id: string; readonly state: 'pending' | 'delivered' | 'failed'; readonly attempt_count: number; readonly next_attempt: string | null; readonly created_date: string; readonly finished_date: string | null })[]; readonly has_more: boolean; readonly next_cursor: string | null }
  }
  /** Retrieve a delivery */
  readonly retrieve_event_delivery: {
    readonly query: {}
    readonly body: undefined
    readonly answer: { readonly object: 'event_delivery'; readonly id: string; readonly event_endpoint_id: string; readonly event_id: string; readonly type: string; readonly ledgerAccountId: string; readonly seq: number; readonly record_object: string; readonly record_id: string; readonly state: 'pending' | 'delivered' | 'failed'; readonly attempt_count: number; readonly next_attempt: string | null; readonly created_date: string; readonly finished_date: string | null; readonly attempts: readonly ({ readonly attempt: number; readonly date: string; readonly duration_ms: number; readonly status_code: number | null; readonly error: string | null; readonly answer: string | null })[] }
  }
  /** Send a delivery again */
  readonly replay_event_delivery: {
    readonly query: {}
    readonly body: undefined
    readonly answer: { readonly object: 'event_delivery'; readonly id: string; readonly event_endpoint_id: string; readonly event_id: string; readonly type: string; readonly ledgerAccountId: string; readonly seq: number; readonly record_object: string; readonly record_id: string; readonly state: 'pending' | 'delivered' | 'failed'; readonly attempt_count: number; readonly next_attempt: string | null; readonly created_date: string; readonly finished_date: string | null; readonly attempts: readonly ({ readonly attempt: number; readonly date: string; readonly duration_ms: number; readonly status_code: number | null; readonly error: string | null; readonly answer: string | null })[] }
  }
  /** The data dictionary as data */
  readonly list_model: {
    readonly query: {}
    readonly body: undefined
    readonly answer: { readonly object: 'model'; readonly version: string; readonly data: readonly { readonly object: 'object_type'; readonly name: string; readonly plural: string; readonly prefix: string; readonly description: string; readonly attributes: readonly { readonly name: string; readonly type: string; readonly description: string; readonly required: boolean; readonly personal: boolean; readonly filters: readonly string[]; readonly expandable: readonly string[]; readonly values?: readonly string[]; readonly attributes?: readonly { readonly [name: string]: unknown }[] }[] }[] }
  }
  /** One object of the data dictionary */
  readonly retrieve_model: {
    readonly query: {}
    readonly body: undefined
    readonly answer: { readonly object: 'object_type'; readonly name: string; readonly plural: string; readonly prefix: string; readonly description: string; readonly attributes: readonly { readonly name: string; readonly type: string; readonly description: string; readonly required: boolean; readonly personal: boolean; readonly filters: readonly string[]; readonly expandable: readonly string[]; readonly values?: readonly string[]; readonly attributes?: readonly { readonly [name: string]: unknown }[] }[] }
  }
  /** What differs between two versions */
  readonly compare_model: {
    readonly query: {
      /** Number of the version to compare from */
      readonly from: '1' | '2'
      /** Number of the version to compare to */
      readonly to: '1' | '2'
    }
    readonly body: undefined
    readonly answer: { readonly object: 'comparison'; readonly name: string; readonly from: string; readonly to: string; readonly added: readonly string[]; readonly removed: readonly string[]; readonly renamed: readonly { readonly from: string; readonly to: string }[]; readonly changed: readonly string[] }
  }
  /** The partner systems that can be connected */
  readonly list_partner_sources: {
    readonly query: {}
    readonly body: undefined
    readonly answer: { readonly object: 'list'; readonly url: string; readonly data: readonly { readonly object: 'partner_source'; readonly name: string; readonly title: string; readonly docs: string; readonly api_version: string; readonly credential: readonly { readonly name: string; readonly description: string; readonly secret: boolean; readonly optional: boolean; readonly example: string }[]; readonly streams: readonly string[]; readonly deletions: string; readonly gaps: readonly string[] }[]; readonly has_more: boolean; readonly next_cursor: string | null }
  }
  /** Where the attributes of an object come from */
  readonly list_model_sources: {
    readonly query: {}
    readonly body: undefined
    readonly answer: { readonly object: 'list'; readonly url: string; readonly data: readonly { readonly object: 'source'; readonly partnerSource: string; readonly partner: string; readonly stream: string; readonly payload: string; readonly attributes: readonly { readonly name: string; readonly paths: readonly string[]; readonly rule: string }[] }[]; readonly has_more: boolean; readonly next_cursor: string | null }
  }
  /** List keys */
  readonly list_keys: {
    readonly query: {}
    readonly body: undefined
    readonly answer: { readonly object: 'list'; readonly url: string; readonly data: readonly ({ readonly object: 'api_key'; readonly id: string; readonly name: string | null; readonly hint: string; readonly mode: 'test' | 'live'; readonly scopes: readonly ('read' | 'write' | 'admin')[]; readonly ledgerAccountId: string | null; readonly usable: boolean; readonly created_date: string; readonly expires_date: string | null; readonly revoked_date: string | null })[]; readonly has_more: boolean; readonly next_cursor: string | null }
  }
  /** Create a key */
  readonly create_key: {
    readonly query: {}
    readonly body: { readonly name?: string | null; readonly scopes: readonly ('read' | 'write' | 'admin')[]; readonly ledgerAccountId?: string | null; readonly expires_date?: string | null }
    readonly answer: { readonly object: 'api_key'; readonly id: string; readonly name: string | null; readonly hint: string; readonly mode: 'test' | 'live'; readonly scopes: readonly ('read' | 'write' | 'admin')[]; readonly ledgerAccountId: string | null; readonly usable: boolean; readonly created_date: string; readonly expires_date: string | null; readonly revoked_date: string | null; readonly key: string | null }
  }
  /** Revoke a key */
  readonly revoke_key: {
    readonly query: {}
    readonly body: undefined
    readonly answer: { readonly object: 'api_key'; readonly id: string; readonly name: string | null; readonly hint: string; readonly mode: 'test' | 'live'; readonly scopes: readonly ('read' | 'write' | 'admin')[]; readonly ledgerAccountId: string | null; readonly usable: boolean; readonly created_date: string; readonly expires_date: string | null; readonly revoked_date: string | null }
  }
  /** Export customers */
  readonly export_customers: {
    readonly query: {
      /** A record a line as JSON, or comma-separated with a row of names above; groups become columns such as `address.city`, and texts that a spreadsheet would calculate are marked */
      readonly format?: 'ndjson' | 'csv'
      /** Most records in one part */
      readonly limit?: number
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
      /** Newest first by this date */
      readonly sort?: 'created_date' | 'modifiedDate'
      /** Only records in this state; `all` for both */
      readonly recordState?: 'ACTIVE' | 'DELETED' | 'all'
      /** Only the records that have one of these ids at the partner's */
      readonly partnerRecordId?: string | readonly string[]
      /** Only these customers, by id */
      readonly 'id[in]'?: string | readonly string[]
      /** Only where partnerSource is this. Name of the partner system */
      readonly partnerSource?: string
      /** Only where partnerSource is one of this. Name of the partner system */
      readonly 'partnerSource[in]'?: string | readonly string[]
      /** Only where partnerSource begins with this. Name of the partner system */
      readonly 'partnerSource[prefix]'?: string
      /** Only where name is this. Full name of the customer or business */
      readonly name?: string
      /** Only where name is one of this. Full name of the customer or business */
      readonly 'name[in]'?: string | readonly string[]
      /** Only where name begins with this. Full name of the customer or business */
      readonly 'name[prefix]'?: string
      /** Only where address.country is this. ISO 3166-1 alpha-2 country code */
      readonly 'address.country'?: string
      /** Only where address.country is one of this. ISO 3166-1 alpha-2 country code */
      readonly 'address.country[in]'?: string | readonly string[]
      /** Only where email is this. The customer's e-mail address */
      readonly email?: string
      /** Only where email is one of this. The customer's e-mail address */
      readonly 'email[in]'?: string | readonly string[]
      /** Only where external_account_id is this. Card, bank account or other instrument on file: the partner's default, else the newest active one */
      readonly external_account_id?: string
      /** Only where external_account_id is one of this. Card, bank account or other instrument on file: the partner's default, else the newest active one */
      readonly 'external_account_id[in]'?: string | readonly string[]
      /** Only where mergedInto is this. On a deleted customer: the one that the partner merged it into, or that a guest turned out to be */
      readonly mergedInto?: string
      /** Only where mergedInto is one of this. On a deleted customer: the one that the partner merged it into, or that a guest turned out to be */
      readonly 'mergedInto[in]'?: string | readonly string[]
      /** Only where partnerAccountConnectionId is this. The connection the record was last read through */
      readonly partnerAccountConnectionId?: string
      /** Only where partnerAccountConnectionId is one of this. The connection the record was last read through */
      readonly 'partnerAccountConnectionId[in]'?: string | readonly string[]
      /** Only where created_date is this. When the record was created at the partner */
      readonly created_date?: string
      /** Only where created_date is greater or later than this. When the record was created at the partner */
      readonly 'created_date[gt]'?: string
      /** Only where created_date is at least, or not before, this. When the record was created at the partner */
      readonly 'created_date[gte]'?: string
      /** Only where created_date is less or earlier than this. When the record was created at the partner */
      readonly 'created_date[lt]'?: string
      /** Only where created_date is at most, or not after, this. When the record was created at the partner */
      readonly 'created_date[lte]'?: string
      /** Only where modifiedDate is this. When our record last visibly changed */
      readonly modifiedDate?: string
      /** Only where modifiedDate is greater or later than this. When our record last visibly changed */
      readonly 'modifiedDate[gt]'?: string
      /** Only where modifiedDate is at least, or not before, this. When our record last visibly changed */
      readonly 'modifiedDate[gte]'?: string
      /** Only where modifiedDate is less or earlier than this. When our record last visibly changed */
      readonly 'modifiedDate[lt]'?: string
      /** Only where modifiedDate is at most, or not after, this. When our record last visibly changed */
      readonly 'modifiedDate[lte]'?: string
    }
    readonly body: undefined
    readonly answer: string
  }
  /** Export payments */
  readonly export_payments: {
    readonly query: {
      /** A record a line as JSON, or comma-separated with a row of names above; groups become columns such as `address.city`, and texts that a spreadsheet would calculate are marked */
      readonly format?: 'ndjson' | 'csv'
      /** Most records in one part */
      readonly limit?: number
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
      /** Newest first by this date */
      readonly sort?: 'created_date' | 'modifiedDate'
      /** Only records in this state; `all` for both */
      readonly recordState?: 'ACTIVE' | 'DELETED' | 'all'
      /** Only the records that have one of these ids at the partner's */
      readonly partnerRecordId?: string | readonly string[]
      /** Only these payments, by id */
      readonly 'id[in]'?: string | readonly string[]
      /** Only where partnerSource is this. Name of the partner system */
      readonly partnerSource?: string
      /** Only where partnerSource is one of this. Name of the partner system */
      readonly 'partnerSource[in]'?: string | readonly string[]
      /** Only where partnerSource begins with this. Name of the partner system */
      readonly 'partnerSource[prefix]'?: string
      /** Only where type is this. Charge or refund */
      readonly type?: 'charge' | 'refund'
      /** Only where type is one of this. Charge or refund */
      readonly 'type[in]'?: 'charge' | 'refund' | readonly ('charge' | 'refund')[]
      /** Only where amount is this. Amount; negative on a refund */
      readonly amount?: number
      /** Only where amount is greater or later than this. Amount; negative on a refund */
      readonly 'amount[gt]'?: number
      /** Only where amount is at least, or not before, this. Amount; negative on a refund */
      readonly 'amount[gte]'?: number
      /** Only where amount is less or earlier than this. Amount; negative on a refund */
      readonly 'amount[lt]'?: number
      /** Only where amount is at most, or not after, this. Amount; negative on a refund */
      readonly 'amount[lte]'?: number
      /** Only where currency is this. Currency of the amount */
      readonly currency?: string
      /** Only where currency is one of this. Currency of the amount */
      readonly 'currency[in]'?: string | readonly string[]
      /** Only where status is this. State */
      readonly status?: 'unknown' | 'pending' | 'failed' | 'succeeded' | 'cancelled'
      /** Only where status is one of this. State */
      readonly 'status[in]'?: 'unknown' | 'pending' | 'failed' | 'succeeded' | 'cancelled' | readonly ('unknown' | 'pending' | 'failed' | 'succeeded' | 'cancelled')[]
      /** Only where refunded_payment_id is this. On a refund: the charge it gives back */
      readonly refunded_payment_id?: string
      /** Only where refunded_payment_id is one of this. On a refund: the charge it gives back */
      readonly 'refunded_payment_id[in]'?: string | readonly string[]
      /** Only where customer_id is this. The buyer */
      readonly customer_id?: string
      /** Only where customer_id is one of this. The buyer */
      readonly 'customer_id[in]'?: string | readonly string[]
      /** Only where order_id is this. The order that was paid */
      readonly order_id?: string
      /** Only where order_id is one of this. The order that was paid */
      readonly 'order_id[in]'?: string | readonly string[]
      /** Only where invoice_id is this. The invoice that was paid */
      readonly invoice_id?: string
      /** Only where invoice_id is one of this. The invoice that was paid */
      readonly 'invoice_id[in]'?: string | readonly string[]
      /** Only where subscription_id is this. The subscription that was paid for */
      readonly subscription_id?: string
      /** Only where subscription_id is one of this. The subscription that was paid for */
      readonly 'subscription_id[in]'?: string | readonly string[]
      /** Only where external_account_id is this. The saved instrument that was charged */
      readonly external_account_id?: string
      /** Only where external_account_id is one of this. The saved instrument that was charged */
      readonly 'external_account_id[in]'?: string | readonly string[]
      /** Only where partnerAccountConnectionId is this. The connection the record was last read through */
      readonly partnerAccountConnectionId?: string
      /** Only where partnerAccountConnectionId is one of this. The connection the record was last read through */
      readonly 'partnerAccountConnectionId[in]'?: string | readonly string[]
      /** Only where created_date is this. When the record was created at the partner */
      readonly created_date?: string
      /** Only where created_date is greater or later than this. When the record was created at the partner */
      readonly 'created_date[gt]'?: string
      /** Only where created_date is at least, or not before, this. When the record was created at the partner */
      readonly 'created_date[gte]'?: string
      /** Only where created_date is less or earlier than this. When the record was created at the partner */
      readonly 'created_date[lt]'?: string
      /** Only where created_date is at most, or not after, this. When the record was created at the partner */
      readonly 'created_date[lte]'?: string
      /** Only where modifiedDate is this. When our record last visibly changed */
      readonly modifiedDate?: string
      /** Only where modifiedDate is greater or later than this. When our record last visibly changed */
      readonly 'modifiedDate[gt]'?: string
      /** Only where modifiedDate is at least, or not before, this. When our record last visibly changed */
      readonly 'modifiedDate[gte]'?: string
      /** Only where modifiedDate is less or earlier than this. When our record last visibly changed */
      readonly 'modifiedDate[lt]'?: string
      /** Only where modifiedDate is at most, or not after, this. When our record last visibly changed */
      readonly 'modifiedDate[lte]'?: string
    }
    readonly body: undefined
    readonly answer: string
  }
  /** Export transactions */
  readonly export_transactions: {
    readonly query: {
      /** A record a line as JSON, or comma-separated with a row of names above; groups become columns such as `address.city`, and texts that a spreadsheet would calculate are marked */
      readonly format?: 'ndjson' | 'csv'
      /** Most records in one part */
      readonly limit?: number
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
      /** Newest first by this date */
      readonly sort?: 'created_date' | 'modifiedDate'
      /** Only records in this state; `all` for both */
      readonly recordState?: 'ACTIVE' | 'DELETED' | 'all'
      /** Only the records that have one of these ids at the partner's */
      readonly partnerRecordId?: string | readonly string[]
      /** Only these transactions, by id */
      readonly 'id[in]'?: string | readonly string[]
      /** Only where partnerSource is this. Name of the partner system */
      readonly partnerSource?: string
      /** Only where partnerSource is one of this. Name of the partner system */
      readonly 'partnerSource[in]'?: string | readonly string[]
      /** Only where partnerSource begins with this. Name of the partner system */
      readonly 'partnerSource[prefix]'?: string
      /** Only where type is this. What moved the balance; adjustment: tied to none of the others */
      readonly type?: 'payment' | 'refund' | 'settlement' | 'dispute' | 'adjustment'
      /** Only where type is one of this. What moved the balance; adjustment: tied to none of the others */
      readonly 'type[in]'?: 'payment' | 'refund' | 'settlement' | 'dispute' | 'adjustment' | readonly ('payment' | 'refund' | 'settlement' | 'dispute' | 'adjustment')[]
      /** Only where amount is this. Gross amount, signed */
      readonly amount?: number
      /** Only where amount is greater or later than this. Gross amount, signed */
      readonly 'amount[gt]'?: number
      /** Only where amount is at least, or not before, this. Gross amount, signed */
      readonly 'amount[gte]'?: number
      /** Only where amount is less or earlier than this. Gross amount, signed */
      readonly 'amount[lt]'?: number
      /** Only where amount is at most, or not after, this. Gross amount, signed */
      readonly 'amount[lte]'?: number
      /** Only where currency is this. Currency of the seller's balance */
      readonly currency?: string
      /** Only where currency is one of this. Currency of the seller's balance */
      readonly 'currency[in]'?: string | readonly string[]
      /** Only where source_id is this. The payment, settlement or dispute that moved the balance */
      readonly source_id?: string
      /** Only where source_id is one of this. The payment, settlement or dispute that moved the balance */
      readonly 'source_id[in]'?: string | readonly string[]
      /** Only where settlement_id is this. The settlement that paid it out */
      readonly settlement_id?: string
      /** Only where settlement_id is one of this. The settlement that paid it out */
      readonly 'settlement_id[in]'?: string | readonly string[]
      /** Only where available_date is this. When the money can be paid out */
      readonly available_date?: string
      /** Only where available_date is greater or later than this. When the money can be paid out */
      readonly 'available_date[gt]'?: string
      /** Only where available_date is at least, or not before, this. When the money can be paid out */
      readonly 'available_date[gte]'?: string
      /** Only where available_date is less or earlier than this. When the money can be paid out */
      readonly 'available_date[lt]'?: string
      /** Only where available_date is at most, or not after, this. When the money can be paid out */
      readonly 'available_date[lte]'?: string
      /** Only where partnerAccountConnectionId is this. The connection the record was last read through */
      readonly partnerAccountConnectionId?: string
      /** Only where partnerAccountConnectionId is one of this. The connection the record was last read through */
      readonly 'partnerAccountConnectionId[in]'?: string | readonly string[]
      /** Only where created_date is this. When the record was created at the partner */
      readonly created_date?: string
      /** Only where created_date is greater or later than this. When the record was created at the partner */
      readonly 'created_date[gt]'?: string
      /** Only where created_date is at least, or not before, this. When the record was created at the partner */
      readonly 'created_date[gte]'?: string
      /** Only where created_date is less or earlier than this. When the record was created at the partner */
      readonly 'created_date[lt]'?: string
      /** Only where created_date is at most, or not after, this. When the record was created at the partner */
      readonly 'created_date[lte]'?: string
      /** Only where modifiedDate is this. When our record last visibly changed */
      readonly modifiedDate?: string
      /** Only where modifiedDate is greater or later than this. When our record last visibly changed */
      readonly 'modifiedDate[gt]'?: string
      /** Only where modifiedDate is at least, or not before, this. When our record last visibly changed */
      readonly 'modifiedDate[gte]'?: string
      /** Only where modifiedDate is less or earlier than this. When our record last visibly changed */
      readonly 'modifiedDate[lt]'?: string
      /** Only where modifiedDate is at most, or not after, this. When our record last visibly changed */
      readonly 'modifiedDate[lte]'?: string
    }
    readonly body: undefined
    readonly answer: string
  }
  /** Export settlements */
  readonly export_settlements: {
    readonly query: {
      /** A record a line as JSON, or comma-separated with a row of names above; groups become columns such as `address.city`, and texts that a spreadsheet would calculate are marked */
      readonly format?: 'ndjson' | 'csv'
      /** Most records in one part */
      readonly limit?: number
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
      /** Newest first by this date */
      readonly sort?: 'created_date' | 'modifiedDate'
      /** Only records in this state; `all` for both */
      readonly recordState?: 'ACTIVE' | 'DELETED' | 'all'
      /** Only the records that have one of these ids at the partner's */
      readonly partnerRecordId?: string | readonly string[]
      /** Only these settlements, by id */
      readonly 'id[in]'?: string | readonly string[]
      /** Only where partnerSource is this. Name of the partner system */
      readonly partnerSource?: string
      /** Only where partnerSource is one of this. Name of the partner system */
      readonly 'partnerSource[in]'?: string | readonly string[]
      /** Only where partnerSource begins with this. Name of the partner system */
      readonly 'partnerSource[prefix]'?: string
      /** Only where amount is this. Amount paid out */
      readonly amount?: number
      /** Only where amount is greater or later than this. Amount paid out */
      readonly 'amount[gt]'?: number
      /** Only where amount is at least, or not before, this. Amount paid out */
      readonly 'amount[gte]'?: number
      /** Only where amount is less or earlier than this. Amount paid out */
      readonly 'amount[lt]'?: number
      /** Only where amount is at most, or not after, this. Amount paid out */
      readonly 'amount[lte]'?: number
      /** Only where currency is this. Currency of the amount */
      readonly currency?: string
      /** Only where currency is one of this. Currency of the amount */
      readonly 'currency[in]'?: string | readonly string[]
      /** Only where status is this. State */
      readonly status?: 'pending' | 'in_transit' | 'paid' | 'failed' | 'cancelled' | 'other'
      /** Only where status is one of this. State */
      readonly 'status[in]'?: 'pending' | 'in_transit' | 'paid' | 'failed' | 'cancelled' | 'other' | readonly ('pending' | 'in_transit' | 'paid' | 'failed' | 'cancelled' | 'other')[]
      /** Only where arrival_date is this. When it reaches the account */
      readonly arrival_date?: string
      /** Only where arrival_date is greater or later than this. When it reaches the account */
      readonly 'arrival_date[gt]'?: string
      /** Only where arrival_date is at least, or not before, this. When it reaches the account */
      readonly 'arrival_date[gte]'?: string
      /** Only where arrival_date is less or earlier than this. When it reaches the account */
      readonly 'arrival_date[lt]'?: string
      /** Only where arrival_date is at most, or not after, this. When it reaches the account */
      readonly 'arrival_date[lte]'?: string
      /** Only where partnerAccountConnectionId is this. The connection the record was last read through */
      readonly partnerAccountConnectionId?: string
      /** Only where partnerAccountConnectionId is one of this. The connection the record was last read through */
      readonly 'partnerAccountConnectionId[in]'?: string | readonly string[]
      /** Only where created_date is this. When the record was created at the partner */
      readonly created_date?: string
      /** Only where created_date is greater or later than this. When the record was created at the partner */
      readonly 'created_date[gt]'?: string
      /** Only where created_date is at least, or not before, this. When the record was created at the partner */
      readonly 'created_date[gte]'?: string
      /** Only where created_date is less or earlier than this. When the record was created at the partner */
      readonly 'created_date[lt]'?: string
      /** Only where created_date is at most, or not after, this. When the record was created at the partner */
      readonly 'created_date[lte]'?: string
      /** Only where modifiedDate is this. When our record last visibly changed */
      readonly modifiedDate?: string
      /** Only where modifiedDate is greater or later than this. When our record last visibly changed */
      readonly 'modifiedDate[gt]'?: string
      /** Only where modifiedDate is at least, or not before, this. When our record last visibly changed */
      readonly 'modifiedDate[gte]'?: string
      /** Only where modifiedDate is less or earlier than this. When our record last visibly changed */
      readonly 'modifiedDate[lt]'?: string
      /** Only where modifiedDate is at most, or not after, this. When our record last visibly changed */
      readonly 'modifiedDate[lte]'?: string
    }
    readonly body: undefined
    readonly answer: string
  }
  /** Export disputes */
  readonly export_disputes: {
    readonly query: {
      /** A record a line as JSON, or comma-separated with a row of names above; groups become columns such as `address.city`, and texts that a spreadsheet would calculate are marked */
      readonly format?: 'ndjson' | 'csv'
      /** Most records in one part */
      readonly limit?: number
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
      /** Newest first by this date */
      readonly sort?: 'created_date' | 'modifiedDate'
      /** Only records in this state; `all` for both */
      readonly recordState?: 'ACTIVE' | 'DELETED' | 'all'
      /** Only the records that have one of these ids at the partner's */
      readonly partnerRecordId?: string | readonly string[]
      /** Only these disputes, by id */
      readonly 'id[in]'?: string | readonly string[]
      /** Only where partnerSource is this. Name of the partner system */
      readonly partnerSource?: string
      /** Only where partnerSource is one of this. Name of the partner system */
      readonly 'partnerSource[in]'?: string | readonly string[]
      /** Only where partnerSource begins with this. Name of the partner system */
      readonly 'partnerSource[prefix]'?: string
      /** Only where amount is this. Disputed amount */
      readonly amount?: number
      /** Only where amount is greater or later than this. Disputed amount */
      readonly 'amount[gt]'?: number
      /** Only where amount is at least, or not before, this. Disputed amount */
      readonly 'amount[gte]'?: number
      /** Only where amount is less or earlier than this. Disputed amount */
      readonly 'amount[lt]'?: number
      /** Only where amount is at most, or not after, this. Disputed amount */
      readonly 'amount[lte]'?: number
      /** Only where currency is this. Currency of the amount */
      readonly currency?: string
      /** Only where currency is one of this. Currency of the amount */
      readonly 'currency[in]'?: string | readonly string[]
      /** Only where status is this. State */
      readonly status?: 'warning' | 'needs_response' | 'under_review' | 'won' | 'lost' | 'closed' | 'other'
      /** Only where status is one of this. State */
      readonly 'status[in]'?: 'warning' | 'needs_response' | 'under_review' | 'won' | 'lost' | 'closed' | 'other' | readonly ('warning' | 'needs_response' | 'under_review' | 'won' | 'lost' | 'closed' | 'other')[]
      /** Only where evidence_due_date is this. Last moment to answer */
      readonly evidence_due_date?: string
      /** Only where evidence_due_date is greater or later than this. Last moment to answer */
      readonly 'evidence_due_date[gt]'?: string
      /** Only where evidence_due_date is at least, or not before, this. Last moment to answer */
      readonly 'evidence_due_date[gte]'?: string
      /** Only where evidence_due_date is less or earlier than this. Last moment to answer */
      readonly 'evidence_due_date[lt]'?: string
      /** Only where evidence_due_date is at most, or not after, this. Last moment to answer */
      readonly 'evidence_due_date[lte]'?: string
      /** Only where payment_id is this. The disputed payment */
      readonly payment_id?: string
      /** Only where payment_id is one of this. The disputed payment */
      readonly 'payment_id[in]'?: string | readonly string[]
      /** Only where customer_id is this. The buyer */
      readonly customer_id?: string
      /** Only where customer_id is one of this. The buyer */
      readonly 'customer_id[in]'?: string | readonly string[]
      /** Only where partnerAccountConnectionId is this. The connection the record was last read through */
      readonly partnerAccountConnectionId?: string
      /** Only where partnerAccountConnectionId is one of this. The connection the record was last read through */
      readonly 'partnerAccountConnectionId[in]'?: string | readonly string[]
      /** Only where created_date is this. When the record was created at the partner */
      readonly created_date?: string
      /** Only where created_date is greater or later than this. When the record was created at the partner */
      readonly 'created_date[gt]'?: string
      /** Only where created_date is at least, or not before, this. When the record was created at the partner */
      readonly 'created_date[gte]'?: string
      /** Only where created_date is less or earlier than this. When the record was created at the partner */
      readonly 'created_date[lt]'?: string
      /** Only where created_date is at most, or not after, this. When the record was created at the partner */
      readonly 'created_date[lte]'?: string
      /** Only where modifiedDate is this. When our record last visibly changed */
      readonly modifiedDate?: string
      /** Only where modifiedDate is greater or later than this. When our record last visibly changed */
      readonly 'modifiedDate[gt]'?: string
      /** Only where modifiedDate is at least, or not before, this. When our record last visibly changed */
      readonly 'modifiedDate[gte]'?: string
      /** Only where modifiedDate is less or earlier than this. When our record last visibly changed */
      readonly 'modifiedDate[lt]'?: string
      /** Only where modifiedDate is at most, or not after, this. When our record last visibly changed */
      readonly 'modifiedDate[lte]'?: string
    }
    readonly body: undefined
    readonly answer: string
  }
  /** Export external_accounts */
  readonly export_external_accounts: {
    readonly query: {
      /** A record a line as JSON, or comma-separated with a row of names above; groups become columns such as `address.city`, and texts that a spreadsheet would calculate are marked */
      readonly format?: 'ndjson' | 'csv'
      /** Most records in one part */
      readonly limit?: number
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
      /** Newest first by this date */
      readonly sort?: 'created_date' | 'modifiedDate'
      /** Only records in this state; `all` for both */
      readonly recordState?: 'ACTIVE' | 'DELETED' | 'all'
      /** Only the records that have one of these ids at the partner's */
      readonly partnerRecordId?: string | readonly string[]
      /** Only these external_accounts, by id */
      readonly 'id[in]'?: string | readonly string[]
      /** Only where partnerSource is this. Name of the partner system */
      readonly partnerSource?: string
      /** Only where partnerSource is one of this. Name of the partner system */
      readonly 'partnerSource[in]'?: string | readonly string[]
      /** Only where partnerSource begins with this. Name of the partner system */
      readonly 'partnerSource[prefix]'?: string
      /** Only where type is this. Which of the three hashes is filled */
      readonly type?: 'bank_account' | 'card' | 'other'
      /** Only where type is one of this. Which of the three hashes is filled */
      readonly 'type[in]'?: 'bank_account' | 'card' | 'other' | readonly ('bank_account' | 'card' | 'other')[]
      /** Only where customer_id is this. The buyer; null when it is the seller's own */
      readonly customer_id?: string
      /** Only where customer_id is one of this. The buyer; null when it is the seller's own */
      readonly 'customer_id[in]'?: string | readonly string[]
      /** Only where status is this. State */
      readonly status?: 'active' | 'expired' | 'disabled' | 'removed' | 'other'
      /** Only where status is one of this. State */
      readonly 'status[in]'?: 'active' | 'expired' | 'disabled' | 'removed' | 'other' | readonly ('active' | 'expired' | 'disabled' | 'removed' | 'other')[]
      /** Only where partnerAccountConnectionId is this. The connection the record was last read through */
      readonly partnerAccountConnectionId?: string
      /** Only where partnerAccountConnectionId is one of this. The connection the record was last read through */
      readonly 'partnerAccountConnectionId[in]'?: string | readonly string[]
      /** Only where created_date is this. When the record was created at the partner */
      readonly created_date?: string
      /** Only where created_date is greater or later than this. When the record was created at the partner */
      readonly 'created_date[gt]'?: string
      /** Only where created_date is at least, or not before, this. When the record was created at the partner */
      readonly 'created_date[gte]'?: string
      /** Only where created_date is less or earlier than this. When the record was created at the partner */
      readonly 'created_date[lt]'?: string
      /** Only where created_date is at most, or not after, this. When the record was created at the partner */
      readonly 'created_date[lte]'?: string
      /** Only where modifiedDate is this. When our record last visibly changed */
      readonly modifiedDate?: string
      /** Only where modifiedDate is greater or later than this. When our record last visibly changed */
      readonly 'modifiedDate[gt]'?: string
      /** Only where modifiedDate is at least, or not before, this. When our record last visibly changed */
      readonly 'modifiedDate[gte]'?: string
      /** Only where modifiedDate is less or earlier than this. When our record last visibly changed */
      readonly 'modifiedDate[lt]'?: string
      /** Only where modifiedDate is at most, or not after, this. When our record last visibly changed */
      readonly 'modifiedDate[lte]'?: string
    }
    readonly body: undefined
    readonly answer: string
  }
  /** Export subscriptions */
  readonly export_subscriptions: {
    readonly query: {
      /** A record a line as JSON, or comma-separated with a row of names above; groups become columns such as `address.city`, and texts that a spreadsheet would calculate are marked */
      readonly format?: 'ndjson' | 'csv'
      /** Most records in one part */
      readonly limit?: number
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
      /** Newest first by this date */
      readonly sort?: 'created_date' | 'modifiedDate'
      /** Only records in this state; `all` for both */
      readonly recordState?: 'ACTIVE' | 'DELETED' | 'all'
      /** Only the records that have one of these ids at the partner's */
      readonly partnerRecordId?: string | readonly string[]
      /** Only these subscriptions, by id */
      readonly 'id[in]'?: string | readonly string[]
      /** Only where partnerSource is this. Name of the partner system */
      readonly partnerSource?: string
      /** Only where partnerSource is one of this. Name of the partner system */
      readonly 'partnerSource[in]'?: string | readonly string[]
      /** Only where partnerSource begins with this. Name of the partner system */
      readonly 'partnerSource[prefix]'?: string
      /** Only where customer_id is this. The buyer */
      readonly customer_id?: string
      /** Only where customer_id is one of this. The buyer */
      readonly 'customer_id[in]'?: string | readonly string[]
      /** Only where status is this. State */
      readonly status?: 'incomplete' | 'trialing' | 'active' | 'past_due' | 'paused' | 'cancelled' | 'expired' | 'other'
      /** Only where status is one of this. State */
      readonly 'status[in]'?: 'incomplete' | 'trialing' | 'active' | 'past_due' | 'paused' | 'cancelled' | 'expired' | 'other' | readonly ('incomplete' | 'trialing' | 'active' | 'past_due' | 'paused' | 'cancelled' | 'expired' | 'other')[]
      /** Only where amount is this. Charged each interval */
      readonly amount?: number
      /** Only where amount is greater or later than this. Charged each interval */
      readonly 'amount[gt]'?: number
      /** Only where amount is at least, or not before, this. Charged each interval */
      readonly 'amount[gte]'?: number
      /** Only where amount is less or earlier than this. Charged each interval */
      readonly 'amount[lt]'?: number
      /** Only where amount is at most, or not after, this. Charged each interval */
      readonly 'amount[lte]'?: number
      /** Only where currency is this. Currency of the amount */
      readonly currency?: string
      /** Only where currency is one of this. Currency of the amount */
      readonly 'currency[in]'?: string | readonly string[]
      /** Only where current_period_end is this. End of the period being paid for */
      readonly current_period_end?: string
      /** Only where current_period_end is greater or later than this. End of the period being paid for */
      readonly 'current_period_end[gt]'?: string
      /** Only where current_period_end is at least, or not before, this. End of the period being paid for */
      readonly 'current_period_end[gte]'?: string
      /** Only where current_period_end is less or earlier than this. End of the period being paid for */
      readonly 'current_period_end[lt]'?: string
      /** Only where current_period_end is at most, or not after, this. End of the period being paid for */
      readonly 'current_period_end[lte]'?: string
      /** Only where external_account_id is this. The instrument charged */
      readonly external_account_id?: string
      /** Only where external_account_id is one of this. The instrument charged */
      readonly 'external_account_id[in]'?: string | readonly string[]
      /** Only where partnerAccountConnectionId is this. The connection the record was last read through */
      readonly partnerAccountConnectionId?: string
      /** Only where partnerAccountConnectionId is one of this. The connection the record was last read through */
      readonly 'partnerAccountConnectionId[in]'?: string | readonly string[]
      /** Only where created_date is this. When the record was created at the partner */
      readonly created_date?: string
      /** Only where created_date is greater or later than this. When the record was created at the partner */
      readonly 'created_date[gt]'?: string
      /** Only where created_date is at least, or not before, this. When the record was created at the partner */
      readonly 'created_date[gte]'?: string
      /** Only where created_date is less or earlier than this. When the record was created at the partner */
      readonly 'created_date[lt]'?: string
      /** Only where created_date is at most, or not after, this. When the record was created at the partner */
      readonly 'created_date[lte]'?: string
      /** Only where modifiedDate is this. When our record last visibly changed */
      readonly modifiedDate?: string
      /** Only where modifiedDate is greater or later than this. When our record last visibly changed */
      readonly 'modifiedDate[gt]'?: string
      /** Only where modifiedDate is at least, or not before, this. When our record last visibly changed */
      readonly 'modifiedDate[gte]'?: string
      /** Only where modifiedDate is less or earlier than this. When our record last visibly changed */
      readonly 'modifiedDate[lt]'?: string
      /** Only where modifiedDate is at most, or not after, this. When our record last visibly changed */
      readonly 'modifiedDate[lte]'?: string
    }
    readonly body: undefined
    readonly answer: string
  }
  /** Export orders */
  readonly export_orders: {
    readonly query: {
      /** A record a line as JSON, or comma-separated with a row of names above; groups become columns such as `address.city`, and texts that a spreadsheet would calculate are marked */
      readonly format?: 'ndjson' | 'csv'
      /** Most records in one part */
      readonly limit?: number
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
      /** Newest first by this date */
      readonly sort?: 'created_date' | 'modifiedDate'
      /** Only records in this state; `all` for both */
      readonly recordState?: 'ACTIVE' | 'DELETED' | 'all'
      /** Only the records that have one of these ids at the partner's */
      readonly partnerRecordId?: string | readonly string[]
      /** Only these orders, by id */
      readonly 'id[in]'?: string | readonly string[]
      /** Only where partnerSource is this. Name of the partner system */
      readonly partnerSource?: string
      /** Only where partnerSource is one of this. Name of the partner system */
      readonly 'partnerSource[in]'?: string | readonly string[]
      /** Only where partnerSource begins with this. Name of the partner system */
      readonly 'partnerSource[prefix]'?: string
      /** Only where customer_id is this. The buyer */
      readonly customer_id?: string
      /** Only where customer_id is one of this. The buyer */
      readonly 'customer_id[in]'?: string | readonly string[]
      /** Only where number is this. Number the buyer knows it by */
      readonly number?: string
      /** Only where number is one of this. Number the buyer knows it by */
      readonly 'number[in]'?: string | readonly string[]
      /** Only where number begins with this. Number the buyer knows it by */
      readonly 'number[prefix]'?: string
      /** Only where status is this. State */
      readonly status?: 'draft' | 'open' | 'completed' | 'cancelled' | 'other'
      /** Only where status is one of this. State */
      readonly 'status[in]'?: 'draft' | 'open' | 'completed' | 'cancelled' | 'other' | readonly ('draft' | 'open' | 'completed' | 'cancelled' | 'other')[]
      /** Only where amount is this. Total */
      readonly amount?: number
      /** Only where amount is greater or later than this. Total */
      readonly 'amount[gt]'?: number
      /** Only where amount is at least, or not before, this. Total */
      readonly 'amount[gte]'?: number
      /** Only where amount is less or earlier than this. Total */
      readonly 'amount[lt]'?: number
      /** Only where amount is at most, or not after, this. Total */
      readonly 'amount[lte]'?: number
      /** Only where currency is this. Currency of the amounts */
      readonly currency?: string
      /** Only where currency is one of this. Currency of the amounts */
      readonly 'currency[in]'?: string | readonly string[]
      /** Only where email is this. E-mail address given with the order */
      readonly email?: string
      /** Only where email is one of this. E-mail address given with the order */
      readonly 'email[in]'?: string | readonly string[]
      /** Only where placed_date is this. When the buyer placed it */
      readonly placed_date?: string
      /** Only where placed_date is greater or later than this. When the buyer placed it */
      readonly 'placed_date[gt]'?: string
      /** Only where placed_date is at least, or not before, this. When the buyer placed it */
      readonly 'placed_date[gte]'?: string
      /** Only where placed_date is less or earlier than this. When the buyer placed it */
      readonly 'placed_date[lt]'?: string
      /** Only where placed_date is at most, or not after, this. When the buyer placed it */
      readonly 'placed_date[lte]'?: string
      /** Only where partnerAccountConnectionId is this. The connection the record was last read through */
      readonly partnerAccountConnectionId?: string
      /** Only where partnerAccountConnectionId is one of this. The connection the record was last read through */
      readonly 'partnerAccountConnectionId[in]'?: string | readonly string[]
      /** Only where created_date is this. When the record was created at the partner */
      readonly created_date?: string
      /** Only where created_date is greater or later than this. When the record was created at the partner */
      readonly 'created_date[gt]'?: string
      /** Only where created_date is at least, or not before, this. When the record was created at the partner */
      readonly 'created_date[gte]'?: string
      /** Only where created_date is less or earlier than this. When the record was created at the partner */
      readonly 'created_date[lt]'?: string
      /** Only where created_date is at most, or not after, this. When the record was created at the partner */
      readonly 'created_date[lte]'?: string
      /** Only where modifiedDate is this. When our record last visibly changed */
      readonly modifiedDate?: string
      /** Only where modifiedDate is greater or later than this. When our record last visibly changed */
      readonly 'modifiedDate[gt]'?: string
      /** Only where modifiedDate is at least, or not before, this. When our record last visibly changed */
      readonly 'modifiedDate[gte]'?: string
      /** Only where modifiedDate is less or earlier than this. When our record last visibly changed */
      readonly 'modifiedDate[lt]'?: string
      /** Only where modifiedDate is at most, or not after, this. When our record last visibly changed */
      readonly 'modifiedDate[lte]'?: string
    }
    readonly body: undefined
    readonly answer: string
  }
  /** Export products */
  readonly export_products: {
    readonly query: {
      /** A record a line as JSON, or comma-separated with a row of names above; groups become columns such as `address.city`, and texts that a spreadsheet would calculate are marked */
      readonly format?: 'ndjson' | 'csv'
      /** Most records in one part */
      readonly limit?: number
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
      /** Newest first by this date */
      readonly sort?: 'created_date' | 'modifiedDate'
      /** Only records in this state; `all` for both */
      readonly recordState?: 'ACTIVE' | 'DELETED' | 'all'
      /** Only the records that have one of these ids at the partner's */
      readonly partnerRecordId?: string | readonly string[]
      /** Only these products, by id */
      readonly 'id[in]'?: string | readonly string[]
      /** Only where partnerSource is this. Name of the partner system */
      readonly partnerSource?: string
      /** Only where partnerSource is one of this. Name of the partner system */
      readonly 'partnerSource[in]'?: string | readonly string[]
      /** Only where partnerSource begins with this. Name of the partner system */
      readonly 'partnerSource[prefix]'?: string
      /** Only where name is this. What it is called */
      readonly name?: string
      /** Only where name is one of this. What it is called */
      readonly 'name[in]'?: string | readonly string[]
      /** Only where name begins with this. What it is called */
      readonly 'name[prefix]'?: string
      /** Only where active is this. Whether it is on sale */
      readonly active?: boolean
      /** Only where sku is this. The seller's stock number */
      readonly sku?: string
      /** Only where sku is one of this. The seller's stock number */
      readonly 'sku[in]'?: string | readonly string[]
      /** Only where sku begins with this. The seller's stock number */
      readonly 'sku[prefix]'?: string
      /** Only where partnerAccountConnectionId is this. The connection the record was last read through */
      readonly partnerAccountConnectionId?: string
      /** Only where partnerAccountConnectionId is one of this. The connection the record was last read through */
      readonly 'partnerAccountConnectionId[in]'?: string | readonly string[]
      /** Only where created_date is this. When the record was created at the partner */
      readonly created_date?: string
      /** Only where created_date is greater or later than this. When the record was created at the partner */
      readonly 'created_date[gt]'?: string
      /** Only where created_date is at least, or not before, this. When the record was created at the partner */
      readonly 'created_date[gte]'?: string
      /** Only where created_date is less or earlier than this. When the record was created at the partner */
      readonly 'created_date[lt]'?: string
      /** Only where created_date is at most, or not after, this. When the record was created at the partner */
      readonly 'created_date[lte]'?: string
      /** Only where modifiedDate is this. When our record last visibly changed */
      readonly modifiedDate?: string
      /** Only where modifiedDate is greater or later than this. When our record last visibly changed */
      readonly 'modifiedDate[gt]'?: string
      /** Only where modifiedDate is at least, or not before, this. When our record last visibly changed */
      readonly 'modifiedDate[gte]'?: string
      /** Only where modifiedDate is less or earlier than this. When our record last visibly changed */
      readonly 'modifiedDate[lt]'?: string
      /** Only where modifiedDate is at most, or not after, this. When our record last visibly changed */
      readonly 'modifiedDate[lte]'?: string
    }
    readonly body: undefined
    readonly answer: string
  }
  /** Export invoices */
  readonly export_invoices: {
    readonly query: {
      /** A record a line as JSON, or comma-separated with a row of names above; groups become columns such as `address.city`, and texts that a spreadsheet would calculate are marked */
      readonly format?: 'ndjson' | 'csv'
      /** Most records in one part */
      readonly limit?: number
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
      /** Newest first by this date */
      readonly sort?: 'created_date' | 'modifiedDate'
      /** Only records in this state; `all` for both */
      readonly recordState?: 'ACTIVE' | 'DELETED' | 'all'
      /** Only the records that have one of these ids at the partner's */
      readonly partnerRecordId?: string | readonly string[]
      /** Only these invoices, by id */
      readonly 'id[in]'?: string | readonly string[]
      /** Only where partnerSource is this. Name of the partner system */
      readonly partnerSource?: string
      /** Only where partnerSource is one of this. Name of the partner system */
      readonly 'partnerSource[in]'?: string | readonly string[]
      /** Only where partnerSource begins with this. Name of the partner system */
      readonly 'partnerSource[prefix]'?: string
      /** Only where customer_id is this. The buyer */
      readonly customer_id?: string
      /** Only where customer_id is one of this. The buyer */
      readonly 'customer_id[in]'?: string | readonly string[]
      /** Only where number is this. Number the buyer knows it by */
      readonly number?: string
      /** Only where number is one of this. Number the buyer knows it by */
      readonly 'number[in]'?: string | readonly string[]
      /** Only where number begins with this. Number the buyer knows it by */
      readonly 'number[prefix]'?: string
      /** Only where status is this. State */
      readonly status?: 'draft' | 'open' | 'paid' | 'void' | 'uncollectible' | 'other'
      /** Only where status is one of this. State */
      readonly 'status[in]'?: 'draft' | 'open' | 'paid' | 'void' | 'uncollectible' | 'other' | readonly ('draft' | 'open' | 'paid' | 'void' | 'uncollectible' | 'other')[]
      /** Only where amount_due is this. What is to be paid */
      readonly amount_due?: number
      /** Only where amount_due is greater or later than this. What is to be paid */
      readonly 'amount_due[gt]'?: number
      /** Only where amount_due is at least, or not before, this. What is to be paid */
      readonly 'amount_due[gte]'?: number
      /** Only where amount_due is less or earlier than this. What is to be paid */
      readonly 'amount_due[lt]'?: number
      /** Only where amount_due is at most, or not after, this. What is to be paid */
      readonly 'amount_due[lte]'?: number
      /** Only where currency is this. Currency of the amounts */
      readonly currency?: string
      /** Only where currency is one of this. Currency of the amounts */
      readonly 'currency[in]'?: string | readonly string[]
      /** Only where due_date is this. Last day to pay */
      readonly due_date?: string
      /** Only where due_date is greater or later than this. Last day to pay */
      readonly 'due_date[gt]'?: string
      /** Only where due_date is at least, or not before, this. Last day to pay */
      readonly 'due_date[gte]'?: string
      /** Only where due_date is less or earlier than this. Last day to pay */
      readonly 'due_date[lt]'?: string
      /** Only where due_date is at most, or not after, this. Last day to pay */
      readonly 'due_date[lte]'?: string
      /** Only where subscription_id is this. The subscription it bills */
      readonly subscription_id?: string
      /** Only where subscription_id is one of this. The subscription it bills */
      readonly 'subscription_id[in]'?: string | readonly string[]
      /** Only where order_id is this. The order it bills */
      readonly order_id?: string
      /** Only where order_id is one of this. The order it bills */
      readonly 'order_id[in]'?: string | readonly string[]
      /** Only where payment_id is this. The payment that settled it */
      readonly payment_id?: string
      /** Only where payment_id is one of this. The payment that settled it */
      readonly 'payment_id[in]'?: string | readonly string[]
      /** Only where partnerAccountConnectionId is this. The connection the record was last read through */
      readonly partnerAccountConnectionId?: string
      /** Only where partnerAccountConnectionId is one of this. The connection the record was last read through */
      readonly 'partnerAccountConnectionId[in]'?: string | readonly string[]
      /** Only where created_date is this. When the record was created at the partner */
      readonly created_date?: string
      /** Only where created_date is greater or later than this. When the record was created at the partner */
      readonly 'created_date[gt]'?: string
      /** Only where created_date is at least, or not before, this. When the record was created at the partner */
      readonly 'created_date[gte]'?: string
      /** Only where created_date is less or earlier than this. When the record was created at the partner */
      readonly 'created_date[lt]'?: string
      /** Only where created_date is at most, or not after, this. When the record was created at the partner */
      readonly 'created_date[lte]'?: string
      /** Only where modifiedDate is this. When our record last visibly changed */
      readonly modifiedDate?: string
      /** Only where modifiedDate is greater or later than this. When our record last visibly changed */
      readonly 'modifiedDate[gt]'?: string
      /** Only where modifiedDate is at least, or not before, this. When our record last visibly changed */
      readonly 'modifiedDate[gte]'?: string
      /** Only where modifiedDate is less or earlier than this. When our record last visibly changed */
      readonly 'modifiedDate[lt]'?: string
      /** Only where modifiedDate is at most, or not after, this. When our record last visibly changed */
      readonly 'modifiedDate[lte]'?: string
    }
    readonly body: undefined
    readonly answer: string
  }
  /** Export billing_invoices */
  readonly export_billing_invoices: {
    readonly query: {
      /** A record a line as JSON, or comma-separated with a row of names above; groups become columns such as `address.city`, and texts that a spreadsheet would calculate are marked */
      readonly format?: 'ndjson' | 'csv'
      /** Most records in one part */
      readonly limit?: number
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
      /** Newest first by this date */
      readonly sort?: 'created_date' | 'modifiedDate'
      /** Only records in this state; `all` for both */
      readonly recordState?: 'ACTIVE' | 'DELETED' | 'all'
      /** Only the records that have one of these ids at the partner's */
      readonly partnerRecordId?: string | readonly string[]
      /** Only these billing_invoices, by id */
      readonly 'id[in]'?: string | readonly string[]
      /** Only where partnerSource is this. Name of the partner system */
      readonly partnerSource?: string
      /** Only where partnerSource is one of this. Name of the partner system */
      readonly 'partnerSource[in]'?: string | readonly string[]
      /** Only where partnerSource begins with this. Name of the partner system */
      readonly 'partnerSource[prefix]'?: string
      /** Only where InvoiceYear is this. Year it covers */
      readonly InvoiceYear?: number
      /** Only where InvoiceYear is greater or later than this. Year it covers */
      readonly 'InvoiceYear[gt]'?: number
      /** Only where InvoiceYear is at least, or not before, this. Year it covers */
      readonly 'InvoiceYear[gte]'?: number
      /** Only where InvoiceYear is less or earlier than this. Year it covers */
      readonly 'InvoiceYear[lt]'?: number
      /** Only where InvoiceYear is at most, or not after, this. Year it covers */
      readonly 'InvoiceYear[lte]'?: number
      /** Only where amount is this. Sum of the fees */
      readonly amount?: number
      /** Only where amount is greater or later than this. Sum of the fees */
      readonly 'amount[gt]'?: number
      /** Only where amount is at least, or not before, this. Sum of the fees */
      readonly 'amount[gte]'?: number
      /** Only where amount is less or earlier than this. Sum of the fees */
      readonly 'amount[lt]'?: number
      /** Only where amount is at most, or not after, this. Sum of the fees */
      readonly 'amount[lte]'?: number
      /** Only where currency is this. Currency of the amount */
      readonly currency?: string
      /** Only where currency is one of this. Currency of the amount */
      readonly 'currency[in]'?: string | readonly string[]
      /** Only where partnerAccountConnectionId is this. The connection the record was last read through */
      readonly partnerAccountConnectionId?: string
      /** Only where partnerAccountConnectionId is one of this. The connection the record was last read through */
      readonly 'partnerAccountConnectionId[in]'?: string | readonly string[]
      /** Only where created_date is this. When the record was created at the partner */
      readonly created_date?: string
      /** Only where created_date is greater or later than this. When the record was created at the partner */
      readonly 'created_date[gt]'?: string
      /** Only where created_date is at least, or not before, this. When the record was created at the partner */
      readonly 'created_date[gte]'?: string
      /** Only where created_date is less or earlier than this. When the record was created at the partner */
      readonly 'created_date[lt]'?: string
      /** Only where created_date is at most, or not after, this. When the record was created at the partner */
      readonly 'created_date[lte]'?: string
      /** Only where modifiedDate is this. When our record last visibly changed */
      readonly modifiedDate?: string
      /** Only where modifiedDate is greater or later than this. When our record last visibly changed */
      readonly 'modifiedDate[gt]'?: string
      /** Only where modifiedDate is at least, or not before, this. When our record last visibly changed */
      readonly 'modifiedDate[gte]'?: string
      /** Only where modifiedDate is less or earlier than this. When our record last visibly changed */
      readonly 'modifiedDate[lt]'?: string
      /** Only where modifiedDate is at most, or not after, this. When our record last visibly changed */
      readonly 'modifiedDate[lte]'?: string
    }
    readonly body: undefined
    readonly answer: string
  }
  /** Export billing_invoice_line_items */
  readonly export_billing_invoice_line_items: {
    readonly query: {
      /** A record a line as JSON, or comma-separated with a row of names above; groups become columns such as `address.city`, and texts that a spreadsheet would calculate are marked */
      readonly format?: 'ndjson' | 'csv'
      /** Most records in one part */
      readonly limit?: number
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
      /** Newest first by this date */
      readonly sort?: 'created_date' | 'modifiedDate'
      /** Only records in this state; `all` for both */
      readonly recordState?: 'ACTIVE' | 'DELETED' | 'all'
      /** Only the records that have one of these ids at the partner's */
      readonly partnerRecordId?: string | readonly string[]
      /** Only these billing_invoice_line_items, by id */
      readonly 'id[in]'?: string | readonly string[]
      /** Only where partnerSource is this. Name of the partner system */
      readonly partnerSource?: string
      /** Only where partnerSource is one of this. Name of the partner system */
      readonly 'partnerSource[in]'?: string | readonly string[]
      /** Only where partnerSource begins with this. Name of the partner system */
      readonly 'partnerSource[prefix]'?: string
      /** Only where billing_invoice_id is this. The statement it is on */
      readonly billing_invoice_id?: string
      /** Only where billing_invoice_id is one of this. The statement it is on */
      readonly 'billing_invoice_id[in]'?: string | readonly string[]
      /** Only where partnerAccountConnectionId is this. The connection the record was last read through */
      readonly partnerAccountConnectionId?: string
      /** Only where partnerAccountConnectionId is one of this. The connection the record was last read through */
      readonly 'partnerAccountConnectionId[in]'?: string | readonly string[]
      /** Only where created_date is this. When the record was created at the partner */
      readonly created_date?: string
      /** Only where created_date is greater or later than this. When the record was created at the partner */
      readonly 'created_date[gt]'?: string
      /** Only where created_date is at least, or not before, this. When the record was created at the partner */
      readonly 'created_date[gte]'?: string
      /** Only where created_date is less or earlier than this. When the record was created at the partner */
      readonly 'created_date[lt]'?: string
      /** Only where created_date is at most, or not after, this. When the record was created at the partner */
      readonly 'created_date[lte]'?: string
      /** Only where modifiedDate is this. When our record last visibly changed */
      readonly modifiedDate?: string
      /** Only where modifiedDate is greater or later than this. When our record last visibly changed */
      readonly 'modifiedDate[gt]'?: string
      /** Only where modifiedDate is at least, or not before, this. When our record last visibly changed */
      readonly 'modifiedDate[gte]'?: string
      /** Only where modifiedDate is less or earlier than this. When our record last visibly changed */
      readonly 'modifiedDate[lt]'?: string
      /** Only where modifiedDate is at most, or not after, this. When our record last visibly changed */
      readonly 'modifiedDate[lte]'?: string
    }
    readonly body: undefined
    readonly answer: string
  }
  /** Who changed what */
  readonly list_audit_entries: {
    readonly query: {
      /** Only of these ledger accounts; all that the key may see by default */
      readonly ledgerAccountId?: string | readonly string[]
      /** Only of the ledger account that has this id of the institution's own */
      readonly institutionAccountId?: string
      /** Only what was done with this key */
      readonly keyId?: string
      /** Only this operation, by its operationId */
      readonly operation?: string
      /** Only from this moment on */
      readonly 'date[gte]'?: string
      /** Only before this moment */
      readonly 'date[lt]'?: string
      /** Most records on a page */
      readonly limit?: number
      /** The `next_cursor` of the page before; with the same filters */
      readonly cursor?: string
    }
    readonly body: undefined
    readonly answer: { readonly object: 'list'; readonly url: string; readonly data: readonly ({ readonly object: 'audit_entry'; readonly id: string; readonly date: string; readonly via: 'api' | 'cli'; readonly key_id: string | null; readonly key_hint: string | null; readonly operation: string; readonly changed_object: string | null; readonly changed_id: string | null; readonly ledgerAccountId: string | null; readonly request_id: string | null; readonly status: number | null; readonly code: string | null })[]; readonly has_more: boolean; readonly next_cursor: string | null }
  }
}

/** Method and path of every operation, and whether it answers a list. */
export const operations = {
  list_customers: 'GET /customers list',
  retrieve_customer: 'GET /customers/{id}',
  list_payments: 'GET /payments list',
  retrieve_payment: 'GET /payments/{id}',
  list_transactions: 'GET /transactions list',
  retrieve_transaction: 'GET /transactions/{id}',
  list_settlements: 'GET /settlements list',
  retrieve_settlement: 'GET /settlements/{id}',
  list_disputes: 'GET /disputes list',
  retrieve_dispute: 'GET /disputes/{id}',
  list_external_accounts: 'GET /external_accounts list',
  retrieve_external_account: 'GET /external_accounts/{id}',
  list_subscriptions: 'GET /subscriptions list',
  retrieve_subscription: 'GET /subscriptions/{id}',
  list_orders: 'GET /orders list',
  retrieve_order: 'GET /orders/{id}',
  list_products: 'GET /products list',
  retrieve_product: 'GET /products/{id}',
  list_invoices: 'GET /invoices list',
  retrieve_invoice: 'GET /invoices/{id}',
  list_billing_invoices: 'GET /billing_invoices list',
  retrieve_billing_invoice: 'GET /billing_invoices/{id}',
  list_billing_invoice_line_items: 'GET /billing_invoice_line_items list',
  retrieve_billing_invoice_line_item: 'GET /billing_invoice_line_items/{id}',
  list_ledger_accounts: 'GET /ledger_accounts list',
  retrieve_ledger_account: 'GET /ledger_accounts/{id}',
  list_partner_account_connections: 'GET /partner_account_connections list',
  retrieve_partner_account_connection: 'GET /partner_account_connections/{id}',
  list_payments_of_customer: 'GET /customers/{id}/payments list',
  list_disputes_of_customer: 'GET /customers/{id}/disputes list',
  list_external_accounts_of_customer: 'GET /customers/{id}/external_accounts list',
  list_subscriptions_of_customer: 'GET /customers/{id}/subscriptions list',
  list_orders_of_customer: 'GET /customers/{id}/orders list',
  list_invoices_of_customer: 'GET /customers/{id}/invoices list',
  list_transactions_of_settlement: 'GET /settlements/{id}/transactions list',
  list_line_items_of_billing_invoice: 'GET /billing_invoices/{id}/line_items list',
  list_partner_account_connections_of_ledger_account: 'GET /ledger_accounts/{id}/partner_account_connections list',
  list_products_of_customer: 'GET /customers/{id}/products list',
  customer_timeline: 'GET /customers/{id}/timeline list',
  customer_summary: 'GET /customers/{id}/summary',
  create_ledger_account: 'POST /ledger_accounts',
  update_ledger_account: 'PATCH /ledger_accounts/{id}',
  delete_ledger_account: 'DELETE /ledger_accounts/{id}',
  get_partner_account_connection_schedule: 'GET /partner_account_connections/{id}/schedule',
  update_partner_account_connection_schedule: 'PATCH /partner_account_connections/{id}/schedule',
  reconcile_partner_account_connection: 'POST /partner_account_connections/{id}/reconcile',
  list_partner_account_connection_drift: 'GET /partner_account_connections/{id}/drift list',
  create_partner_account_connection: 'POST /partner_account_connections',
  sync_partner_account_connection: 'POST /partner_account_connections/{id}/sync',
  disable_partner_account_connection: 'POST /partner_account_connections/{id}/disable',
  enable_partner_account_connection: 'POST /partner_account_connections/{id}/enable',
  revoke_partner_account_connection: 'POST /partner_account_connections/{id}/revoke',
  make_consent_page: 'POST /auth/consent/page',
  consent_page: 'GET /auth/consent/page',
  consent_settings: 'GET /auth/consent/settings',
  update_consent_settings: 'PATCH /auth/consent/settings',
  ledger_account_id: 'GET /auth/consent/ledgerAccountId',
  consent_status: 'GET /auth/consent/status',
  notification_settings: 'GET /partner_account_connections/{id}/notifications',
  register_notifications: 'POST /partner_account_connections/{id}/notifications',
  unregister_notifications: 'DELETE /partner_account_connections/{id}/notifications',
  set_notification_secret: 'POST /partner_account_connections/{id}/notification_secret',
  settlement_summary: 'GET /insights/settlement_summary',
  list_changes: 'GET /changes',
  list_change_heads: 'GET /changes/heads list',
  list_event_endpoints: 'GET /event_endpoints list',
  create_event_endpoint: 'POST /event_endpoints',
  retrieve_event_endpoint: 'GET /event_endpoints/{id}',
  update_event_endpoint: 'PATCH /event_endpoints/{id}',
  delete_event_endpoint: 'DELETE /event_endpoints/{id}',
  rotate_event_endpoint_secret: 'POST /event_endpoints/{id}/rotate_secret',
  test_event_endpoint: 'POST /event_endpoints/{id}/test',
  replay_event_endpoint: 'POST /event_endpoints/{id}/replay',
  list_event_deliveries: 'GET /event_deliveries list',
  retrieve_event_delivery: 'GET /event_deliveries/{id}',
  replay_event_delivery: 'POST /event_deliveries/{id}/replay',
  list_model: 'GET /model',
  retrieve_model: 'GET /model/{object}',
  compare_model: 'GET /model/{object}/compare',
  list_partner_sources: 'GET /partner_sources list',
  list_model_sources: 'GET /model/{object}/sources list',
  list_keys: 'GET /keys list',
  create_key: 'POST /keys',
  revoke_key: 'DELETE /keys/{id}',
  export_customers: 'GET /exports/customers',
  export_payments: 'GET /exports/payments',
  export_transactions: 'GET /exports/transactions',
  export_settlements: 'GET /exports/settlements',
  export_disputes: 'GET /exports/disputes',
  export_external_accounts: 'GET /exports/external_accounts',
  export_subscriptions: 'GET /exports/subscriptions',
  export_orders: 'GET /exports/orders',
  export_products: 'GET /exports/products',
  export_invoices: 'GET /exports/invoices',
  export_billing_invoices: 'GET /exports/billing_invoices',
  export_billing_invoice_line_items: 'GET /exports/billing_invoice_line_items',
  list_audit_entries: 'GET /audit_entries list',
} as const satisfies { readonly [O in keyof Operations]: string }
