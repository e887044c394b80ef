-- The kept sums that are not what the vectors say, of the given books or, where none are given, of all; no rows is
-- how it should be. kept_vectors, vectors: how many went into each; difference: length of kept minus actual sum.
-- Reads every vector of these books. Order: book, table, model, page type.
create or replace function wrong_book_sums(book_ids bigint[] default null)
returns table (
  book_id bigint, vector_table text, model_id smallint, page_type text, kept_vectors integer, vectors integer,
  difference double precision
)
language sql stable
begin atomic
  with summed as materialized (
    select b.book_id from summed_book b
    where wrong_book_sums.book_ids is null or b.book_id = any (wrong_book_sums.book_ids)
  ),
  kept as (
    select k.* from book_vector_sum k join summed s on s.book_id = k.book_id
  ),
  actual as (
    select v.* from summed_vectors(array(select s.book_id from summed s)) v
  )
  select
    book_id, vector_table, model_id, page_type, k.vectors, a.vectors, vector_norm(k.total - a.total)
  from kept k
  full join actual a using (book_id, vector_table, model_id, page_type)
  where k.vectors is distinct from a.vectors or k.pages is distinct from a.pages
    or vector_norm(k.total - a.total) > 0.00001 * a.vectors
  order by book_id, vector_table, model_id, page_type;
end;
comment on function wrong_book_sums is 'Kept sums of vectors that are not what the vectors say: should be none';
