import { payment } from '../../model/payment.ts'
import { mapping } from '../mapping.ts'
import { absent, computed, constant, fold, isoTime, link, oneOf, through } from '../rules.ts'
import { amountAt, currencyAt } from './amounts.ts'
import { payerOf } from './customer.ts'
import { hasMoved, idIn, kindOf, referenceTo } from './event_codes.ts'
import { isOrder } from './order.ts'
import { transactionKey } from './transaction.ts'

const info = 'transaction_info'
const status = `${info}.transaction_status`
const onlyOnARefund = absent('only on a refund')

const ownTransaction = link(
  'transaction',
  computed([`${info}.transaction_id`, status], 'of the same row, once it has moved', (row) =>
    hasMoved(row) ? transactionKey(row) : null,
  ),
)

/** Money that a buyer paid. */
export const paypalPayment = mapping(
  payment,
  {
    partnerRecordId: `${info}.transaction_id`,
    created_date: isoTime(`${info}.transaction_initiation_date`),
    type: constant('charge'),
    amount: amountAt(`${info}.transaction_amount`),
    currency: currencyAt(`${info}.transaction_amount`),
    description: oneOf(`${info}.transaction_subject`, `${info}.transaction_note`),
    // What PayPal or a bank took back later was paid all the same.
    status: fold(status, { S: 'succeeded', V: 'succeeded', P: 'pending', D: 'failed' }, 'unknown'),
    status_reason: {
      outcome: fold(status, { S: 'paid', V: 'paid', P: 'pending', D: 'failed' }, 'unknown'),
      outcome_reason: absent('not told'),
      outcome_risk_level: absent('not told'),
    },
    refund_reason: onlyOnARefund,
    refunded_payment_id: onlyOnARefund,
    amount_refunded: absent('not told of a payment; its refunds name it'),
    customer_id: link(
      'customer',
      computed(
        ['payer_info.account_id', 'payer_info.email_address'],
        'the payer, by id, else by e-mail',
        payerOf,
      ),
    ),
    order_id: link(
      'order',
      computed([`${info}.transaction_id`], 'the same row, where it has a cart', (row) =>
        isOrder(row) ? idIn(row) : null,
      ),
    ),
    invoice_id: link('invoice', 'cart_info.paypal_invoice_id'),
    subscription_id: link(
      'subscription',
      computed([`${info}.paypal_reference_id`], 'where the reference is one', (row) =>
        referenceTo('SUB', row),
      ),
    ),
    external_account_id: absent('a payment does not name the saved instrument'),
    transaction: ownTransaction,
    payment_method: {
      type: `${info}.instrument_type`,
      brand: `${info}.instrument_sub_type`,
      last4: absent('not told'),
      country: absent('not told'),
      wallet: absent('the type says it'),
    },
  },
  { title: 'Payment of a buyer', when: (row) => kindOf(row) === 'payment' },
)

/** Money given back. */
export const paypalRefund = mapping(
  payment,
  {
    partnerRecordId: `${info}.transaction_id`,
    created_date: isoTime(`${info}.transaction_initiation_date`),
    type: constant('refund'),
    amount: amountAt(`${info}.transaction_amount`),
    currency: currencyAt(`${info}.transaction_amount`),
    description: oneOf(`${info}.transaction_note`, `${info}.transaction_subject`),
    status: fold(status, { S: 'succeeded', P: 'pending', D: 'failed', V: 'failed' }, 'unknown'),
    status_reason: {
      outcome: fold(status, { S: 'succeeded', P: 'pending', D: 'failed', V: 'failed' }, 'unknown'),
      outcome_reason: absent('not told'),
      outcome_risk_level: absent('not told'),
    },
    refund_reason: absent('not told'),
    refunded_payment_id: link(
      'payment',
      computed([`${info}.paypal_reference_id`], 'the transaction it refers to', (row) =>
        referenceTo('TXN', row),
      ),
    ),
    amount_refunded: absent('only on a charge'),
    customer_id: through('refunded_payment_id'),
    order_id: absent("its payment's"),
    invoice_id: absent("its payment's"),
    subscription_id: absent("its payment's"),
    external_account_id: absent("its payment's"),
    transaction: ownTransaction,
    payment_method: {
      type: `${info}.instrument_type`,
      brand: `${info}.instrument_sub_type`,
      last4: absent('not told'),
      country: absent('not told'),
      wallet: absent('the type says it'),
    },
  },
  { title: 'Refund', when: (row) => kindOf(row) === 'refund' },
)
