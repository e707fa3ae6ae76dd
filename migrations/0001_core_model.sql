-- Record tables are computed from src/model; a test compares the two. Every key and index starts
-- with the ledger account, so that the tables can be distributed by it.

-- A buyer of the seller's, as saved at one partner system
create table customer (
  ledger_account_id text collate "C" not null,
  id text collate "C" not null,
  "partnerSource" text collate "C" not null,
  name text collate "C",
  address_country text collate "C",
  email text collate "C",
  external_account_id text collate "C",
  "partnerAccountConnectionId" text collate "C" not null,
  "partnerRecordId" text collate "C" not null,
  created_date timestamptz not null,
  "modifiedDate" timestamptz not null,
  "recordState" text collate "C" not null,
  record text not null,
  payload text,
  mapping_version integer not null default 0,
  stamp bigint not null default 0,
  visible_hash text collate "C" not null default '',
  primary key (ledger_account_id, id)
) with (toast_tuple_target = 8160);
create index customer_created_date on customer (ledger_account_id, created_date desc, id desc);
create index "customer_modifiedDate" on customer (ledger_account_id, "modifiedDate" desc, id desc);
create index customer_name on customer (ledger_account_id, lower(name collate "default") collate "C", created_date desc, id desc) where name is not null;
create index customer_address_country on customer (ledger_account_id, address_country, created_date desc, id desc) where address_country is not null;
create index customer_email on customer (ledger_account_id, lower(email collate "default") collate "C", created_date desc, id desc) where email is not null;
create index customer_external_account_id on customer (ledger_account_id, external_account_id, created_date desc, id desc) where external_account_id is not null;

-- Money taken from a buyer (charge) or given back (refund)
create table payment (
  ledger_account_id text collate "C" not null,
  id text collate "C" not null,
  "partnerSource" text collate "C" not null,
  type text collate "C",
  amount bigint,
  currency text collate "C",
  status text collate "C",
  refunded_payment_id text collate "C",
  customer_id text collate "C",
  order_id text collate "C",
  invoice_id text collate "C",
  subscription_id text collate "C",
  "partnerAccountConnectionId" text collate "C" not null,
  "partnerRecordId" text collate "C" not null,
  created_date timestamptz not null,
  "modifiedDate" timestamptz not null,
  "recordState" text collate "C" not null,
  record text not null,
  payload text,
  mapping_version integer not null default 0,
  stamp bigint not null default 0,
  visible_hash text collate "C" not null default '',
  primary key (ledger_account_id, id)
) with (toast_tuple_target = 8160);
create index payment_created_date on payment (ledger_account_id, created_date desc, id desc);
create index "payment_modifiedDate" on payment (ledger_account_id, "modifiedDate" desc, id desc);
create index payment_amount on payment (ledger_account_id, amount, id) where amount is not null;
create index payment_status on payment (ledger_account_id, status, created_date desc, id desc) where status is not null;
create index payment_refunded_payment_id on payment (ledger_account_id, refunded_payment_id, created_date desc, id desc) where refunded_payment_id is not null;
create index payment_customer_id on payment (ledger_account_id, customer_id, created_date desc, id desc) where customer_id is not null;
create index payment_order_id on payment (ledger_account_id, order_id, created_date desc, id desc) where order_id is not null;
create index payment_invoice_id on payment (ledger_account_id, invoice_id, created_date desc, id desc) where invoice_id is not null;
create index payment_subscription_id on payment (ledger_account_id, subscription_id, created_date desc, id desc) where subscription_id is not null;

