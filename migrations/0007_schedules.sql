-- How often a stream is read: what was set for it, what its partner advises, and what holds.
alter table stream add column every_ms bigint;
alter table stream add column own_ms bigint;
alter table stream add column standard_ms bigint;
alter table stream add column interval_ms bigint;
-- Runs that did not end well since the last that did.
alter table stream add column failures integer not null default 0;

-- The watermark by our own clock, and how old it may become before the stream is stale.
alter table stream add column fresh_ms bigint;
alter table stream add column stale_after_ms bigint;

-- When it is to be read whole and compared, and when the last pass that did so began.
alter table stream add column reconcile_ms bigint;
alter table stream add column full_run_ms bigint;
update stream set full_run_ms = verified_ms;
-- The watermark that a reading from the beginning took away: what is older should have been seen.
alter table stream add column compare_ms bigint;

-- What was set for all streams of a connection, and the rate that its partner is asked at.
alter table partner_account_connection add column every_ms bigint;
alter table partner_account_connection add column reconcile_every_ms bigint;
alter table partner_account_connection add column per_second double precision;
-- When the partner last answered.
alter table partner_account_connection add column answered_ms bigint;

-- The scheduler looks for what is due, one ledger account after the other.
create index stream_next_run on stream (ledger_account_id, next_run);

alter table partner_account_connection add column stale boolean not null default false;
update partner_account_connection
  set record = replace(record, ',"streams":[]', ',"stale":false,"streams":[]');

-- What a whole reading found that should have been known, a row a pass.
create table drift (
  ledger_account_id text collate "C" not null,
  partner_account_connection_id text collate "C" not null,
  stream text collate "C" not null,
  -- When the pass began, and what had been read until then.
  pass_ms bigint not null,
  base_ms bigint,
  -- Null while the pass goes on.
  ended_ms bigint,
  compared bigint not null default 0,
  missing integer not null default 0,
  stale integer not null default 0,
  extra integer not null default 0,
  primary key (ledger_account_id, partner_account_connection_id, stream, pass_ms)
);

-- The records that it was, as far as they are listed.
create table drift_record (
  ledger_account_id text collate "C" not null,
  partner_account_connection_id text collate "C" not null,
  stream text collate "C" not null,
  pass_ms bigint not null,
  object text collate "C" not null,
  id text collate "C" not null,
  partner_record_id text collate "C" not null,
  kind text collate "C" not null,
  -- False where a change that went on meanwhile would explain it.
  certain boolean not null,
  primary key (ledger_account_id, partner_account_connection_id, stream, pass_ms, object, id)
);

-- The rate budget of each partner account, whichever ledger accounts connect it: until when
-- requests have been granted, and until when the partner wants none. Times are the database's.
create table budget (
  account text collate "C" primary key,
  granted_ms double precision not null,
  held_until_ms double precision not null
);
