-- How many jobs ended lately: the throughput that turns a backlog of jobs into one of seconds.
create index jobs_by_finish on jobs (finished_at) where finished_at is not null;
