-- Who changed what, and when. Ids begin with the moment, so their order is that of time.
create table audit_entry (
  institution_id text collate "C" not null,
  id text collate "C" not null,
  date timestamptz not null,
  mode text,
  via text not null,
  key_id text collate "C",
  key_hint text,
  operation text collate "C" not null,
  object text,
  object_id text collate "C",
  ledger_account_id text collate "C",
  request_id text,
  status integer,
  code text,
  primary key (institution_id, id)
);
create index audit_entry_key on audit_entry (institution_id, key_id, id desc);
create index audit_entry_operation on audit_entry (institution_id, operation, id desc);
create index audit_entry_ledger_account on audit_entry (institution_id, ledger_account_id, id desc);
