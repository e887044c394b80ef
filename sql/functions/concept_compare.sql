-- How alike concepts are, each pair of the given names: concept_pairs() with its defaults.
--   select * from concept_compare('Red Sonja', 'Conan', 'Batman');
create or replace function concept_compare(variadic names text[])
returns table (
  left_name text, right_name text, left_pages integer, left_books integer, right_pages integer,
  right_books integer, shared_books integer, similarity real, percentile real, percentile_among text,
  low real, high real, note text
)
language sql stable
begin atomic
  select * from concept_pairs(concept_compare.names);
end;
comment on function concept_compare is 'Similarity of each pair of concepts: balanced over books, centred, what they share left out';
