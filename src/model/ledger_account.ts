import { country, enumOf, hash, hashes, listOf, string, timestamp } from './field.ts'
import { platformObject, type RecordOf } from './object.ts'

export type LedgerAccount = RecordOf<typeof ledger_account>

export const ledger_account = platformObject(
  'ledger_account',
  'la',
  'A business that gave consent: the parent of all its data',
  {
    institutionAccountId: string("The institution's own id of the business", {
      filter: true,
      example: 'merchant-1042',
    }),
    business_profile: hash(
      {
        name: string('Name of the business', { example: 'Furrow Farm Ltd' }),
        country: country('Country it trades from'),
        account_name_partner: hashes(
          {
            partnerSource: string('Name of the partner system', { example: 'stripe' }),
            name: string('What the partner calls the business', { example: 'Furrow Farm' }),
          },
          'What each partner calls the business',
        ),
      },
      'Who the business is',
    ),
    mode: enumOf(['test', 'live'], 'Test data and live data never meet', {
      required: true,
      filter: true,
      index: false,
    }),
    connections: listOf(
      'partner_account_connection',
      'ledgerAccountId',
      'Its accounts at partner systems',
    ),
    created_date: timestamp('When it was made', { required: true, filter: true }),
    modifiedDate: timestamp('When it last changed', { required: true, filter: true }),
    recordState: enumOf(['ACTIVE', 'DELETED'], 'Whether it still exists', {
      required: true,
      filter: true,
    }),
  },
)
