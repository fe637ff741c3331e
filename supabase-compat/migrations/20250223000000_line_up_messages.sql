-- A new message lines up behind those of its organisation that wait as it does: one for now behind those for now, one for a later
-- time behind those for the same time. Each kind has its own index, so that a message for next year is no part of today's line.
create index if not exists send_queue_line on send_queue (org_id, turn) where turn is not null and scheduled_for <= created_at;
create index if not exists send_queue_later on send_queue (org_id, scheduled_for, turn) where turn is not null and scheduled_for > created_at;

-- Messages that stand in line behind one for a later time, though they are for now, come back to where they would have stood.
update send_queue q set turn = l.turn
from (
    select org_id, id, greatest(now(), created_at) + row_number() over (partition by org_id order by turn) * interval '1 second' as turn
    from send_queue
    where turn is not null and scheduled_for <= created_at
) l
where q.org_id = l.org_id and q.id = l.id and q.turn > l.turn;

-- What an attempt failed of is for operators and in the log; this column can be read by who owns the job. Older instances may
-- write it for as long as they run.
update import_chunks set last_error = 'An attempt failed. The log of the service says why.'
where last_error is not null and last_error <> 'its staging rows were gone';
