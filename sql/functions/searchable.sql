-- Of candidates found by vector, those that a search may answer with: not of low-information pages, at a distance
-- that is a number and at most max_distance, in the given pages (null: in any), none to leave out.
-- owner: page, panel, strip. At most max_hits of them, by distance, then id; empty arrays where none is left.
create or replace function searchable(
  owner text, candidates bigint[], candidate_distances double precision[], pages bigint[], leave_out bigint[],
  max_distance double precision, max_hits bigint
) returns table (ids bigint[], distances double precision[])
language sql stable
begin atomic
  with kept as (
    select c.id, c.distance
    from (
      select c.id, c.distance, case searchable.owner
        when 'page' then c.id
        when 'panel' then (select pa.page_id from panel pa where pa.id = c.id)
        when 'strip' then (select st.page_id from strip st where st.id = c.id)
      end as page_id
      from unnest(searchable.candidates, searchable.candidate_distances) c (id, distance)
      where c.distance <> 'NaN' and c.id <> all (searchable.leave_out)
        and (searchable.max_distance is null or c.distance <= searchable.max_distance)
    ) c
    where (searchable.pages is null or c.page_id = any (searchable.pages))
      and (select not p.low_information from page p where p.id = c.page_id)
    order by c.distance, c.id
    limit searchable.max_hits
  )
  select
    coalesce(array_agg(k.id order by k.distance, k.id), '{}'),
    coalesce(array_agg(k.distance order by k.distance, k.id), '{}')
  from kept k;
end;
comment on function searchable is 'Of candidates found by vector, those that a search may answer with, nearest first';
