-- The vectors of every book in one space summed, of the live model: from book_vector_sum where its sums hold (see
-- summed_book), else from the vectors. total: of vectors of length 1. Low-information pages are never in it.
-- One row a book and type of page, since what is narrative is asked at the time of the query. No order.
create or replace function book_totals(space text, narrative_only boolean default true)
returns table (book_id bigint, pages integer, vectors integer, total vector)
language sql stable
begin atomic
  with found as not materialized (
    select s.model_id, s.book_id, s.page_type, s.pages, s.vectors, s.total
    from book_vector_sum s
    join summed_book b on b.book_id = s.book_id
    where s.vector_table = (select space_table(book_totals.space))
    union all
    select s.model_id, s.book_id, s.page_type, s.pages, s.vectors, s.total
    from summed_vectors(
      array(select b.id from book b where not exists (select from summed_book k where k.book_id = b.id)),
      (select space_table(book_totals.space))) s
  )
  select f.book_id, f.pages, f.vectors, f.total
  from found f
  where f.model_id = any (array(select m.id from model m where m.status = 'live'))
    and (not book_totals.narrative_only
      or f.page_type = any (array(select t.name from page_type t where t.is_narrative)));
end;
comment on function book_totals is 'Sums of the live vectors of one space by book, kept or made anew';
