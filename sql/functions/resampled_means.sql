-- Means of bootstrap samples: in each round as many parts as there are, drawn with replacement.
-- parts: a sum of vectors for each book; weights: what it counts for. More than 200 parts are first summed into 200
-- of as many books each, which leaves the spread of the mean as it is. The same seed draws the same. No order.
create or replace function resampled_means(
  parts vector[], weights double precision[], rounds integer, seed bigint
) returns table (round integer, mean vector)
language sql immutable
begin atomic
  with blocks as materialized (
    select
      array_agg(part order by place) as parts, array_agg(weight order by place) as weights, count(*) as n
    from (
      select (u.n - 1) % 200 as place, sum(u.part) as part, sum(u.weight) as weight
      from unnest(resampled_means.parts, resampled_means.weights) with ordinality u (part, weight, n)
      group by 1
    ) b
  )
  select r.round, scaled(sum(b.parts[d.place]), 1.0 / sum(b.weights[d.place]))
  from blocks b
  cross join generate_series(1, resampled_means.rounds) r (round)
  cross join lateral (
    select drawn(b.n, r.round, i::integer, resampled_means.seed) as place from generate_series(1, b.n) i
  ) d
  group by r.round;
end;
comment on function resampled_means is 'Means of bootstrap samples of books';
