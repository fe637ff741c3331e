-- Work that ends its worker again and again is worked alone, and given up in the end: how many of a chunk's claims were never
-- settled, in how many of those nothing else was worked in the same process, and whether the present claim is worked like that.
-- An older version that runs beside this one leaves them as they are: what it does not settle is counted by whoever claims next.
alter table import_chunks
    add column if not exists deaths integer not null default 0,
    add column if not exists deaths_alone integer not null default 0,
    add column if not exists alone boolean not null default false,
    drop constraint if exists import_chunks_deaths,
    add constraint import_chunks_deaths check (deaths >= 0 and deaths_alone >= 0);
