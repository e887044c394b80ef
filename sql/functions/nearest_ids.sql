-- What all searches by vector rest on: ids of the panels, pages or strips nearest to a vector, their cosine
-- distances, and whether every candidate was compared (exact) or an HNSW index was asked.
-- space: see search_space(). Filters: see pages_within(). leave_out: ids. of_model: null for the live one.
-- Order: distance, then id. No rows for a null or zero vector.
-- Exact where there is no index, where it holds fewer than approximate_from() vectors, where it has not been measured
-- or was found wanting for such vectors (index_is_trusted()), where the filters leave so few pages that reading them is
-- quicker, and where the index did not find enough: a limit is filled if enough rows match.
-- "set warehouse.search = 'exact'" makes every search of a session exact, 'index' asks an index however small;
-- "set warehouse.ef_search = 1000" lets it look at more of its graph.
-- Settings of pgvector must be known to the server before a function can carry them.
do $$ begin perform '[1]'::vector; end $$;
create or replace function nearest_ids(
  scope text, space text, v halfvec,
  of_series text default null,
  of_publisher text default null,
  of_type text default null,
  with_character text default null,
  in_language text default null,
  year_from integer default null,
  year_to integer default null,
  min_panels integer default null,
  max_panels integer default null,
  max_distance double precision default null,
  max_hits integer default 10,
  leave_out bigint[] default '{}',
  of_model smallint default null
) returns table (id bigint, distance double precision, exact boolean)
language plpgsql stable rows 100
set jit = off
set plan_cache_mode = force_custom_plan
set parallel_setup_cost = 0
set enable_seqscan = on
set hnsw.iterative_scan = 'relaxed_order'
set hnsw.max_scan_tuples = 20000
set hnsw.ef_search = 400
as $$
#variable_conflict use_column
declare
  place record;
  hits constant bigint := greatest(coalesce(max_hits, 10), 0);
  how constant text := coalesce(nullif(current_setting('warehouse.search', true), ''), 'auto');
  given_ef constant integer := nullif(current_setting('warehouse.ef_search', true), '')::integer;
  least_ef integer;
  omitted constant bigint[] := coalesce(array_remove(leave_out, null), '{}');
  filtered constant boolean := num_nonnulls(of_series, of_publisher, of_type, with_character, in_language,
    year_from, year_to, min_panels, max_panels) > 0;
  pages bigint[];
  depth bigint;
  share double precision := 1;
  by_index text;
  nearest double precision;
  found_ids bigint[];
  found_distances double precision[];
  kept_ids bigint[];
  kept_distances double precision[];
begin
  perform checked_option(how, array['auto', 'exact', 'index'], 'warehouse.search');
  select * into place from search_space(scope, space, of_model);
  if place.vectors is null or hits = 0 or v is null or coalesce(l2_norm(v), 0) = 0 then
    return;
  end if;
  if filtered then
    pages := array(
      select w.page_id from pages_within(
        of_series, of_publisher, of_type, with_character, in_language, year_from, year_to, min_panels, max_panels) w);
    if pages = '{}' then
      return;
    end if;
    select least(cardinality(pages) / greatest(c.reltuples, cardinality(pages)), 1) into share
    from pg_class c where c.oid = to_regclass('page');
  end if;

  depth := ceil((2.0 * hits + 20) / share) + cardinality(omitted);
  if place.index_name is not null and how <> 'exact' and depth <= 1000
      and (how = 'index' or place.index_rows >= approximate_from()
        and (index_is_trusted(scope, space, place.model_id, 'rows')
          or index_is_trusted(scope, space, place.model_id, 'means'))) then
    by_index := index_statement(place.vectors, place.owner, place.model_id, place.dim);
    perform set_config('enable_seqscan', 'off', true);
    if given_ef is null or how = 'auto' then
      -- a vector that is none of the index's own, such as a mean, lies between its clusters: look more widely
      perform set_config('hnsw.ef_search', '40', true);
      execute format('select min(n.distance) from (%s) n', by_index) into nearest using v, 1;
    end if;
    if how = 'index'
        or index_is_trusted(scope, space, place.model_id, case when nearest < 0.01 then 'rows' else 'means' end) then
      least_ef := coalesce(given_ef, case when nearest < 0.01 then 400 else 1000 end);
      perform set_config('hnsw.ef_search', least(greatest(least_ef, depth), 1000)::text, true);
      execute format('select array_agg(n.id), array_agg(n.distance) from (%s) n', by_index)
        into found_ids, found_distances using v, depth;
      perform set_config('enable_seqscan', 'on', true);
      select k.ids, k.distances into kept_ids, kept_distances
      from searchable(place.owner, found_ids, found_distances, pages, omitted, max_distance, hits) k;
      if cardinality(kept_ids) = hits
          or (select max(d) from unnest(found_distances) d where d <> 'NaN') > max_distance then
        return query select k.id, k.distance, false from unnest(kept_ids, kept_distances) k (id, distance);
        return;
      end if;
    end if;
    perform set_config('enable_seqscan', 'on', true);
  end if;

  if share >= 0.05 then
    -- more than asked for, and then those that pass: sooner than looking up the page of every vector
    depth := ceil(4.0 * (hits + 20) / share) + cardinality(omitted);
    execute format(
        'select array_agg(n.id), array_agg(n.distance) from (%s) n',
        exact_statement(place.vectors, place.owner, place.model_id, place.any_width, false))
      into found_ids, found_distances using v, depth, pages, omitted;
    select k.ids, k.distances into kept_ids, kept_distances
    from searchable(place.owner, found_ids, found_distances, pages, omitted, max_distance, hits) k;
    if cardinality(kept_ids) = hits or coalesce(cardinality(found_ids), 0) < depth
        or found_distances[depth] > max_distance then
      return query select k.id, k.distance, true from unnest(kept_ids, kept_distances) k (id, distance);
      return;
    end if;
  end if;
  pages := coalesce(pages, array(select p.id from page p where not p.low_information));
  return query execute format(
      'select n.id, n.distance, true from (%s) n where n.distance <> ''NaN'' and ($5 is null or n.distance <= $5)'
        ' order by 2, 1',
      exact_statement(place.vectors, place.owner, place.model_id, place.any_width, true))
    using v, hits, pages, omitted, max_distance;
end
$$;
comment on function nearest_ids is 'Ids nearest to a vector in one space, with distances and whether exact; filters as in pages_within()';
