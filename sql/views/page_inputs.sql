-- What the vectors of each readable page are to be made from now. picture: of its pixels; words: of its text, null
-- where it has none.
create or replace view page_inputs as
select
  p.id as page_id, p.book_id, input_hash(hash_part(p.md5)) as picture,
  case when btrim(p.text, E' \t\n\r\f\x0b') <> '' then input_hash(hash_part(p.text)) end as words
from page p
where p.status = 'ready';
comment on view page_inputs is 'Hashes of what each page''s own vectors are to be made from now';
comment on column page_inputs.page_id is 'the page';
comment on column page_inputs.book_id is 'its book';
comment on column page_inputs.picture is 'input_hash of the picture: page md5';
comment on column page_inputs.words is 'input_hash of the text; null without text';
