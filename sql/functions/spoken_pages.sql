-- The pages whose own text matches several concepts; ordinal is the place of the name in the list, from 1.
-- The name as a phrase or, for a defined concept, its text_query. Narrative pages only unless told otherwise, never
-- low-information pages. No order.
create or replace function spoken_pages(names text[], narrative_only boolean default true)
returns table (ordinal integer, page_id bigint, book_id bigint)
language sql stable
begin atomic
  with asked as materialized (
    select
      n.ordinal::integer as ordinal,
      case
        when d.name is not null then library_query(d.text_query)
        else phraseto_tsquery('pg_catalog.simple', nullif(plain_words(left(n.name, 2000)), ''))
      end as words
    from unnest(spoken_pages.names) with ordinality n (name, ordinal)
    left join lateral (
      select c.name, c.text_query
      from concept c
      where lower(c.name) = lower(btrim(n.name))
      order by c.name = n.name desc, c.name
      limit 1
    ) d on true
  )
  select a.ordinal, p.id, p.book_id
  from asked a
  join page p on p.text_search @@ a.words
  where numnode(a.words) > 0 and not p.low_information
    and (not spoken_pages.narrative_only
      or p.page_type = any (array(select t.name from page_type t where t.is_narrative)));
end;
comment on function spoken_pages is 'The pages whose own text matches several concepts';
