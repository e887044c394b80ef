-- The words of a text, lower case, one space before, between and after: ' red sonja '. Punctuation parts words.
-- One text names another when the plain words of the one contain those of the other. Empty when it has no word.
create or replace function plain_words(body text) returns text
language sql immutable parallel safe
begin atomic
  select coalesce(
    ' ' || nullif(btrim(regexp_replace(
      lower(spaced_ideographs(plain_words.body)), '[[:punct:][:space:]]+', ' ', 'g')), '') || ' ',
    '');
end;
comment on function plain_words is 'The words of a text, lower case, each between spaces, for whole-word matching';
