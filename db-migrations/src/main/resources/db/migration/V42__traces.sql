-- Which trace of the caller's monitoring a piece of work belongs to: the traceparent of W3C Trace Context that came with the
-- request, or one that began with it. It goes on with every message, to workers and to receivers of callbacks.
alter table jobs            add column traceparent text;
alter table edit_renderings add column traceparent text;
alter table batches         add column traceparent text;
alter table outbox          add column traceparent text;
alter table deliveries      add column traceparent text;