-- One movement on the seller's balance at the partner, with its fees
create table transaction (
  ledger_account_id text collate "C" not null,
  id text collate "C" not null,
  "partnerSource" text collate "C" not null,
  type text collate "C",
  amount bigint,
  currency text collate "C",
  source_id text collate "C",
  settlement_id text collate "C",
  available_date timestamptz,
  "partnerAccountConnectionId" text collate "C" not null,
  "partnerRecordId" text collate "C" not null,
  created_date timestamptz not null,
  "modifiedDate" timestamptz not null,
  "recordState" text collate "C" not null,
  record text not null,
  payload text,
  mapping_version integer not null default 0,
  stamp bigint not null default 0,
  visible_hash text collate "C" not null default '',
  primary key (ledger_account_id, id)
) with (toast_tuple_target = 8160);
create index transaction_created_date on transaction (ledger_account_id, created_date desc, id desc);
create index "transaction_modifiedDate" on transaction (ledger_account_id, "modifiedDate" desc, id desc);
create index transaction_type on transaction (ledger_account_id, type, created_date desc, id desc) where type is not null;
create index transaction_amount on transaction (ledger_account_id, amount, id) where amount is not null;
create index transaction_source_id on transaction (ledger_account_id, source_id, created_date desc, id desc) where source_id is not null;
create index transaction_settlement_id on transaction (ledger_account_id, settlement_id, created_date desc, id desc) where settlement_id is not null;
create index transaction_available_date on transaction (ledger_account_id, available_date, id) where available_date is not null;

-- A payout to the seller
create table settlement (
  ledger_account_id text collate "C" not null,
  id text collate "C" not null,
  "partnerSource" text collate "C" not null,
  amount bigint,
  currency text collate "C",
  status text collate "C",
  arrival_date timestamptz,
  "partnerAccountConnectionId" text collate "C" not null,
  "partnerRecordId" text collate "C" not null,
  created_date timestamptz not null,
  "modifiedDate" timestamptz not null,
  "recordState" text collate "C" not null,
  record text not null,
  payload text,
  mapping_version integer not null default 0,
  stamp bigint not null default 0,
  visible_hash text collate "C" not null default '',
  primary key (ledger_account_id, id)
) with (toast_tuple_target = 8160);
create index settlement_created_date on settlement (ledger_account_id, created_date desc, id desc);
create index "settlement_modifiedDate" on settlement (ledger_account_id, "modifiedDate" desc, id desc);
create index settlement_amount on settlement (ledger_account_id, amount, id) where amount is not null;
create index settlement_status on settlement (ledger_account_id, status, created_date desc, id desc) where status is not null;
create index settlement_arrival_date on settlement (ledger_account_id, arrival_date, id) where arrival_date is not null;

-- A buyer questions a payment with their bank
create table dispute (
  ledger_account_id text collate "C" not null,
  id text collate "C" not null,
  "partnerSource" text collate "C" not null,
  amount bigint,
  currency text collate "C",
  status text collate "C",
  evidence_due_date timestamptz,
  payment_id text collate "C",
  customer_id text collate "C",
  "partnerAccountConnectionId" text collate "C" not null,
  "partnerRecordId" text collate "C" not null,
  created_date timestamptz not null,
  "modifiedDate" timestamptz not null,
  "recordState" text collate "C" not null,
  record text not null,
  payload text,
  mapping_version integer not null default 0,
  stamp bigint not null default 0,
  visible_hash text collate "C" not null default '',
  primary key (ledger_account_id, id)
) with (toast_tuple_target = 8160);
create index dispute_created_date on dispute (ledger_account_id, created_date desc, id desc);
create index "dispute_modifiedDate" on dispute (ledger_account_id, "modifiedDate" desc, id desc);
create index dispute_amount on dispute (ledger_account_id, amount, id) where amount is not null;
create index dispute_status on dispute (ledger_account_id, status, created_date desc, id desc) where status is not null;
create index dispute_evidence_due_date on dispute (ledger_account_id, evidence_due_date, id) where evidence_due_date is not null;
create index dispute_payment_id on dispute (ledger_account_id, payment_id, created_date desc, id desc) where payment_id is not null;
create index dispute_customer_id on dispute (ledger_account_id, customer_id, created_date desc, id desc) where customer_id is not null;

