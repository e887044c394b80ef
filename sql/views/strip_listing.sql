-- Every strip with its page, book and series. One row a strip.
-- first_panel and last_panel are panel numbers on the page, 0-based, inclusive; x, y, w, h bound its panels, in
-- pixels of the page; text is the panels' text in reading order, a line a panel.
create or replace view strip_listing as
select
  st.id as strip_id, p.id as page_id, b.id as book_id, s.id as series_id, s.name as series, b.number, b.title,
  b.year, b.language, s.publisher, p.seq as page_seq, st.seq as strip_seq, st.first_panel, st.last_panel,
  inside.x, inside.y, inside.w, inside.h, p.page_type, p.low_information, inside.words, inside.text
from strip st
join page p on p.id = st.page_id
join book b on b.id = p.book_id
left join series s on s.id = b.series_id
cross join lateral (
  select
    min(pa.x) as x, min(pa.y) as y, max(pa.x + pa.w) - min(pa.x) as w, max(pa.y + pa.h) - min(pa.y) as h,
    coalesce(sum(pa.words), 0)::integer as words,
    coalesce(string_agg(nullif(pa.text, ''), E'\n' order by pa.seq), '') as text
  from panel pa
  where pa.page_id = st.page_id and pa.seq between st.first_panel and st.last_panel
) inside;
comment on view strip_listing is 'Every strip with its page, book and series, its bounding box and its text';
comment on column strip_listing.strip_id is 'strip.id';
comment on column strip_listing.page_id is 'page.id';
comment on column strip_listing.book_id is 'book.id';
comment on column strip_listing.series_id is 'series.id';
comment on column strip_listing.series is 'name of the series';
comment on column strip_listing.page_seq is 'page.seq, 0-based';
comment on column strip_listing.strip_seq is 'strip.seq, 0-based';
