-- How alike concepts are, each pair of the given names: cosine similarity of their mean vectors, -1 to 1.
-- balance, centred, space, narrative_only: as in concept_vector().
--
-- What two concepts share would make them alike whatever they are, so it is left out, in the first way that leaves
-- something of both:
--   1. books that have pages of both are left out of both;
--   2. pages that belong to both are left out of both (same books, different pages);
--   3. only pages whose text names one and not the other are taken (both own all pages, as with two heroes of one series);
--   4. one lies wholly within the other: its pages are left out of the wider one.
-- Where the two are the same pages there is nothing to compare and the similarity is null.
-- left_pages, left_books and so on count what was compared; shared_books counts books with pages of both.
-- note says which of the ways was taken, and what to mind. Order: as the names were given.
create or replace function concept_pairs(
  names text[],
  space text default 'page',
  balance boolean default true,
  centred boolean default true,
  narrative_only boolean default true
) returns table (
  left_name text, right_name text, left_pages integer, left_books integer, right_pages integer,
  right_books integer, shared_books integer, similarity real, note text
)
language sql stable
begin atomic
  with cells as materialized (
    select * from concept_cells(concept_pairs.names, concept_pairs.space, concept_pairs.narrative_only)
  ),
  named as materialized (
    select
      n.ordinal, n.name, coalesce(sum(c.matched), 0) as matched, coalesce(sum(c.pages), 0) as pages
    from unnest(concept_pairs.names) with ordinality n (name, ordinal)
    left join cells c on n.ordinal = any (c.members)
    group by n.ordinal, n.name
  ),
  library as materialized (
    select
      scaled(avg(scaled(total, 1.0 / pages)), case when concept_pairs.centred then 1 else 0 end) as origin
    from (
      select sum(total) as total, sum(pages) as pages
      from cells
      where pages > 0
      group by case when concept_pairs.balance then book_id end
    ) groups
  ),
  shares as (
    select
      l.ordinal as l, r.ordinal as r, c.book_id, c.pages, c.total,
      l.ordinal = any (c.members) as is_left, r.ordinal = any (c.members) as is_right,
      l.ordinal = any (c.mentions) as names_left, r.ordinal = any (c.mentions) as names_right,
      bool_or(l.ordinal = any (c.members)) over book and bool_or(r.ordinal = any (c.members)) over book as is_shared
    from named l
    join named r on l.ordinal < r.ordinal
    join cells c on c.pages > 0 and c.members && array[l.ordinal, r.ordinal]::integer[]
    window book as (partition by l.ordinal, r.ordinal, c.book_id)
  ),
  rules as materialized (
    select
      l, r, count(distinct book_id) filter (where is_shared) as shared_books,
      bool_or(is_left and not is_right) as left_has_own, bool_or(is_right and not is_left) as right_has_own,
      case
        when bool_or(is_left and not is_shared) and bool_or(is_right and not is_shared) then 'books'
        when bool_or(is_left and not is_right) and bool_or(is_right and not is_left) then 'pages'
        when bool_or(names_left and not names_right) and bool_or(names_right and not names_left) then 'mentions'
        when bool_or(is_left) and bool_or(is_right) and bool_or(is_left <> is_right) then 'within'
      end as rule
    from shares
    group by l, r
  ),
  compared as (
    select s.l, s.r, side, s.book_id, s.pages, s.total
    from shares s
    join rules u on u.l = s.l and u.r = s.r
    cross join unnest(array['left', 'right']) side
    where case
      when side = 'left' then case u.rule
        when 'books' then is_left and not is_shared
        when 'pages' then is_left and not is_right
        when 'mentions' then names_left and not names_right
        when 'within' then is_left and (not is_right or not left_has_own)
        else is_left
      end
      else case u.rule
        when 'books' then is_right and not is_shared
        when 'pages' then is_right and not is_left
        when 'mentions' then names_right and not names_left
        when 'within' then is_right and (not is_left or not right_has_own)
        else is_right
      end
    end
  ),
  sides as materialized (
    select l, r, side, sum(pages) as pages, sum(books) as books, avg(scaled(total, 1.0 / pages)) as mean
    from (
      select l, r, side, sum(pages) as pages, count(distinct book_id) as books, sum(total) as total
      from compared
      group by l, r, side, case when concept_pairs.balance then book_id end
    ) groups
    group by l, r, side
  ),
  others as (
    select l.ordinal as l, r.ordinal as r, (
      select count(distinct c.book_id)
      from cells c
      where c.pages > 0 and c.book_id not in (
        select s.book_id from cells s
        where s.pages > 0 and s.members && array[l.ordinal, r.ordinal]::integer[])
    ) as books
    from named l
    join named r on l.ordinal < r.ordinal
  )
  select
    l.name, r.name, coalesce(a.pages, 0)::integer, coalesce(a.books, 0)::integer, coalesce(b.pages, 0)::integer,
    coalesce(b.books, 0)::integer, coalesce(u.shared_books, 0)::integer,
    case when u.rule is not null then
      1 - (direction_from(library.origin, a.mean) <=> direction_from(library.origin, b.mean))
    end::real,
    nullif(concat_ws('; ',
      case when l.matched = 0 then format('unknown concept: %s', l.name) end,
      case when r.matched = 0 then format('unknown concept: %s', r.name) end,
      case when l.matched > 0 and l.pages = 0 then format('no vectors of %s in this space', l.name) end,
      case when r.matched > 0 and r.pages = 0 then format('no vectors of %s in this space', r.name) end,
      case
        when u.rule = 'books' and u.shared_books > 0 then format('%s shared books left out', u.shared_books)
        when u.rule = 'pages' then 'same books: pages of both left out'
        when u.rule = 'mentions' then 'same pages: only those whose text names one of the two'
        when u.rule = 'within' then 'one lies within the other: its pages left out of the wider one'
        when u.rule is null and l.pages > 0 and r.pages > 0 then 'all pages shared'
      end,
      case when l.pages > 0 and r.pages > 0 and least(a.books, b.books) < 3 then 'fewer than 3 books' end,
      case when l.pages > 0 and r.pages > 0 and concept_pairs.centred and o.books < 3
        then 'fewer than 3 other books in the library to measure against' end
    ), '')
  from named l
  join named r on l.ordinal < r.ordinal
  join others o on o.l = l.ordinal and o.r = r.ordinal
  left join rules u on u.l = l.ordinal and u.r = r.ordinal
  left join sides a on a.l = l.ordinal and a.r = r.ordinal and a.side = 'left'
  left join sides b on b.l = l.ordinal and b.r = r.ordinal and b.side = 'right'
  left join library on true
  order by l.ordinal, r.ordinal;
end;
comment on function concept_pairs is 'Similarity of each pair of concepts, what they share left out, with the options of concept_vector()';
