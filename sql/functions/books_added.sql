-- How the library grows: books by the step they were first seen in, from since until until, steps without any too.
-- time: begin of the step.  books: added in it.  total: in the library at its end.  Order: time.
create or replace function books_added(since timestamptz, until timestamptz, step interval)
returns table ("time" timestamptz, books bigint, total bigint)
language sql stable
begin atomic
  with steps as materialized (
    select
      extract(epoch from books_added.step)::double precision as width,
      floor(extract(epoch from books_added.since) / extract(epoch from books_added.step))::bigint as first,
      floor(extract(epoch from least(books_added.until, now())) / extract(epoch from books_added.step))::bigint
        as last
  ),
  added as materialized (
    select
      greatest(floor(extract(epoch from b.added_at)::double precision / s.width)::bigint, s.first - 1) as number,
      count(*) as books
    from steps s
    cross join book b
    group by 1
  )
  select
    to_timestamp(n.number * s.width), coalesce(a.books, 0),
    (sum(coalesce(a.books, 0)) over (order by n.number))::bigint
      + coalesce((select k.books from added k where k.number < s.first), 0)
  from steps s
  cross join lateral generate_series(s.first, s.last) n (number)
  left join added a on a.number = n.number
  order by n.number;
end;
comment on function books_added is 'Books added to the library over time, and how many there were';
