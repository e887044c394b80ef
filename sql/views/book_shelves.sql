-- Every book with the decade and the publisher it is counted under: one row a book.
-- decade: of publication, as in '1960s'.  'unknown' where the metadata does not say.
create or replace view book_shelves as
select
  b.id as book_id, b.series_id, coalesce(b.year / 10 * 10 || 's', 'unknown') as decade,
  coalesce(s.publisher, 'unknown') as publisher
from book b
left join series s on s.id = b.series_id;
comment on view book_shelves is 'The decade and the publisher of every book';
comment on column book_shelves.book_id is 'book.id';
comment on column book_shelves.decade is 'of publication, as in 1960s; unknown where nobody says';
comment on column book_shelves.publisher is 'of its series; unknown where nobody says';
