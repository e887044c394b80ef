-- library_state --
select library_state()

-- grouping_state --
-- Whether groups of this distance are there, and those of the library as it is; and how many.
select r.computed_at, r.pages, r.state <> library_state(),
       (select count(distinct g.canonical_page_id) from page_group g where g.max_distance = r.max_distance)
from page_grouping r
where r.max_distance = %(max_distance)s

-- copy_page_hashes --
-- Best page first, see comparable_pages. Pages of the same bytes count as the best of them does, whatever version of
-- the hash they were read with.
copy (
    select c.page_id, (first_value(c.phash) over same)::bigint,
           first_value(c.width::float8 / c.height) over same
    from comparable_pages c
    window same as (partition by c.md5 collate "C" order by c.pixels desc, c.book_rank, c.page_id)
    order by c.pixels desc, c.book_rank, c.page_id
) to stdout (format binary)

-- upsert_grouping --
-- Its row is held until the end of the transaction, so that two runs at once write one after the other.
insert into page_grouping (max_distance, state, pages, computed_at)
values (%(max_distance)s, %(state)s, %(pages)s, now())
on conflict (max_distance) do update
set state = excluded.state, pages = excluded.pages, computed_at = excluded.computed_at

-- delete_groups --
delete from page_group where max_distance = %(max_distance)s

-- create_new_groups --
create temporary table new_group (page_id bigint, canonical_page_id bigint, distance smallint) on commit drop

-- copy_new_groups --
copy new_group (page_id, canonical_page_id, distance) from stdin (format binary)

-- insert_groups --
-- A page that has gone meanwhile takes its row, or its group, with it.
insert into page_group (page_id, max_distance, canonical_page_id, distance)
select n.page_id, %(max_distance)s, n.canonical_page_id, n.distance
from new_group n
where exists (select from page p where p.id = n.page_id for key share)
  and exists (select from page p where p.id = n.canonical_page_id for key share)
