-- How alike random groups of books are: for each pair of sizes, in each round two groups without a book in common.
-- What a similarity of two concepts of these sizes is to be held against. Options as in concept_vector().
-- Groups are steps through the shuffled library, so that drawing is cheap; large ones are drawn in fewer rounds
-- (200,000 books in all, at least 20 rounds). No rows where the library has no more books than the two groups.
create or replace function random_similarities(
  left_sizes integer[], right_sizes integer[], space text, balance boolean, centred boolean,
  narrative_only boolean, rounds integer, seed bigint
) returns table (left_size integer, right_size integer, round integer, similarity double precision)
language sql stable
set work_mem = '64MB'
begin atomic
  with sizes as materialized (
    select distinct s.l, s.r
    from unnest(random_similarities.left_sizes, random_similarities.right_sizes) s (l, r)
    where s.l > 0 and s.r > 0
  ),
  books as materialized (
    select t.book_id, sum(t.total) as total, sum(t.vectors) as vectors
    from book_totals(random_similarities.space, random_similarities.narrative_only) t
    where exists (select from sizes)
    group by t.book_id
  ),
  limits as materialized (
    select
      n,
      greatest(least(random_similarities.rounds, 20), least(random_similarities.rounds, 200000 / (
        select sum(size)::integer from (select distinct l from sizes union all select distinct r from sizes) s (size)
      ))) as rounds,
      greatest(1, least(random_similarities.rounds, 20000 / n)) as shuffles
    from (select count(*)::integer as n from books) counted
    where n > 2
  ),
  shuffled as materialized (
    select
      shuffle, b.book_id,
      row_number() over (
        partition by shuffle
        order by hashint8extended(b.book_id, random_similarities.seed + shuffle), b.book_id) - 1 as place
    from books b
    cross join limits l
    cross join generate_series(0, l.shuffles - 1) shuffle
  ),
  walks as materialized (
    select
      r as round, r % l.shuffles as shuffle, l.n,
      drawn(l.n, r, 0, random_similarities.seed) - 1 as start,
      (
        select 1 + (first + k) % (l.n - 1)
        from drawn(l.n, r, 1, random_similarities.seed) first
        cross join generate_series(0, least(l.n, 100)) k
        where gcd(1 + (first + k) % (l.n - 1), l.n) = 1
        order by k
        limit 1
      ) as step
    from limits l
    cross join generate_series(1, l.rounds) r
  ),
  picked as (
    select w.round, w.shuffle, 'left' as side, s.l as size, (w.start + w.step::bigint * i) % w.n as place
    from walks w
    cross join (select distinct l from sizes) s
    cross join generate_series(0, s.l - 1) i
    union all
    select w.round, w.shuffle, 'right', s.r, (w.start + w.step::bigint * (w.n - 1 - i)) % w.n
    from walks w
    cross join (select distinct r from sizes) s
    cross join generate_series(0, s.r - 1) i
  ),
  parts as materialized (
    select
      book_id,
      case when random_similarities.balance then scaled(total, 1.0 / vectors) else total end as part,
      case when random_similarities.balance then 1 else vectors end as weight
    from books
  ),
  origin as materialized (
    select scaled(
      library_mean(random_similarities.space, random_similarities.balance, random_similarities.narrative_only),
      case when random_similarities.centred then 1 else 0 end) as origin
    from limits
  ),
  groups as materialized (
    select p.round, p.side, p.size, direction_from(o.origin, p.mean) as direction
    from (
      select k.round, k.side, k.size, scaled(sum(b.part), 1.0 / sum(b.weight)) as mean
      from picked k
      join shuffled s on s.shuffle = k.shuffle and s.place = k.place
      join parts b on b.book_id = s.book_id
      group by k.round, k.side, k.size
    ) p
    cross join origin o
  )
  select s.l, s.r, a.round, 1 - (a.direction <=> b.direction)
  from sizes s
  join limits l on l.n > s.l + s.r
  join groups a on a.side = 'left' and a.size = s.l
  join groups b on b.side = 'right' and b.size = s.r and b.round = a.round
  where a.direction is not null and b.direction is not null;
end;
comment on function random_similarities is 'How alike random groups of books of given sizes are';
