-- The given option when it is one of the known ones; otherwise SQLSTATE CW002 with the known ones as hint and
-- the option's name as column.
create or replace function checked_option(given text, known text[], option text) returns text
language plpgsql stable parallel safe
as $$
begin
  if given = any (known) then
    return given;
  end if;
  raise exception using
    errcode = 'CW002',
    message = format('unknown %s %L', option, given),
    hint = format('choose one of %s', array_to_string(known, ', ')),
    column = option;
end
$$;
comment on function checked_option is 'An option that must be one of a list; SQLSTATE CW002 when it is not';
