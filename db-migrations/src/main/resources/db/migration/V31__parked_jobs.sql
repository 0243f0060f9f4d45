-- Jobs that a worker was told of while their tenant had as many in work as it may. They are announced again, the longest
-- waiting first, when one of the tenant's jobs leaves its worker.
alter table jobs add column parked_at timestamptz;
create index jobs_parked on jobs (tenant, parked_at) where parked_at is not null;
create index jobs_in_work on jobs (tenant) where state in ('MAPPING', 'RUNNING', 'CANCELLING');
