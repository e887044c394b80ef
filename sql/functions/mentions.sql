-- True when the text contains the name as whole words, whatever the case and the punctuation:
-- 'Pepper&Carrot' mentions 'pepper', 'Spider-Man' mentions 'spider man'. A name without a word is never mentioned.
create or replace function mentions(body text, name text) returns boolean
language sql immutable parallel safe
begin atomic
  select plain_words(mentions.name) <> '' and strpos(plain_words(mentions.body), plain_words(mentions.name)) > 0;
end;
comment on function mentions is 'Whether a text contains a name as whole words, case and punctuation aside';
