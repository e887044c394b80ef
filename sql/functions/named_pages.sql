-- The pages of several concepts at once; ordinal is the place of the name in the list, from 1.
-- All pages of the concept's books (see named_books()), and pages whose own text matches (see spoken_pages()).
-- matched: how, among series, title, character, story_arc, genre, text; is_mentioned: whether text did.
-- Narrative pages only unless told otherwise, never low-information pages. One row a concept and page, no order.
create or replace function named_pages(names text[], narrative_only boolean default true)
returns table (ordinal integer, page_id bigint, book_id bigint, matched text[], is_mentioned boolean)
language sql stable
begin atomic
  with found as (
    select b.ordinal, p.id as page_id, b.matched
    from named_books(named_pages.names) b
    join page p on p.book_id = b.book_id
    union all
    select s.ordinal, s.page_id, array['text']
    from spoken_pages(named_pages.names, named_pages.narrative_only) s
  )
  select f.ordinal, f.page_id, p.book_id, array_agg(distinct kind order by kind), bool_or(kind = 'text')
  from found f
  join page p on p.id = f.page_id
  left join page_type t on t.name = p.page_type
  cross join unnest(f.matched) kind
  where not p.low_information and (coalesce(t.is_narrative, false) or not named_pages.narrative_only)
  group by f.ordinal, f.page_id, p.book_id;
end;
comment on function named_pages is 'The pages of several concepts at once, and how each matched';
