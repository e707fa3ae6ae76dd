-- What an account's payloads do not repeat, such as its currency and locations: an object of texts.
alter table partner_account_connection add column account_facts text;

-- Until when changes of the transactions are in the monthly statements of fees.
alter table partner_account_connection add column stated_until timestamptz;

-- What the horizon was of the last pass that read a stream whole.
alter table stream add column verified_ms bigint;

-- Partners merge customers, and guests turn out to be customers.
alter table customer add column "mergedInto" text collate "C";
create index "customer_mergedInto" on customer (ledger_account_id, "mergedInto", created_date desc, id desc) where "mergedInto" is not null;

-- Records that name their buyer only through an instrument are found by it.
alter table payment add column external_account_id text collate "C";
update payment set external_account_id = record::jsonb->>'external_account_id';
create index payment_external_account_id on payment (ledger_account_id, external_account_id, created_date desc, id desc) where external_account_id is not null;

alter table subscription add column external_account_id text collate "C";
update subscription set external_account_id = record::jsonb->>'external_account_id';
create index subscription_external_account_id on subscription (ledger_account_id, external_account_id, created_date desc, id desc) where external_account_id is not null;
