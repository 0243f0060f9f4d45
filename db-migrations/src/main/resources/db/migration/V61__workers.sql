-- Workers that are there, for the operator's eye: nothing of the work depends on it.
create table workers (
    name        text        primary key,            -- as leases call it: kind, machine and process
    kind        text        not null,               -- segmenter-worker, gpu-worker or edit-worker
    machine     text        not null,
    process     bigint      not null,
    slots       integer     not null,               -- pieces of work at the same time
    started_at  timestamptz not null,
    seen_at     timestamptz not null,               -- told every ten seconds
    left_at     timestamptz                         -- it stopped in order
);
-- What ended when, and how: counts and pace of the dashboard, read without the jobs themselves.
create index jobs_ended on jobs (tenant, finished_at) include (state) where finished_at is not null;
-- Messages that were given up lately: somebody should look at their endpoints.
create index deliveries_exhausted on deliveries (tenant, finished_at) where state = 'EXHAUSTED';
