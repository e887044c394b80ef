-- Every vector that there should be of each model: its table, its owner, and the input_hash it has when it is fresh.
-- With a literal vector_table only that table's owners are looked at.
create or replace view vector_inputs as
select 'panel_feature' as vector_table, i.panel_id as owner_id, i.book_id, i.picture as input_hash from panel_inputs i
union all
select 'panel_vision', i.panel_id, i.book_id, i.picture from panel_inputs i
union all
select 'panel_text', i.panel_id, i.book_id, i.words from panel_inputs i where i.words is not null
union all
select 'panel_composition', i.panel_id, i.book_id, i.place from panel_inputs i
union all
select 'panel_embedding', i.panel_id, i.book_id, i.whole from panel_inputs i
union all
select 'panel_semantic', i.panel_id, i.book_id, i.words from panel_inputs i where i.words is not null
union all
select 'panel_context', n.id, s.book_id, s.whole
from strip_inputs s
join panel n on n.page_id = s.page_id and n.seq between s.first_panel and s.last_panel
union all
select 'strip_embedding', s.strip_id, s.book_id, s.whole from strip_inputs s
union all
select 'strip_semantic', s.strip_id, s.book_id, s.words from strip_inputs s where s.words is not null
union all
select 'page_embedding', i.page_id, i.book_id, input_hash(string_agg(hash_part(i.whole::text), '' order by i.seq))
from panel_inputs i
group by i.page_id, i.book_id
union all
select 'page_semantic', p.id, p.book_id, input_hash(hash_part(p.text))
from page p
where p.status = 'ready' and btrim(p.text, E' \t\n\r\f\x0b') <> ''
union all
select 'page_visual', p.id, p.book_id, input_hash(hash_part(p.md5)) from page p where p.status = 'ready';
comment on view vector_inputs is 'Every vector there should be, with the input_hash of a fresh one';
comment on column vector_inputs.vector_table is 'where the vector belongs';
comment on column vector_inputs.owner_id is 'page, panel or strip';
comment on column vector_inputs.input_hash is 'of what the vector is to be made from now';
comment on column vector_inputs.book_id is 'the book it is of';
