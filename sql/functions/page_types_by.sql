-- Which types of page books are made of, by decade or by publisher: one row a group and type of page.
-- dimension: 'decade' or 'publisher'; anything else is refused (SQLSTATE CW002).  of_publishers, of_decades: only
-- books of these, as view book_shelves names them; null: all.  share: of the group's pages whose type is known, 0 to 1.
-- Types are what counts of each page: a person's label, else the book's metadata, else the model's guess.
-- Order: group, then type.
create or replace function page_types_by(
  dimension text, of_publishers text[] default null, of_decades text[] default null
) returns table (label text, page_type text, pages bigint, share real)
language sql stable
begin atomic
  with options as materialized (
    select checked_option(page_types_by.dimension, array['decade', 'publisher'], 'dimension') as dimension
  ),
  shelved as materialized (
    select h.book_id, case o.dimension when 'decade' then h.decade else h.publisher end as label
    from options o
    cross join book_shelves h
    where (page_types_by.of_publishers is null or h.publisher = any (page_types_by.of_publishers))
      and (page_types_by.of_decades is null or h.decade = any (page_types_by.of_decades))
  ),
  typed as (
    select s.label, p.page_type, count(*) as pages
    from page p
    join shelved s on s.book_id = p.book_id
    where p.page_type is not null
    group by s.label, p.page_type
  )
  select t.label, t.page_type, t.pages, (t.pages / sum(t.pages) over (partition by t.label))::real
  from typed t
  order by t.label, t.page_type;
end;
comment on function page_types_by is 'Types of page and their shares, by decade or by publisher';
