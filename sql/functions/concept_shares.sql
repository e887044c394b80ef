-- What each book gives to several concepts: its vectors in a space, summed. ordinal: place of the name, from 1.
-- is_whole: the book belongs to the concept as a whole, so that the sums kept of it serve; of any other book only the
-- pages whose own text matches are looked at, one by one (offset 0 keeps the planner from reading all vectors
-- instead). pages: those with a vector in the space. No order.
create or replace function concept_shares(names text[], space text, narrative_only boolean default true)
returns table (ordinal integer, book_id bigint, is_whole boolean, pages integer, vectors integer, total vector)
language sql stable
begin atomic
  with whole as materialized (
    select n.ordinal, n.book_id from named_books(concept_shares.names) n
  ),
  spoken as materialized (
    select s.ordinal, s.page_id, s.book_id
    from spoken_pages(concept_shares.names, concept_shares.narrative_only) s
    where not exists (select from whole w where w.ordinal = s.ordinal and w.book_id = s.book_id)
  )
  select w.ordinal, w.book_id, true, sum(t.pages)::integer, sum(t.vectors)::integer, sum(t.total)
  from whole w
  join book_totals(concept_shares.space, concept_shares.narrative_only) t on t.book_id = w.book_id
  group by w.ordinal, w.book_id
  union all
  select
    s.ordinal, s.book_id, false, count(distinct s.page_id)::integer, count(*)::integer,
    sum(l2_normalize(e.v::vector))
  from spoken s
  cross join lateral (
    select e.v from space_vectors(concept_shares.space) e where e.page_id = s.page_id offset 0
  ) e
  where l2_norm(e.v) > 0
  group by s.ordinal, s.book_id;
end;
comment on function concept_shares is 'What each book gives to several concepts: pages, and the sum of their vectors';
