-- The books of several concepts at once; ordinal is the place of the name in the list, from 1.
-- A name defined in table concept (case aside) stands for its series, titles, characters, story arcs and genres; any
-- other name for the books whose series, title, characters or story arcs contain it as whole words, see mentions().
-- The longest word alone is looked for first, since that is cheap. matched: which of series, title, character, story_arc, genre did. One row a concept and book, no order.
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
  sought as (
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
  wanted as materialized (
    select s.ordinal, s.kind, s.words, longest.word
    from sought s
    cross join lateral (
      select word from unnest(string_to_array(btrim(s.words), ' ')) word order by length(word) desc limit 1
    ) longest
    where s.words <> ''
  ),
  series_names as materialized (
    select s.id, s.name, lower(s.name) as lowered from series s
  ),
  title_names as materialized (
    select b.id, b.title as name, lower(b.title) as lowered from book b where b.title is not null
  ),
  tag_names as materialized (
    select t.kind, t.name, lower(t.name) as lowered
    from tag t
    where t.kind in ('character', 'story_arc', 'genre')
    group by t.kind, t.name
  ),
  found as (
    select w.ordinal, b.id as book_id, w.kind
    from wanted w
    join series_names s on strpos(s.lowered, w.word) > 0 and strpos(plain_words(s.name), w.words) > 0
    join book b on b.series_id = s.id
    where w.kind = 'series'
    union all
    select w.ordinal, t.id, w.kind
    from wanted w
    join title_names t on strpos(t.lowered, w.word) > 0 and strpos(plain_words(t.name), w.words) > 0
    where w.kind = 'title'
    union all
    select w.ordinal, t.book_id, w.kind
    from wanted w
    join tag_names k on k.kind = w.kind and strpos(k.lowered, w.word) > 0
      and strpos(plain_words(k.name), w.words) > 0
    join tag t on t.kind = k.kind and t.name = k.name
  )
  select ordinal, book_id, array_agg(distinct kind order by kind)
  from found
  group by ordinal, book_id;
end;
comment on function named_books is 'The books of several concepts at once, and how each matched';
