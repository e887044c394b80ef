-- Pages that show the same picture, at the distance duplicate_distance(): see duplicate_pages(). One row a page in a
-- group. All pages stay in the library and are searched; is_canonical marks the one that stands for its group.
-- stale: pages have come, gone or changed since computed_at; 'warehouse dupes pages' computes the groups again.
create or replace view duplicates as
select
  d.canonical_page_id, d.page_id, d.is_canonical, d.same_bytes, d.distance, d.book_id, d.series, d.number, d.title,
  d.path, d.page_seq, d.width, d.height, d.pages, d.books, d.computed_at, d.stale
from duplicate_pages(max_groups => null) d;
comment on view duplicates is 'Pages that show the same picture, the canonical one marked, and whether that is stale';
comment on column duplicates.canonical_page_id is 'the page that stands for the group';
comment on column duplicates.page_id is 'page.id';
comment on column duplicates.is_canonical is 'this is that page';
comment on column duplicates.same_bytes is 'as the canonical page';
comment on column duplicates.distance is 'of its pHash from the canonical page''s, bits';
comment on column duplicates.book_id is 'book.id';
comment on column duplicates.series is 'name of the series';
comment on column duplicates.number is 'issue number of the book';
comment on column duplicates.title is 'of the book';
comment on column duplicates.path is 'where the book is read from';
comment on column duplicates.page_seq is 'page.seq, 0-based';
comment on column duplicates.width is 'pixels';
comment on column duplicates.height is 'pixels';
comment on column duplicates.pages is 'in the group';
comment on column duplicates.books is 'they are in';
comment on column duplicates.computed_at is 'when the groups were computed';
comment on column duplicates.stale is 'pages have come, gone or changed since';
