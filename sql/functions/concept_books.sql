-- The books of a concept by their metadata, and how each matched: see named_books().
-- Books that only mention it in their text are not among them: see concept_pages(). Order: book_id.
create or replace function concept_books(name text) returns table (book_id bigint, matched text[])
language sql stable
begin atomic
  select n.book_id, n.matched from named_books(array[concept_books.name]) n order by n.book_id;
end;
comment on function concept_books is 'The books of a concept by series, title, character, story arc or genre';
