-- The vector of a concept: the mean of its pages' vectors, of length 1; null when none of them has one.
-- balance: mean of each book first, then of the books, so that a long run does not outweigh the rest.
-- centred: minus the mean of the whole library made in the same way, since all pages resemble each other; null when
-- nothing is left, as for a concept that is the whole library. space: one of view vector_space, whose vectors of the
-- concept's pages are averaged; an unknown one is refused with SQLSTATE CW002.
-- Compare it with rows of the same space: of panel, fused, vision and text with each other, of semantic with
-- panel_semantic and strip_semantic, of visual with feature.
-- In a query over many rows write (select concept_vector('Vampirella')), so that it is computed once.
create or replace function concept_vector(
  name text,
  space text default 'page',
  balance boolean default true,
  centred boolean default true,
  narrative_only boolean default true
) returns halfvec
language sql stable
begin atomic
  select direction_from(
    case
      when concept_vector.centred
        then library_mean(concept_vector.space, concept_vector.balance, concept_vector.narrative_only)
      else scaled(c.mean, 0)
    end, c.mean)::halfvec
  from (
    select concept_mean(
      concept_vector.name, concept_vector.space, concept_vector.balance, concept_vector.narrative_only) as mean
    offset 0
  ) c
  where c.mean is not null;
end;
comment on function concept_vector is 'Mean vector of a concept, balanced over books and centred on the library; null when nothing matches';
