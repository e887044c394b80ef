-- The pages of a concept and how each matched: see named_pages(). Order: book, then page.
create or replace function concept_pages(name text, narrative_only boolean default true)
returns table (page_id bigint, book_id bigint, series text, number text, page_seq integer, matched text[])
language sql stable
begin atomic
  select n.page_id, n.book_id, l.series, l.number, l.page_seq, n.matched
  from named_pages(array[concept_pages.name], concept_pages.narrative_only) n
  join page_listing l on l.page_id = n.page_id
  order by n.book_id, l.page_seq;
end;
comment on function concept_pages is 'The pages of a concept: of its books, and those whose own text names it';
