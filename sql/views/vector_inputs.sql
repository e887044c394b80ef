-- Every vector that there should be of each model: its table, its owner, and the input_hash it has when it is fresh.
-- With a literal vector_table only that table's owners are looked at.
create or replace view vector_inputs as
select 'panel_feature' as vector_table, i.panel_id as owner_id, i.book_id, i.picture as input_hash from panel_inputs i where i.picture is not null
union all
select 'panel_vision', i.panel_id, i.book_id, i.picture from panel_inputs i where i.picture is not null
union all
select 'panel_text', i.panel_id, i.book_id, i.words from panel_inputs i where i.words is not null
union all
select 'panel_composition', i.panel_id, i.book_id, i.place from panel_inputs i where i.place is not null
union all
select 'panel_embedding', i.panel_id, i.book_id, i.whole from panel_inputs i where i.whole is not null
union all
select 'panel_semantic', i.panel_id, i.book_id, i.words from panel_inputs i where i.words is not null
union all
select 'panel_context', i.panel_id, i.book_id, i.whole from context_inputs i where i.whole is not null
union all
select 'strip_embedding', i.strip_id, i.book_id, i.whole from strip_inputs i where i.whole is not null
union all
select 'strip_semantic', i.strip_id, i.book_id, i.words from strip_inputs i where i.words is not null
union all
select 'page_embedding', i.page_id, i.book_id, i.whole from pooled_inputs i where i.whole is not null
union all
select 'page_semantic', i.page_id, i.book_id, i.words from page_inputs i where i.words is not null
union all
select 'page_visual', i.page_id, i.book_id, i.picture from page_inputs i where i.picture is not null;
comment on view vector_inputs is 'Every vector there should be, with the input_hash of a fresh one';
comment on column vector_inputs.vector_table is 'where the vector belongs';
comment on column vector_inputs.owner_id is 'page, panel or strip';
comment on column vector_inputs.input_hash is 'of what the vector is to be made from now';
comment on column vector_inputs.book_id is 'the book it is of';
