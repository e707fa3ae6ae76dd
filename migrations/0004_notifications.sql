-- Partners name only the connection when they deliver: whose it is stands here.
create table notification_address (
  partner_account_connection_id text collate "C" primary key,
  ledger_account_id text collate "C" not null
);

-- What notifications are signed with. A former secret is believed until its end.
create table notification_secret (
  ledger_account_id text collate "C" not null,
  partner_account_connection_id text collate "C" not null,
  id text collate "C" not null,
  sealed text not null,
  created_date timestamptz not null,
  until_date timestamptz,
  primary key (ledger_account_id, partner_account_connection_id, id)
);

-- Where a partner was asked to deliver to, with its own ids of what was registered there.
create table notification_registration (
  ledger_account_id text collate "C" not null,
  partner_account_connection_id text collate "C" not null,
  url text not null,
  partner_ids text[] not null,
  registered_date timestamptz not null,
  primary key (ledger_account_id, partner_account_connection_id)
);

-- What was delivered. The payload goes once it was processed; the row stays a while, so that a
-- repeated delivery is known. `due_date` is null once nothing more is to be done.
create table notification (
  ledger_account_id text collate "C" not null,
  partner_account_connection_id text collate "C" not null,
  event_id text collate "C" not null,
  payload text,
  received_date timestamptz not null,
  due_date timestamptz,
  processed_date timestamptz,
  attempts integer not null default 0,
  reason text,
  primary key (ledger_account_id, partner_account_connection_id, event_id)
);
create index notification_due on notification (ledger_account_id, partner_account_connection_id, due_date) where due_date is not null;
create index notification_processed on notification (ledger_account_id, processed_date) where processed_date is not null;
