-- The mean of all vectors of one space: of books first where balance, then of the books; null for an empty library.
-- Books with equally many vectors are summed before they are divided, which is what makes it cheap.
create or replace function library_mean(
  space text default 'page', balance boolean default true, narrative_only boolean default true
) returns vector
language sql stable
set work_mem = '64MB'
begin atomic
  with totals as materialized (
    select t.book_id, t.vectors, t.total
    from book_totals(library_mean.space, library_mean.narrative_only) t
  ),
  counts as materialized (
    select book_id, sum(vectors) as vectors from totals group by book_id
  ),
  alike as materialized (
    select c.vectors, sum(t.total) as total
    from totals t
    join counts c on c.book_id = t.book_id
    group by c.vectors
  )
  select case
    when library_mean.balance then sum(scaled(total, 1.0 / (vectors * (select count(*) from counts))))
    else scaled(sum(total), 1.0 / (select sum(vectors) from counts))
  end
  from alike;
end;
comment on function library_mean is 'Mean vector of the whole library in one space, balanced over books';
