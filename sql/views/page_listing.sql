-- Every page with the book it is in: for reading answers, and for joining vectors with metadata.
-- One row a page. page_seq is 0-based; width and height are pixels.
create or replace view page_listing as
select
  p.id as page_id, b.id as book_id, s.id as series_id, s.name as series, b.number, b.title, b.year, b.language,
  s.publisher, p.seq as page_seq, p.width, p.height, p.page_type, p.low_information, p.words, p.text
from page p
join book b on b.id = p.book_id
left join series s on s.id = b.series_id;
comment on view page_listing is 'Every page with its book and series';
comment on column page_listing.page_id is 'page.id';
comment on column page_listing.book_id is 'book.id';
comment on column page_listing.series_id is 'series.id';
comment on column page_listing.series is 'name of the series';
comment on column page_listing.page_seq is 'page.seq, 0-based';
