-- The trace of the request that enqueued the message, as for jobs.
alter table send_queue add column if not exists traceparent text;
