-- What the library holds, one row a series (one with a null name for books without a series).
-- narrative_pages: pages of the story. words: on all pages. failed_books: books with status 'error';
-- failed_pages: pages that could not be read.
create or replace view library_overview as
select
  s.id as series_id, s.name as series, s.volume, s.publisher,
  count(*) as books,
  coalesce(sum(inside.pages), 0)::bigint as pages,
  coalesce(sum(inside.narrative_pages), 0)::bigint as narrative_pages,
  coalesce(sum(inside.panels), 0)::bigint as panels,
  coalesce(sum(inside.words), 0)::bigint as words,
  count(*) filter (where b.status = 'error') as failed_books,
  coalesce(sum(inside.failed_pages), 0)::bigint as failed_pages,
  min(b.year) as first_year, max(b.year) as last_year
from book b
left join series s on s.id = b.series_id
left join (
  select
    p.book_id,
    count(*) as pages,
    count(*) filter (where t.is_narrative) as narrative_pages,
    sum(p.words) as words,
    count(*) filter (where p.status = 'error') as failed_pages,
    sum(counted.panels) as panels
  from page p
  left join page_type t on t.name = p.page_type
  left join (select pa.page_id, count(*) as panels from panel pa group by pa.page_id) counted
    on counted.page_id = p.id
  group by p.book_id
) inside on inside.book_id = b.id
group by s.id, s.name, s.volume, s.publisher;
comment on view library_overview is 'Books, pages, panels, words, failures and years of every series';
comment on column library_overview.series_id is 'series.id';
comment on column library_overview.series is 'its name; null: books without a series';
comment on column library_overview.books is 'books of the series, failed ones too';
comment on column library_overview.pages is 'pages found';
comment on column library_overview.narrative_pages is 'pages of the story';
comment on column library_overview.panels is 'panels found';
comment on column library_overview.words is 'words read on all pages';
comment on column library_overview.failed_books is 'books that cannot be used';
comment on column library_overview.failed_pages is 'pages that could not be read';
comment on column library_overview.first_year is 'of publication, earliest';
comment on column library_overview.last_year is 'of publication, latest';
