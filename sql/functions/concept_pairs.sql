-- How alike concepts are, each pair of the given names: cosine similarity of their mean vectors, -1 to 1.
-- balance, centred, space, narrative_only: as in concept_vector().
--
-- What two concepts share would make them alike whatever they are, so it is left out, in the first way that leaves
-- something of both:
--   1. books that have pages of both are left out of both;
--   2. pages that belong to both are left out of both (same books, different pages);
--   3. only pages whose text names one and not the other are taken (both own all pages, as with two heroes of one series);
--   4. one lies wholly within the other: its pages are left out of the wider one.
-- Where the two are the same pages there is nothing to compare and the similarity is null.
-- left_pages, left_books and so on count what was compared; shared_books counts books with pages of both.
--
-- percentile: share of other pairs that are less alike, 0 to 100; percentile_among says which others: 'defined
-- concepts' (pairs of those in table concept, at most 40 of them, where 20 such pairs or more have a similarity), else
-- 'random book groups' of as many books as the two. Null where the library is too small for either.
-- low, high: the middle 95% of the similarities of bootstrap samples of the books; null with fewer than 3 books.
-- rounds: of the bootstrap and of random groups, 0 for neither, at most 10,000; seed: the same one draws the same.
-- first_only: only the pairs of the first name with each of the others.
-- note says which of the ways was taken, and what to mind. Order: as the names were given.
create or replace function concept_pairs(
  names text[],
  space text default 'page',
  balance boolean default true,
  centred boolean default true,
  narrative_only boolean default true,
  rounds integer default 200,
  seed bigint default 0,
  first_only boolean default false
) returns table (
  left_name text, right_name text, left_pages integer, left_books integer, right_pages integer,
  right_books integer, shared_books integer, similarity real, percentile real, percentile_among text,
  low real, high real, note text
)
language sql stable
set work_mem = '64MB'
begin atomic
  with options as materialized (
    select
      space_table(concept_pairs.space) as vector_table,
      greatest(least(coalesce(concept_pairs.rounds, 200), 10000), 0) as rounds,
      coalesce(concept_pairs.seed, 0) as seed
  ),
  sides as materialized (
    select s.* from concept_sides(
      concept_pairs.names || case
        when (select o.rounds from options o) > 0 and cardinality(concept_pairs.names) > 1
          then reference_concepts((select o.seed from options o))
        else '{}'
      end,
      cardinality(concept_pairs.names), concept_pairs.space, concept_pairs.narrative_only,
      concept_pairs.first_only) s
    where (select o.vector_table from options o) is not null
  ),
  library as materialized (
    select scaled(
      library_mean(concept_pairs.space, concept_pairs.balance, concept_pairs.narrative_only),
      case when concept_pairs.centred then 1 else 0 end) as origin
  ),
  parts as materialized (
    select
      s.side_id, s.book_id, s.pages,
      case when concept_pairs.balance then scaled(s.total, 1.0 / s.vectors) else s.total end as part,
      case when concept_pairs.balance then 1 else s.vectors end::double precision as weight
    from sides s
    where s.total is not null
  ),
  means as materialized (
    select
      p.side_id, p.pages, p.books, p.book_ids,
      direction_from(l.origin, scaled(p.total, 1.0 / p.weight)) as direction
    from (
      select
        side_id, sum(pages)::integer as pages, count(*)::integer as books, sum(part) as total,
        sum(weight) as weight, array_agg(book_id order by book_id) as book_ids
      from parts
      group by side_id
    ) p
    cross join library l
  ),
  pairs as materialized (
    select
      s.l, s.r, s.rule, s.shared_books, s.left_matched, s.right_matched, s.left_found, s.right_found,
      s.left_side, s.right_side,
      coalesce(a.pages, 0) as left_pages, coalesce(a.books, 0) as left_books,
      coalesce(b.pages, 0) as right_pages, coalesce(b.books, 0) as right_books,
      case when s.rule is not null then nullif(1 - (a.direction <=> b.direction), 'NaN') end as similarity,
      (select count(distinct i) from unnest(a.book_ids || b.book_ids) i) as books
    from sides s
    left join means a on a.side_id = s.left_side
    left join means b on b.side_id = s.right_side
    where s.l is not null
  ),
  asked as materialized (
    select * from pairs where l <= cardinality(concept_pairs.names)
  ),
  reference as materialized (
    select array_agg(similarity) as similarities
    from pairs
    where l > cardinality(concept_pairs.names) and similarity is not null
    having count(*) >= 20
  ),
  random as materialized (
    select g.left_size, g.right_size, array_agg(g.similarity) as similarities
    from random_similarities(
      array(select left_books from asked where similarity is not null and not exists (select from reference)
        order by l, r),
      array(select right_books from asked where similarity is not null and not exists (select from reference)
        order by l, r),
      concept_pairs.space, concept_pairs.balance, concept_pairs.centred, concept_pairs.narrative_only,
      (select o.rounds from options o), (select o.seed from options o)) g
    group by g.left_size, g.right_size
  ),
  samples as materialized (
    select m.side_id, s.round, direction_from(l.origin, s.mean) as direction
    from (
      select
        side_id, array_agg(part order by hashint8extended(book_id, 0), book_id) as parts,
        array_agg(weight order by hashint8extended(book_id, 0), book_id) as weights
      from parts
      where side_id in (
        select unnest(array[left_side, right_side]) from asked
        where similarity is not null and least(left_books, right_books) >= 3)
      group by side_id
    ) m
    join means k on k.side_id = m.side_id
    cross join library l
    cross join lateral resampled_means(
      m.parts, m.weights, (select o.rounds from options o),
      hashtextextended(k.book_ids::text, (select o.seed from options o))) s
  ),
  intervals as materialized (
    select
      p.l, p.r,
      percentile_cont(array[0.025, 0.975]) within group (order by 1 - (a.direction <=> b.direction)) as ends
    from asked p
    join samples a on a.side_id = p.left_side
    join samples b on b.side_id = p.right_side and b.round = a.round
    where a.direction is not null and b.direction is not null and p.similarity is not null
    group by p.l, p.r
  ),
  counted as materialized (
    select count(distinct t.book_id) as books
    from book_totals(concept_pairs.space, concept_pairs.narrative_only) t
  )
  select
    n.l_name, n.r_name, p.left_pages, p.left_books, p.right_pages, p.right_books, p.shared_books,
    p.similarity::real,
    percentile_of(p.similarity, coalesce(f.similarities, g.similarities))::real,
    case
      when percentile_of(p.similarity, f.similarities) is not null then 'defined concepts'
      when percentile_of(p.similarity, g.similarities) is not null then 'random book groups'
    end,
    i.ends[1]::real, i.ends[2]::real,
    nullif(concat_ws('; ',
      case when not p.left_matched then format('unknown concept: %s', n.l_name) end,
      case when not p.right_matched then format('unknown concept: %s', n.r_name) end,
      case when p.left_matched and not p.left_found then format('no vectors of %s in this space', n.l_name) end,
      case when p.right_matched and not p.right_found then format('no vectors of %s in this space', n.r_name) end,
      case
        when p.rule = 'books' and p.shared_books > 0 then format('%s shared books left out', p.shared_books)
        when p.rule = 'pages' then 'same books: pages of both left out'
        when p.rule = 'mentions' then 'same pages: only those whose text names one of the two'
        when p.rule = 'within' then 'one lies within the other: its pages left out of the wider one'
        when p.rule is null and p.left_found and p.right_found then 'all pages shared'
      end,
      case when p.left_found and p.right_found then nullif(array_to_string(array[
        case when p.left_books < 3 then format('fewer than 3 books of %s', n.l_name) end,
        case when p.right_books < 3 then format('fewer than 3 books of %s', n.r_name) end], '; '), '') end,
      case when p.left_found and p.right_found and concept_pairs.centred and c.books - p.books < 3
        then 'fewer than 3 other books in the library to measure against' end
    ), '')
  from asked p
  cross join lateral (
    select concept_pairs.names[p.l] as l_name, concept_pairs.names[p.r] as r_name
  ) n
  cross join counted c
  left join reference f on true
  left join random g on g.left_size = p.left_books and g.right_size = p.right_books
  left join intervals i on i.l = p.l and i.r = p.r
  order by p.l, p.r;
end;
comment on function concept_pairs is 'Similarity of each pair of concepts with its percentile and bootstrap interval, what they share left out';
