-- The mean of all vectors of one space: of books first where balance, then of the books; null for an empty library.
-- Books with equally many vectors are summed before they are divided, which is what makes it cheap.
create or replace function library_mean(
  space text default 'page', balance boolean default true, narrative_only boolean default true
) returns vector
language sql stable
set work_mem = '64MB'
begin atomic
  with counts as (
    select t.book_id, sum(t.vectors) as vectors
    from book_totals(library_mean.space, library_mean.narrative_only) t
    group by t.book_id
  ),
  alike as (
    select c.vectors, sum(t.total) as total, count(distinct c.book_id) as books
    from book_totals(library_mean.space, library_mean.narrative_only) t
    join counts c on c.book_id = t.book_id
    group by c.vectors
  )
  select case
    when library_mean.balance then sum(scaled(total, 1.0 / (vectors * (select sum(books) from alike))))
    else scaled(sum(total), 1.0 / (select sum(vectors * books) from alike))
  end
  from alike;
end;
comment on function library_mean is 'Mean vector of the whole library in one space, balanced over books';
