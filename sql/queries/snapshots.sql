-- begin_snapshot --
-- One MVCC snapshot, that other sessions can take on while this transaction is open.
select
  pg_export_snapshot(), now(),
  (case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end)::text,
  (select system_identifier::text from pg_control_system()),
  pg_snapshot_xmin(pg_current_snapshot())::text::bigint, pg_snapshot_xmax(pg_current_snapshot())::text::bigint

-- read_only_snapshot --
-- The isolation in which everything is read of one instant.
set transaction isolation level repeatable read, read only

-- no_time_limits --
-- An export may take hours; the transaction ends with its session.
select set_config(name, '0', true) from unnest(array['statement_timeout', 'idle_in_transaction_session_timeout']) name

-- prefer_lookups --
-- Some thousand rows by their ids, in that order, out of millions: never by reading a whole table, never by sorting.
select set_config(name, 'off', true) from unnest(array['enable_hashjoin', 'enable_mergejoin', 'enable_seqscan', 'enable_bitmapscan', 'enable_memoize']) name

-- snapshot_models --
-- The live models, those asked for in their stead, as far as they are there.
select m.id, m.kind, m.name, m.revision, m.dim, m.weights_sha256, coalesce((m.config ->> 'trained')::boolean, false)
from model m
where case
  when exists (select from model a where a.kind = m.kind and a.id = any (%(asked)s::bigint[]))
  then m.id = any (%(asked)s::bigint[])
  else m.status = 'live'
end
order by m.kind, m.id

-- copy_snapshot_pages --
-- Every page asked for, in the order of the store. unit: series, or the book where it has none, negative.
copy (
  select
    p.id, p.book_id, coalesce(b.series_id, -b.id), p.seq, coalesce(p.width, 0), coalesce(p.height, 0), coalesce(b.year, 0),
    coalesce(t.is_narrative, false), p.low_information,
    (select count(*) from panel n where n.page_id = p.id)
  from page p
  join book b on b.id = p.book_id
  left join series s on s.id = b.series_id
  left join page_type t on t.name = p.page_type
  where (%(series)s::text[] = '{}' or exists (select from unnest(%(series)s::text[]) name where mentions(s.name, name)))
    and (%(year_from)s::integer is null or b.year >= %(year_from)s::integer)
    and (%(year_to)s::integer is null or b.year <= %(year_to)s::integer)
    and (%(page_types)s::text[] = '{}' or p.page_type = any (%(page_types)s::text[]))
  order by p.book_id, p.seq
) to stdout (format binary)

-- copy_snapshot_groups --
-- The stored groups of pages that show the same picture.
copy (
  select g.page_id, g.canonical_page_id from page_group g where g.max_distance = %(max_distance)s::smallint order by g.page_id
) to stdout (format binary)

-- copy_comparable_pages --
-- Pages that can be told by their picture.
copy (select c.page_id from comparable_pages c order by c.page_id) to stdout (format binary)

-- snapshot_units --
-- What splits are made of: series, and books without one, by a name that stays.
select s.id, concat_ws('|', s.name, s.volume) from series s
union all
select -b.id, coalesce(b.file_sha256, b.path) from book b where b.series_id is null

-- snapshot_page_words --
-- What is said of pages, in the order of their ids.
select
  b.path || '/' || p.entry, coalesce(b.format, ''), coalesce(s.name, ''), coalesce(s.volume::text, ''), coalesce(b.number, ''),
  coalesce(b.title, ''), coalesce(b.language, ''), coalesce(p.page_type, '')
from unnest(%(ids)s::bigint[]) with ordinality o (id, n)
join page p on p.id = o.id
join book b on b.id = p.book_id
left join series s on s.id = b.series_id
order by o.n

-- copy_snapshot_panels --
-- The panels of pages, in the order of the pages' ids and of reading.
copy (
  select n.id, o.n, n.seq, n.x, n.y, n.w, n.h
  from unnest(%(ids)s::bigint[]) with ordinality o (id, n)
  join panel n on n.page_id = o.id
  order by o.n, n.seq
) to stdout (format binary)

-- snapshot_panel_words --
-- The texts of panels, in the order of their ids.
select n.text from unnest(%(ids)s::bigint[]) with ordinality o (id, n_) join panel n on n.id = o.id order by o.n_

-- copy_snapshot_strips --
-- The strips of pages. skipped: panels of the page that come before the strip's first.
copy (
  select t.id, o.n, t.seq, t.first_panel, inside.skipped, inside.panels
  from unnest(%(ids)s::bigint[]) with ordinality o (id, n)
  join strip t on t.page_id = o.id
  cross join lateral (
    select
      count(*) filter (where n.seq < t.first_panel) as skipped,
      count(*) filter (where n.seq between t.first_panel and t.last_panel) as panels
    from panel n
    where n.page_id = o.id
  ) inside
  order by o.n, t.seq
) to stdout (format binary)

-- copy_snapshot_vectors --
-- The vectors of owners, as far as there are any, 256 owners a row: a row each costs more than what is in it.
copy (
  select
    array(
      select e.{owner} from {table} e
      where e.{owner} = any (part.ids) and e.model_id = %(model_id)s::smallint order by e.{owner}
    ),
    array(
      select e.v from {table} e
      where e.{owner} = any (part.ids) and e.model_id = %(model_id)s::smallint order by e.{owner}
    )
  from (
    select whole.ids[first:first + 255] as ids
    from (select %(ids)s::bigint[] as ids) whole, generate_series(1, cardinality(whole.ids), 256) first
  ) part
) to stdout (format binary)

-- insert_snapshot --
-- Keep that a snapshot was exported.
insert into snapshot (target, taken_at, wal_position, content_sha256, pages, panels, strips, bytes, seconds, options)
values (%(target)s, %(taken_at)s, %(wal_position)s, %(content_sha256)s, %(pages)s, %(panels)s, %(strips)s, %(bytes)s, %(seconds)s, %(options)s)

-- snapshots --
-- Every export, the latest first.
select target, taken_at, wal_position, content_sha256, pages, panels, strips, bytes, seconds, options from snapshot order by id desc

-- snapshot_counts --
-- What there is now.
select (select count(*) from page), (select count(*) from panel), (select count(*) from strip)
