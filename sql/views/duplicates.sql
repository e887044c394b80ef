-- Pages that show the same picture, at the distance duplicate_distance(): see duplicate_pages(). One row a page in a
-- group. All pages stay in the library and are searched; is_canonical marks the one that stands for its group.
-- stale: pages have come, gone or changed since computed_at; 'warehouse dupes pages' computes the groups again.
create or replace view duplicates as
select
  d.canonical_page_id, d.page_id, d.is_canonical, d.same_bytes, d.distance, d.book_id, d.series, d.number, d.title,
  d.path, d.page_seq, d.width, d.height, d.pages, d.books, d.computed_at, d.stale
from duplicate_pages(max_groups => null) d;
comment on view duplicates is 'Pages that show the same picture, the canonical one marked, and whether that is stale';
