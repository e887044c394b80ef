-- Which kind of model fills which table of vectors, and what owns a vector there.
create or replace view vector_kinds as
select k.vector_table, k.kind, k.owner
from (
  values
    ('page_embedding', 'panel_encoder', 'page'),
    ('panel_embedding', 'panel_encoder', 'panel'),
    ('panel_vision', 'panel_encoder', 'panel'),
    ('panel_text', 'panel_encoder', 'panel'),
    ('panel_composition', 'panel_encoder', 'panel'),
    ('panel_context', 'strip_encoder', 'panel'),
    ('strip_embedding', 'strip_encoder', 'strip'),
    ('page_semantic', 'sentence_encoder', 'page'),
    ('panel_semantic', 'sentence_encoder', 'panel'),
    ('strip_semantic', 'sentence_encoder', 'strip'),
    ('page_visual', 'visual_backbone', 'page'),
    ('panel_feature', 'visual_backbone', 'panel')
) k (vector_table, kind, owner);
comment on view vector_kinds is 'Which kind of model fills which table of vectors';
comment on column vector_kinds.vector_table is 'a table of vectors';
comment on column vector_kinds.kind is 'as model.kind';
comment on column vector_kinds.owner is 'what has one vector a model there: page, panel or strip';
