-- The table behind a space of view vector_space; SQLSTATE CW002 with the known ones as hint for any other.
create or replace function space_table(space text) returns text
language sql stable
begin atomic
  select s.vector_table
  from vector_space s
  where s.space = checked_option(
    space_table.space, array(select k.space from vector_space k order by k.place), 'space');
end;
comment on function space_table is 'The table behind a space; an unknown space is refused';