-- A bank account, card or wallet: a buyer's saved instrument, or where settlements go
create table external_account (
  ledger_account_id text collate "C" not null,
  id text collate "C" not null,
  "partnerSource" text collate "C" not null,
  type text collate "C",
  customer_id text collate "C",
  status text collate "C",
  "partnerAccountConnectionId" text collate "C" not null,
  "partnerRecordId" text collate "C" not null,
  created_date timestamptz not null,
  "modifiedDate" timestamptz not null,
  "recordState" text collate "C" not null,
  record text not null,
  payload text,
  mapping_version integer not null default 0,
  stamp bigint not null default 0,
  visible_hash text collate "C" not null default '',
  primary key (ledger_account_id, id)
) with (toast_tuple_target = 8160);
create index external_account_created_date on external_account (ledger_account_id, created_date desc, id desc);
create index "external_account_modifiedDate" on external_account (ledger_account_id, "modifiedDate" desc, id desc);
create index external_account_type on external_account (ledger_account_id, type, created_date desc, id desc) where type is not null;
create index external_account_customer_id on external_account (ledger_account_id, customer_id, created_date desc, id desc) where customer_id is not null;
create index external_account_status on external_account (ledger_account_id, status, created_date desc, id desc) where status is not null;

-- A buyer is charged again and again for goods or services
create table subscription (
  ledger_account_id text collate "C" not null,
  id text collate "C" not null,
  "partnerSource" text collate "C" not null,
  customer_id text collate "C",
  status text collate "C",
  amount bigint,
  currency text collate "C",
  current_period_end timestamptz,
  "partnerAccountConnectionId" text collate "C" not null,
  "partnerRecordId" text collate "C" not null,
  created_date timestamptz not null,
  "modifiedDate" timestamptz not null,
  "recordState" text collate "C" not null,
  record text not null,
  payload text,
  mapping_version integer not null default 0,
  stamp bigint not null default 0,
  visible_hash text collate "C" not null default '',
  primary key (ledger_account_id, id)
) with (toast_tuple_target = 8160);
create index subscription_created_date on subscription (ledger_account_id, created_date desc, id desc);
create index "subscription_modifiedDate" on subscription (ledger_account_id, "modifiedDate" desc, id desc);
create index subscription_customer_id on subscription (ledger_account_id, customer_id, created_date desc, id desc) where customer_id is not null;
create index subscription_status on subscription (ledger_account_id, status, created_date desc, id desc) where status is not null;
create index subscription_amount on subscription (ledger_account_id, amount, id) where amount is not null;
create index subscription_current_period_end on subscription (ledger_account_id, current_period_end, id) where current_period_end is not null;

-- Goods or services a buyer asked for
create table "order" (
  ledger_account_id text collate "C" not null,
  id text collate "C" not null,
  "partnerSource" text collate "C" not null,
  customer_id text collate "C",
  number text collate "C",
  status text collate "C",
  amount bigint,
  currency text collate "C",
  email text collate "C",
  placed_date timestamptz,
  "partnerAccountConnectionId" text collate "C" not null,
  "partnerRecordId" text collate "C" not null,
  created_date timestamptz not null,
  "modifiedDate" timestamptz not null,
  "recordState" text collate "C" not null,
  record text not null,
  payload text,
  mapping_version integer not null default 0,
  stamp bigint not null default 0,
  visible_hash text collate "C" not null default '',
  primary key (ledger_account_id, id)
) with (toast_tuple_target = 8160);
create index order_created_date on "order" (ledger_account_id, created_date desc, id desc);
create index "order_modifiedDate" on "order" (ledger_account_id, "modifiedDate" desc, id desc);
create index order_customer_id on "order" (ledger_account_id, customer_id, created_date desc, id desc) where customer_id is not null;
create index order_number on "order" (ledger_account_id, lower(number collate "default") collate "C", created_date desc, id desc) where number is not null;
create index order_status on "order" (ledger_account_id, status, created_date desc, id desc) where status is not null;
create index order_amount on "order" (ledger_account_id, amount, id) where amount is not null;
create index order_email on "order" (ledger_account_id, lower(email collate "default") collate "C", created_date desc, id desc) where email is not null;
create index order_placed_date on "order" (ledger_account_id, placed_date, id) where placed_date is not null;

