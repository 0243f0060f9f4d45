-- What a caller chose about the method, by name, where it differs from the usual: such as {"measured-map": 1.0}.
alter table jobs add column settings jsonb not null default '{}';
-- Null: whatever it was.
alter table studies add column first_settings jsonb, add column second_settings jsonb;
