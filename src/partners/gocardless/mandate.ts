import { external_account } from '../../model/external_account.ts'
import { mapping } from '../mapping.ts'
import { absent, constant, fold, isoTime, link, oneOf } from '../rules.ts'

/** The right to debit a bank account: what payments and subscriptions name. */
export const gocardlessMandate = mapping(
  external_account,
  {
    partnerRecordId: 'id',
    created_date: isoTime('created_at'),
    type: constant('other'),
    customer_id: link('customer', 'links.customer'),
    status: fold(
      'status',
      {
        pending_customer_approval: 'active',
        pending_submission: 'active',
        submitted: 'active',
        active: 'active',
        suspended_by_payer: 'disabled',
        blocked: 'disabled',
        failed: 'disabled',
        cancelled: 'removed',
        consumed: 'expired',
        expired: 'expired',
      },
      'other',
    ),
    currency: absent('told by its scheme only'),
    country: absent("its bank account's"),
    holder_name: absent("its bank account's"),
    bank_account: absent('it is a mandate'),
    card: absent('it is a mandate'),
    other: { kind: constant('mandate'), label: oneOf('reference', 'scheme') },
  },
  { title: 'Mandate' },
)
