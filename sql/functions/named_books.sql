-- The books of several concepts at once; ordinal is the place of the name in the list, from 1.
-- A name defined in table concept (case aside) stands for its series, titles, characters, story arcs and genres; any
-- other name for the books whose series, title, characters or story arcs contain it as whole words, see mentions().
-- matched: which of series, title, character, story_arc, genre did. One row a concept and book, no order.
create or replace function named_books(names text[])
returns table (ordinal integer, book_id bigint, matched text[])
language sql stable
begin atomic
  with asked as materialized (
    select n.ordinal::integer as ordinal, n.name, d.name is not null as is_defined, d.series, d.titles, d.characters, d.story_arcs,
      d.genres
    from unnest(named_books.names) with ordinality n (name, ordinal)
    left join lateral (
      select c.name, c.series, c.titles, c.characters, c.story_arcs, c.genres
      from concept c
      where lower(c.name) = lower(btrim(n.name))
      order by c.name = n.name desc, c.name
      limit 1
    ) d on true
  ),
  wanted as materialized (
    select ordinal, kind, plain_words(name) as words
    from asked cross join unnest(array['series', 'title', 'character', 'story_arc']) kind
    where not is_defined
    union all
    select ordinal, 'series', plain_words(item) from asked, unnest(series) item
    union all
    select ordinal, 'title', plain_words(item) from asked, unnest(titles) item
    union all
    select ordinal, 'character', plain_words(item) from asked, unnest(characters) item
    union all
    select ordinal, 'story_arc', plain_words(item) from asked, unnest(story_arcs) item
    union all
    select ordinal, 'genre', plain_words(item) from asked, unnest(genres) item
  ),
  series_words as materialized (
    select s.id, plain_words(s.name) as words from series s
  ),
  title_words as materialized (
    select b.id, plain_words(b.title) as words from book b where b.title is not null
  ),
  tag_words as materialized (
    select t.kind, t.name, plain_words(t.name) as words
    from tag t
    where t.kind in ('character', 'story_arc', 'genre')
    group by t.kind, t.name
  ),
  found as (
    select w.ordinal, b.id as book_id, w.kind
    from wanted w
    join series_words s on strpos(s.words, w.words) > 0
    join book b on b.series_id = s.id
    where w.kind = 'series' and w.words <> ''
    union all
    select w.ordinal, t.id, w.kind
    from wanted w
    join title_words t on strpos(t.words, w.words) > 0
    where w.kind = 'title' and w.words <> ''
    union all
    select w.ordinal, t.book_id, w.kind
    from wanted w
    join tag_words k on k.kind = w.kind and strpos(k.words, w.words) > 0
    join tag t on t.kind = k.kind and t.name = k.name
    where w.words <> ''
  )
  select ordinal, book_id, array_agg(distinct kind order by kind)
  from found
  group by ordinal, book_id;
end;
comment on function named_books is 'The books of several concepts at once, and how each matched';
