-- The pages to train on: one of every group of duplicates (see duplicates), and all pages that are in none; only such
-- as comparable_pages has. Pages that came in since the groups were computed count as in none: ask page_grouping, or
-- run 'warehouse dupes pages' first.
create or replace view canonical_pages as
select c.page_id, c.book_id, c.page_seq
from comparable_pages c
where not exists (
  select from page_group g
  where g.page_id = c.page_id and g.max_distance = duplicate_distance() and g.canonical_page_id <> c.page_id);
comment on view canonical_pages is 'One page of every picture: what to train on';
comment on column canonical_pages.page_seq is 'page.seq, 0-based';
comment on column canonical_pages.page_id is 'page.id';
