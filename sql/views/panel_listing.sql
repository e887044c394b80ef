-- Every panel with its page, book and series. One row a panel.
-- page_seq and panel_seq are 0-based, panels in reading order; x, y, w, h are pixels of the page.
create or replace view panel_listing as
select
  pa.id as panel_id, p.id as page_id, b.id as book_id, s.id as series_id, s.name as series, b.number, b.title,
  b.year, b.language, s.publisher, p.seq as page_seq, pa.seq as panel_seq, pa.x, pa.y, pa.w, pa.h, p.page_type,
  p.low_information, pa.words, pa.text, pa.polygon
from panel pa
join page p on p.id = pa.page_id
join book b on b.id = p.book_id
left join series s on s.id = b.series_id;
comment on view panel_listing is 'Every panel with its page, book and series';
comment on column panel_listing.panel_id is 'panel.id';
comment on column panel_listing.page_id is 'page.id';
comment on column panel_listing.book_id is 'book.id';
comment on column panel_listing.series_id is 'series.id';
comment on column panel_listing.series is 'name of the series';
comment on column panel_listing.page_seq is 'page.seq, 0-based';
comment on column panel_listing.panel_seq is 'panel.seq, 0-based, in reading order';
