-- Where the vectors of a space are: the table, what owns them, and the model: the live one, or the one given.
-- scope: panels, pages, strips. No row where no such model is there; SQLSTATE CW002 for an unknown space.
-- any_width: the column holds vectors of any width, dim is the model's. index_name: of the HNSW index over the
-- model's vectors, made by "warehouse index build"; null where there is none that can be used.
-- index_rows: vectors in that index when it was last counted, at least 0.
create or replace function search_space(scope text, space text, of_model smallint default null)
returns table (
  vectors text, owner text, model_id smallint, dim integer, any_width boolean, index_name text, index_rows double precision
)
language sql stable
begin atomic
  with spaces (scope, space, vectors, kind) as (
    values
      ('panels', 'fused', 'panel_embedding', 'panel_encoder'), ('panels', 'vision', 'panel_vision', 'panel_encoder'),
      ('panels', 'text', 'panel_text', 'panel_encoder'),
      ('panels', 'composition', 'panel_composition', 'panel_encoder'),
      ('panels', 'context', 'panel_context', 'strip_encoder'),
      ('panels', 'feature', 'panel_feature', 'visual_backbone'),
      ('panels', 'semantic', 'panel_semantic', 'sentence_encoder'),
      ('pages', 'page', 'page_embedding', 'panel_encoder'), ('pages', 'visual', 'page_visual', 'visual_backbone'),
      ('pages', 'semantic', 'page_semantic', 'sentence_encoder'),
      ('strips', 'strip', 'strip_embedding', 'strip_encoder'),
      ('strips', 'semantic', 'strip_semantic', 'sentence_encoder')
  ),
  asked as materialized (
    select checked_option(
      search_space.space,
      (select array_agg(s.space) from spaces s where s.scope = checked_option(
        search_space.scope, array['panels', 'pages', 'strips'], 'scope')),
      'space') as space
  )
  select
    s.vectors, rtrim(search_space.scope, 's'), m.id, m.dim, s.vectors in ('page_visual', 'panel_feature'),
    built.name, built.rows
  from asked
  join spaces s on s.scope = search_space.scope and s.space = asked.space
  join model m on m.kind = s.kind
    and case when search_space.of_model is null then m.status = 'live' else m.id = search_space.of_model end
  left join lateral (
    select c.relname::text as name, greatest(c.reltuples, 0)::double precision as rows
    from pg_index i
    join pg_class c on c.oid = i.indexrelid
    where i.indrelid = to_regclass(s.vectors) and i.indisvalid
      and c.relname = s.vectors || '_hnsw_' || m.id
  ) built on true
  where (select space from asked) is not null;
end;
comment on function search_space is 'Table, owner, model and HNSW index of a space of vectors';
