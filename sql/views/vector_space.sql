-- The spaces in which concepts can be averaged and compared: the names that every concept function and
-- 'warehouse concept --space' take. averaged: whose vectors the mean is over; modality: what they see.
-- The default is page. fused is another name of panel, the one that searches of panels use. Order: place.
create or replace view vector_space as
select place, space, averaged, modality, vector_table, about
from (values
  (1, 'page', 'page', 'fused', 'page_embedding', 'pages: vision, text and composition, pooled over their panels'),
  (2, 'visual', 'page', 'vision', 'page_visual', 'pages: the picture, by the visual backbone'),
  (3, 'semantic', 'page', 'semantic', 'page_semantic', 'pages: what their text means'),
  (4, 'panel', 'panel', 'fused', 'panel_embedding', 'panels: vision, text and composition'),
  (5, 'fused', 'panel', 'fused', 'panel_embedding', 'the same as panel'),
  (6, 'vision', 'panel', 'vision', 'panel_vision', 'panels: the picture alone'),
  (7, 'text', 'panel', 'text', 'panel_text', 'panels: the words alone, in the space of the picture'),
  (8, 'composition', 'panel', 'composition', 'panel_composition', 'panels: shape and place alone'),
  (9, 'feature', 'panel', 'vision', 'panel_feature', 'panels: the picture, by the visual backbone'),
  (10, 'panel_semantic', 'panel', 'semantic', 'panel_semantic', 'panels: what their text means'),
  (11, 'context', 'panel', 'fused', 'panel_context', 'panels in the context of their strip'),
  (12, 'strip', 'strip', 'fused', 'strip_embedding', 'strips as a whole'),
  (13, 'strip_semantic', 'strip', 'semantic', 'strip_semantic', 'strips: what their text means')
) spaces (place, space, averaged, modality, vector_table, about);
comment on view vector_space is 'The spaces in which concepts can be averaged and compared';
comment on column vector_space.place is 'the order they are listed in';
comment on column vector_space.space is 'the name to ask with';
comment on column vector_space.averaged is 'whose vectors the mean is over: page, panel or strip';
comment on column vector_space.modality is 'what they see: fused, vision, text, composition, semantic';
comment on column vector_space.vector_table is 'where they are';
comment on column vector_space.about is 'in words';
