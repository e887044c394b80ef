-- What is compared of concepts: rows of two kinds, those of pairs and those of the books behind them.
--   l, r, …      a pair of names by their places in the list: the rule that parts what they share (see
--                concept_pairs(); null: nothing to compare), how many books they share, whether any page matches
--                each name and has a vector, and the side_id of what is left of each; side_id, book_id are null
--   side_id, …   a book of a side: pages, vectors, and the sum of these, each of length 1; l, r are null
-- Pairs with the same books of a concept have the same side, so that nothing is computed twice.
-- asked: the first so many names are paired with each other, and the names after them; for those after them books
-- alone are looked at, not pages. first_only: of the asked ones, only pairs with the first name. No order.
create or replace function concept_sides(
  names text[], asked integer, space text, narrative_only boolean, first_only boolean default false
)
returns table (
  l integer, r integer, rule text, shared_books integer, left_matched boolean, right_matched boolean,
  left_found boolean, right_found boolean, left_side bigint, right_side bigint,
  side_id bigint, book_id bigint, pages integer, vectors integer, total vector
)
language sql stable
set work_mem = '64MB'
begin atomic
  with shares as materialized (
    select row_number() over () as atom, s.ordinal, s.book_id, s.pages, s.vectors, s.total
    from concept_shares(concept_sides.names, concept_sides.space, concept_sides.narrative_only) s
  ),
  owned as materialized (
    select ordinal, book_id, atom from shares
  ),
  named as materialized (
    select
      n.ordinal::integer as ordinal, count(o.book_id) as books,
      count(o.book_id) > 0 or exists (
        select from named_pages(array[n.name], concept_sides.narrative_only)) as matched
    from unnest(concept_sides.names) with ordinality n (name, ordinal)
    left join owned o on o.ordinal = n.ordinal
    group by n.ordinal, n.name
  ),
  met as materialized (
    select a.ordinal as l, b.ordinal as r, array_agg(a.book_id) as shared
    from owned a
    join owned b on b.book_id = a.book_id and b.ordinal > a.ordinal
    group by a.ordinal, b.ordinal
  ),
  pairs as materialized (
    select
      a.ordinal as l, b.ordinal as r, a.matched as left_matched, b.matched as right_matched,
      a.books > 0 as left_found, b.books > 0 as right_found, coalesce(m.shared, '{}') as shared,
      least(a.books, b.books) > coalesce(cardinality(m.shared), 0) as by_books,
      least(a.books, b.books) between 1 and coalesce(cardinality(m.shared), 0)
        and b.ordinal <= concept_sides.asked as by_pages
    from named a
    join named b on b.ordinal > a.ordinal
      and (b.ordinal <= concept_sides.asked or a.ordinal > concept_sides.asked)
      and (a.ordinal = 1 or a.ordinal > concept_sides.asked or not concept_sides.first_only)
    left join met m on m.l = a.ordinal and m.r = b.ordinal
  ),
  cells as materialized (
    select -row_number() over () as atom, c.*
    from concept_cells(
      concept_sides.names, concept_sides.space,
      array(
        select distinct o.book_id from owned o join pairs p on p.by_pages and o.ordinal in (p.l, p.r)),
      concept_sides.narrative_only) c
  ),
  overlapping as materialized (
    select
      p.l, p.r, c.atom,
      p.l = any (c.members) as is_left, p.r = any (c.members) as is_right,
      p.l = any (c.mentions) as names_left, p.r = any (c.mentions) as names_right
    from pairs p
    join cells c on p.by_pages and c.members && array[p.l, p.r]
  ),
  rules as materialized (
    select
      l, r, bool_or(is_left and not is_right) as left_has_own, bool_or(is_right and not is_left) as right_has_own,
      case
        when bool_or(is_left and not is_right) and bool_or(is_right and not is_left) then 'pages'
        when bool_or(names_left and not names_right) and bool_or(names_right and not names_left) then 'mentions'
        when bool_or(is_left) and bool_or(is_right) and bool_or(is_left <> is_right) then 'within'
      end as rule
    from overlapping
    group by l, r
  ),
  compared as (
    select p.l, p.r, side, o.atom
    from pairs p
    cross join unnest(array['left', 'right']) side
    join owned o on o.ordinal = case side when 'left' then p.l else p.r end
    where not p.by_pages and (not p.by_books or o.book_id <> all (p.shared))
    union all
    select o.l, o.r, side, o.atom
    from overlapping o
    join rules u on u.l = o.l and u.r = o.r
    cross join unnest(array['left', 'right']) side
    where case
      when side = 'left' then case u.rule
        when 'pages' then is_left and not is_right
        when 'mentions' then names_left and not names_right
        when 'within' then is_left and (not is_right or not left_has_own)
        else is_left
      end
      else case u.rule
        when 'pages' then is_right and not is_left
        when 'mentions' then names_right and not names_left
        when 'within' then is_right and (not is_left or not right_has_own)
        else is_right
      end
    end
  ),
  sides as materialized (
    select l, r, side, atoms, dense_rank() over (order by atoms) as side_id
    from (
      select l, r, side, array_agg(atom order by atom) as atoms from compared group by l, r, side
    ) gathered
  )
  select
    p.l, p.r, case when p.by_books then 'books' else u.rule end, cardinality(p.shared),
    p.left_matched, p.right_matched, p.left_found, p.right_found, a.side_id, b.side_id,
    null, null, null, null, null
  from pairs p
  left join rules u on u.l = p.l and u.r = p.r
  left join sides a on a.l = p.l and a.r = p.r and a.side = 'left'
  left join sides b on b.l = p.l and b.r = p.r and b.side = 'right'
  union all
  select
    null, null, null, null, null, null, null, null, null, null,
    s.side_id, t.book_id, sum(t.pages)::integer, sum(t.vectors)::integer, sum(t.total)
  from (select distinct side_id, atoms from sides) s
  cross join unnest(s.atoms) atom
  join (
    select atom, book_id, pages, vectors, total from shares
    union all
    select atom, book_id, pages, vectors, total from cells
  ) t using (atom)
  group by s.side_id, t.book_id;
end;
comment on function concept_sides is 'What is compared of concepts, pair by pair and book by book: the ground of concept_pairs()';