-- What the seller sells
create table product (
  ledger_account_id text collate "C" not null,
  id text collate "C" not null,
  "partnerSource" text collate "C" not null,
  name text collate "C",
  active boolean,
  sku text collate "C",
  "partnerAccountConnectionId" text collate "C" not null,
  "partnerRecordId" text collate "C" not null,
  created_date timestamptz not null,
  "modifiedDate" timestamptz not null,
  "recordState" text collate "C" not null,
  record text not null,
  payload text,
  mapping_version integer not null default 0,
  stamp bigint not null default 0,
  visible_hash text collate "C" not null default '',
  primary key (ledger_account_id, id)
) with (toast_tuple_target = 8160);
create index product_created_date on product (ledger_account_id, created_date desc, id desc);
create index "product_modifiedDate" on product (ledger_account_id, "modifiedDate" desc, id desc);
create index product_name on product (ledger_account_id, lower(name collate "default") collate "C", created_date desc, id desc) where name is not null;
create index product_active on product (ledger_account_id, active, created_date desc, id desc) where active is not null;
create index product_sku on product (ledger_account_id, lower(sku collate "default") collate "C", created_date desc, id desc) where sku is not null;

-- The seller bills a buyer
create table invoice (
  ledger_account_id text collate "C" not null,
  id text collate "C" not null,
  "partnerSource" text collate "C" not null,
  customer_id text collate "C",
  number text collate "C",
  status text collate "C",
  amount_due bigint,
  currency text collate "C",
  due_date timestamptz,
  subscription_id text collate "C",
  order_id text collate "C",
  payment_id text collate "C",
  "partnerAccountConnectionId" text collate "C" not null,
  "partnerRecordId" text collate "C" not null,
  created_date timestamptz not null,
  "modifiedDate" timestamptz not null,
  "recordState" text collate "C" not null,
  record text not null,
  payload text,
  mapping_version integer not null default 0,
  stamp bigint not null default 0,
  visible_hash text collate "C" not null default '',
  primary key (ledger_account_id, id)
) with (toast_tuple_target = 8160);
create index invoice_created_date on invoice (ledger_account_id, created_date desc, id desc);
create index "invoice_modifiedDate" on invoice (ledger_account_id, "modifiedDate" desc, id desc);
create index invoice_customer_id on invoice (ledger_account_id, customer_id, created_date desc, id desc) where customer_id is not null;
create index invoice_number on invoice (ledger_account_id, lower(number collate "default") collate "C", created_date desc, id desc) where number is not null;
create index invoice_status on invoice (ledger_account_id, status, created_date desc, id desc) where status is not null;
create index invoice_amount_due on invoice (ledger_account_id, amount_due, id) where amount_due is not null;
create index invoice_due_date on invoice (ledger_account_id, due_date, id) where due_date is not null;
create index invoice_subscription_id on invoice (ledger_account_id, subscription_id, created_date desc, id desc) where subscription_id is not null;
create index invoice_order_id on invoice (ledger_account_id, order_id, created_date desc, id desc) where order_id is not null;
create index invoice_payment_id on invoice (ledger_account_id, payment_id, created_date desc, id desc) where payment_id is not null;

-- The partner's statement of its fees to the seller
create table billing_invoice (
  ledger_account_id text collate "C" not null,
  id text collate "C" not null,
  "partnerSource" text collate "C" not null,
  "InvoiceYear" bigint,
  amount bigint,
  currency text collate "C",
  "partnerAccountConnectionId" text collate "C" not null,
  "partnerRecordId" text collate "C" not null,
  created_date timestamptz not null,
  "modifiedDate" timestamptz not null,
  "recordState" text collate "C" not null,
  record text not null,
  payload text,
  mapping_version integer not null default 0,
  stamp bigint not null default 0,
  visible_hash text collate "C" not null default '',
  primary key (ledger_account_id, id)
) with (toast_tuple_target = 8160);
create index billing_invoice_created_date on billing_invoice (ledger_account_id, created_date desc, id desc);
create index "billing_invoice_modifiedDate" on billing_invoice (ledger_account_id, "modifiedDate" desc, id desc);
create index "billing_invoice_InvoiceYear" on billing_invoice (ledger_account_id, "InvoiceYear", id) where "InvoiceYear" is not null;
create index billing_invoice_amount on billing_invoice (ledger_account_id, amount, id) where amount is not null;

