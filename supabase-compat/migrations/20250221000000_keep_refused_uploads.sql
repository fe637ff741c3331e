-- What a whole upload was refused with, as it was answered (RFC 9457): whoever asks again is told the same, and nothing is read
-- or stored for it. Its pieces are gone by then.
alter table uploads
    add column if not exists refusal jsonb,
    drop constraint if exists uploads_refusal,
    add constraint uploads_refusal check (jsonb_typeof(refusal) = 'object');
