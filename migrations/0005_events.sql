-- What a change means beyond its object's name, such as authorisation.enabled; null for most.
alter table change add column events text[];
-- Who has news is asked again and again, of all ledger accounts at once.
create index feed_date on feed (date);

-- When everything had been read for the first time since the account was authorised, and when there
-- was something of it to sum up.
alter table partner_account_connection add column aggregated_date timestamptz;
alter table partner_account_connection add column insights_date timestamptz;

-- Where an institution wants to be told of changes. Secrets are sealed.
create table event_endpoint (
  id text collate "C" primary key,
  institution_id text collate "C" not null,
  mode text collate "C" not null,
  url text not null,
  types text[] not null,
  -- Null for all that the institution has in that mode.
  ledger_account_ids text[],
  payload text not null,
  api_version text not null,
  description text,
  status text not null,
  status_reason text,
  secret text not null,
  -- Signs too until then, after a new one was made.
  previous_secret text,
  previous_until timestamptz,
  -- Since when no attempt has succeeded; null after one that did.
  failing_since timestamptz,
  created_date timestamptz not null,
  modified_date timestamptz not null
);
create index event_endpoint_institution on event_endpoint (institution_id, mode, created_date desc, id desc);

-- One endpoint's way through one ledger account's feed: how far it has been read, when the next of
-- its deliveries is due at the earliest, and who works on them.
create table event_lane (
  ledger_account_id text collate "C" not null,
  event_endpoint_id text collate "C" not null,
  seq bigint not null,
  due timestamptz,
  leased_by text,
  leased_until timestamptz,
  primary key (ledger_account_id, event_endpoint_id)
);
-- What is due is asked for an endpoint, of all ledger accounts at once.
create index event_lane_due on event_lane (event_endpoint_id, due) where due is not null;

-- One event on its way to one endpoint. It holds what the feed says, and nothing of the record.
create table event_delivery (
  ledger_account_id text collate "C" not null,
  id text collate "C" not null,
  event_endpoint_id text collate "C" not null,
  event_id text collate "C" not null,
  seq bigint not null,
  -- Of several events of one change: which comes first.
  part integer not null,
  type text collate "C" not null,
  object text collate "C" not null,
  object_id text collate "C" not null,
  changed text[] not null,
  date timestamptz not null,
  state text collate "C" not null,
  attempts integer not null default 0,
  -- Attempts of the round that the schedule counts; a replay begins a new one.
  tries integer not null default 0,
  -- Null while an earlier event of the same object is on its way, and when there is none to come.
  next_attempt timestamptz,
  created_date timestamptz not null,
  finished_date timestamptz,
  primary key (ledger_account_id, id)
);
create index event_delivery_due on event_delivery (ledger_account_id, event_endpoint_id, next_attempt, seq) where next_attempt is not null;
create index event_delivery_object on event_delivery (ledger_account_id, event_endpoint_id, object_id, seq, part) where state = 'pending';
create index event_delivery_created_date on event_delivery (ledger_account_id, created_date desc, id desc);

create table event_attempt (
  ledger_account_id text collate "C" not null,
  event_delivery_id text collate "C" not null,
  attempt integer not null,
  date timestamptz not null,
  duration_ms integer not null,
  status_code integer,
  error text,
  answer text,
  primary key (ledger_account_id, event_delivery_id, attempt)
);

-- A span of one feed that an endpoint is told again; the row goes when it has been.
create table event_replay (
  ledger_account_id text collate "C" not null,
  id text collate "C" not null,
  event_endpoint_id text collate "C" not null,
  seq bigint not null,
  seq_to bigint not null,
  date_from timestamptz,
  date_to timestamptz,
  created_date timestamptz not null,
  primary key (ledger_account_id, id)
);