-- One line of a partner's statement
create table billing_invoice_line_item (
  ledger_account_id text collate "C" not null,
  id text collate "C" not null,
  "partnerSource" text collate "C" not null,
  billing_invoice_id text collate "C",
  "partnerAccountConnectionId" text collate "C" not null,
  "partnerRecordId" text collate "C" not null,
  created_date timestamptz not null,
  "modifiedDate" timestamptz not null,
  "recordState" text collate "C" not null,
  record text not null,
  payload text,
  mapping_version integer not null default 0,
  stamp bigint not null default 0,
  visible_hash text collate "C" not null default '',
  primary key (ledger_account_id, id)
) with (toast_tuple_target = 8160);
create index billing_invoice_line_item_created_date on billing_invoice_line_item (ledger_account_id, created_date desc, id desc);
create index "billing_invoice_line_item_modifiedDate" on billing_invoice_line_item (ledger_account_id, "modifiedDate" desc, id desc);
create index billing_invoice_line_item_billing_invoice_id on billing_invoice_line_item (ledger_account_id, billing_invoice_id, created_date desc, id desc) where billing_invoice_id is not null;

-- A business that gave consent: the parent of all its data
create table ledger_account (
  ledger_account_id text collate "C" not null,
  id text collate "C" not null,
  "institutionAccountId" text collate "C",
  mode text collate "C" not null,
  created_date timestamptz not null,
  "modifiedDate" timestamptz not null,
  "recordState" text collate "C" not null,
  record text not null,
  payload text,
  mapping_version integer not null default 0,
  stamp bigint not null default 0,
  visible_hash text collate "C" not null default '',
  primary key (ledger_account_id, id)
) with (toast_tuple_target = 8160);
create index ledger_account_created_date on ledger_account (ledger_account_id, created_date desc, id desc);
create index "ledger_account_modifiedDate" on ledger_account (ledger_account_id, "modifiedDate" desc, id desc);
create index "ledger_account_institutionAccountId" on ledger_account (ledger_account_id, lower("institutionAccountId" collate "default") collate "C", created_date desc, id desc) where "institutionAccountId" is not null;
create index "ledger_account_recordState" on ledger_account (ledger_account_id, "recordState", created_date desc, id desc);

-- One authorised account of a ledger account at a partner system
create table partner_account_connection (
  ledger_account_id text collate "C" not null,
  id text collate "C" not null,
  "partnerSource" text collate "C" not null,
  partner_account_id text collate "C",
  status text collate "C" not null,
  created_date timestamptz not null,
  "modifiedDate" timestamptz not null,
  "recordState" text collate "C" not null,
  record text not null,
  payload text,
  mapping_version integer not null default 0,
  stamp bigint not null default 0,
  visible_hash text collate "C" not null default '',
  primary key (ledger_account_id, id)
) with (toast_tuple_target = 8160);
create index partner_account_connection_created_date on partner_account_connection (ledger_account_id, created_date desc, id desc);
create index "partner_account_connection_modifiedDate" on partner_account_connection (ledger_account_id, "modifiedDate" desc, id desc);
create index "partner_account_connection_partnerSource" on partner_account_connection (ledger_account_id, lower("partnerSource" collate "default") collate "C", created_date desc, id desc);
create index partner_account_connection_partner_account_id on partner_account_connection (ledger_account_id, lower(partner_account_id collate "default") collate "C", created_date desc, id desc) where partner_account_id is not null;
create index partner_account_connection_status on partner_account_connection (ledger_account_id, status, created_date desc, id desc);
create index "partner_account_connection_recordState" on partner_account_connection (ledger_account_id, "recordState", created_date desc, id desc);

-- A ledger account is found by its institution before its own id is known.
alter table ledger_account add column institution_id text collate "C" not null;
create unique index ledger_account_institution
  on ledger_account (institution_id, mode, "institutionAccountId")
  where "recordState" = 'ACTIVE';

-- How a connection is reached; what it is authorised with is in credential.
alter table partner_account_connection add column base_url text;
alter table partner_account_connection add column account_created_ms bigint;
