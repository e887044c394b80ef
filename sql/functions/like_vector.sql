-- A vector for "more like these, less like those": the mean of the likes' unit vectors minus unlike_weight times the
-- mean of the unlikes', of length 1. Without likes it points away from the unlikes.
-- Ids without a vector in the space, or with one of length 0, do not count; null where none is left, or nothing of
-- the difference. space: see search_space(). of_model: null for the live one.
create or replace function like_vector(
  scope text, space text, likes bigint[], unlikes bigint[] default '{}', unlike_weight double precision default 0.5,
  of_model smallint default null
) returns halfvec
language plpgsql stable
as $$
declare
  place record;
  wanted vector;
  unwanted vector;
begin
  select * into place from search_space(like_vector.scope, like_vector.space, like_vector.of_model);
  if place.vectors is null then
    return null;
  end if;
  wanted := mean_direction(place.vectors, place.owner, place.model_id, like_vector.likes);
  unwanted := scaled(
    mean_direction(place.vectors, place.owner, place.model_id, like_vector.unlikes),
    coalesce(like_vector.unlike_weight, 0.5));
  wanted := case
    when unwanted is null then wanted
    when wanted is null then scaled(unwanted, -1)
    else wanted - unwanted
  end;
  return case when vector_norm(wanted) > 1e-6 then l2_normalize(wanted)::halfvec end;
end
$$;
comment on function like_vector is 'Mean of some rows'' vectors, less a share of the mean of others, of length 1';
