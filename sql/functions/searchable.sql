-- Of candidates found by vector, those that a search may answer with: not of low-information pages, at a distance
-- that is a number and at most max_distance, in the given pages (null: in any), none to leave out.
-- owner: page, panel, strip. At most max_hits of them, by distance, then id; empty arrays where none is left.
create or replace function searchable(
  owner text, candidates bigint[], candidate_distances double precision[], pages bigint[], leave_out bigint[],
  max_distance double precision, max_hits integer
) returns table (ids bigint[], distances double precision[])
language sql stable
begin atomic
  with kept as (
    select c.id, c.distance
    from unnest(searchable.candidates, searchable.candidate_distances) c (id, distance)
    join (
      select p.id, p.id as page_id from page p where searchable.owner = 'page'
      union all
      select pa.id, pa.page_id from panel pa where searchable.owner = 'panel'
      union all
      select st.id, st.page_id from strip st where searchable.owner = 'strip'
    ) o on o.id = c.id
    join page on page.id = o.page_id
    where not page.low_information and c.distance <> 'NaN' and c.id <> all (searchable.leave_out)
      and (searchable.max_distance is null or c.distance <= searchable.max_distance)
      and (searchable.pages is null or page.id = any (searchable.pages))
    order by c.distance, c.id
    limit searchable.max_hits
  )
  select
    coalesce(array_agg(k.id order by k.distance, k.id), '{}'),
    coalesce(array_agg(k.distance order by k.distance, k.id), '{}')
  from kept k;
end;
comment on function searchable is 'Of candidates found by vector, those that a search may answer with, nearest first';
