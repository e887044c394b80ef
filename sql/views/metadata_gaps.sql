-- What is known of the books: one row a field, how many books have it.  Books that cannot be used are left out.
-- direction: surely known; elsewhere it is guessed from the pages, see book.direction_confidence.
create or replace view metadata_gaps as
with usable as materialized (
  select b.id, b.series_id, b.number, b.year, b.language, b.direction_confidence
  from book b
  where b.status <> 'error'
),
known as (
  select
    count(*) as books, count(u.series_id) as series, count(u.number) as number, count(u.year) as year,
    count(u.language) as language, count(s.publisher) as publisher,
    count(*) filter (where u.direction_confidence >= 0.8) as direction
  from usable u
  left join series s on s.id = u.series_id
),
said as (
  select
    (select count(*) from usable u where exists (select from credit c where c.book_id = u.id)) as credits,
    (select count(*) from usable u
      where exists (select from tag t where t.book_id = u.id and t.kind = 'genre')) as genre,
    (select count(*) from usable u
      where exists (select from tag t where t.book_id = u.id and t.kind = 'character')) as characters
)
select f.place, f.field, f.known as books, k.books - f.known as missing,
  (f.known::double precision / nullif(k.books, 0)) as share
from known k
cross join said d
cross join lateral (
  values
    (1, 'series', k.series),
    (2, 'issue number', k.number),
    (3, 'year', k.year),
    (4, 'publisher', k.publisher),
    (5, 'language', k.language),
    (6, 'reading direction', k.direction),
    (7, 'credits', d.credits),
    (8, 'genre', d.genre),
    (9, 'characters', d.characters)
) f (place, field, known);
comment on view metadata_gaps is 'How many books have a series, a year, a publisher and so on';
comment on column metadata_gaps.place is 'order of the fields, most used first';
comment on column metadata_gaps.field is 'what is to be known of a book';
comment on column metadata_gaps.books is 'of which it is known; those that cannot be used are left out';
comment on column metadata_gaps.missing is 'of which it is not known';
comment on column metadata_gaps.share is 'of the books, those of which it is known, 0 to 1';
