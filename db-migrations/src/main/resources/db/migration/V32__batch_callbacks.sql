-- Who is told that a batch has ended. No foreign key: an endpoint may be deleted while batches name it, and then nobody is told.
alter table batches
    add column callback_endpoint uuid,
    add column times_ended       integer not null default 0;  -- more than one after a retry; numbers the messages
