-- What an account's payloads do not repeat, such as its currency and locations: an object of texts.
alter table partner_account_connection add column account_facts text;

-- What the horizon was of the last pass that read a stream whole.
alter table stream add column verified_ms bigint;
