-- What the vectors of each panel are to be made from now: one row a panel of a readable narrative page.
-- picture: of the panel's pixels; place: of its shape and place; words: of its text, null where it has none;
-- whole: of all three. Each as in the input_hash of a vector made from just that.
create or replace view panel_inputs as
select
  n.id as panel_id, n.page_id, p.book_id, n.seq, n.text,
  input_hash(hash_part(p.md5) || b.place) as picture,
  input_hash(b.place) as place,
  case when btrim(n.text, E' \t\n\r\f\x0b') <> '' then input_hash(hash_part(n.text)) end as words,
  input_hash(hash_part(p.md5) || b.place || hash_part(n.text)) as whole
from panel n
join page p on p.id = n.page_id and p.status = 'ready'
join page_type t on t.name = p.page_type and t.is_narrative
cross join lateral (
  select hash_part(concat_ws(' ', p.width, p.height, n.x, n.y, n.w, n.h)) as place
) b;
comment on view panel_inputs is 'Hashes of what each panel''s vectors are to be made from now';
comment on column panel_inputs.picture is 'input_hash of the picture: page md5, page size, box';
comment on column panel_inputs.place is 'input_hash of shape and place: page size, box';
comment on column panel_inputs.words is 'input_hash of the text; null without text';
comment on column panel_inputs.whole is 'input_hash of picture, place and text';
comment on column panel_inputs.panel_id is 'the panel';
comment on column panel_inputs.page_id is 'its page';
comment on column panel_inputs.book_id is 'its book';
comment on column panel_inputs.seq is 'its place in the reading order of the page';
comment on column panel_inputs.text is 'what is said in it';
