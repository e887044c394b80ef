-- What the library holds, in one row; see library_overview for the same by series.
create or replace view library_totals as
select
  b.books, b.series, b.bytes, p.pages, p.narrative_pages,
  (select count(*) from panel) as panels, p.words, b.partial_books, b.failed_books, p.failed_pages
from (
  select
    count(*) as books, count(distinct k.series_id) as series, coalesce(sum(k.file_bytes), 0)::bigint as bytes,
    count(*) filter (where k.status = 'partial') as partial_books,
    count(*) filter (where k.status = 'error') as failed_books
  from book k
) b
cross join (
  select
    count(*) as pages, coalesce(sum(k.words), 0)::bigint as words,
    count(*) filter (where k.page_type = any (array(select t.name from page_type t where t.is_narrative)))
      as narrative_pages,
    count(*) filter (where k.status = 'error') as failed_pages
  from page k
) p;
comment on view library_totals is 'Books, pages, panels, words and failures of the whole library, in one row';
comment on column library_totals.books is 'failed ones too';
comment on column library_totals.series is 'with books';
comment on column library_totals.bytes is 'of the books'' files, folders left out';
comment on column library_totals.pages is 'found, unreadable ones too';
comment on column library_totals.narrative_pages is 'pages of the story';
comment on column library_totals.panels is 'found on them';
comment on column library_totals.words is 'read on all pages';
comment on column library_totals.partial_books is 'that can be used though not all of them could be read';
comment on column library_totals.failed_books is 'that cannot be used';
comment on column library_totals.failed_pages is 'that could not be read';
