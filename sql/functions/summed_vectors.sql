-- The vectors of some books summed: by table, model, book and page type ('' where unknown), each vector as one of
-- length 1, low-information pages and vectors without a direction left out. pages: those with a vector.
-- only_table: only that one; null for all of them. What book_vector_sum keeps, made anew from the vectors. No order.
-- In plpgsql since the usual list of books is empty, and planning alone would take ten times as long as the answer.
create or replace function summed_vectors(book_ids bigint[], only_table text default null)
returns table (
  vector_table text, model_id smallint, book_id bigint, page_type text, pages integer, vectors integer, total vector
)
language plpgsql stable
as $$
#variable_conflict use_column
begin
  if cardinality(summed_vectors.book_ids) > 0 then
    return query
    select
      'page_embedding', e.model_id, p.book_id, coalesce(p.page_type, ''), count(distinct p.id)::integer, count(*)::integer,
      sum(l2_normalize(e.v::vector))
    from page p
    join page_embedding e on e.page_id = p.id
    where p.book_id = any (summed_vectors.book_ids) and not p.low_information and l2_norm(e.v) > 0
      and coalesce(summed_vectors.only_table, 'page_embedding') = 'page_embedding'
    group by 2, 3, 4
    union all
    select
      'page_visual', e.model_id, p.book_id, coalesce(p.page_type, ''), count(distinct p.id)::integer, count(*)::integer,
      sum(l2_normalize(e.v::vector))
    from page p
    join page_visual e on e.page_id = p.id
    where p.book_id = any (summed_vectors.book_ids) and not p.low_information and l2_norm(e.v) > 0
      and coalesce(summed_vectors.only_table, 'page_visual') = 'page_visual'
    group by 2, 3, 4
    union all
    select
      'page_semantic', e.model_id, p.book_id, coalesce(p.page_type, ''), count(distinct p.id)::integer, count(*)::integer,
      sum(l2_normalize(e.v::vector))
    from page p
    join page_semantic e on e.page_id = p.id
    where p.book_id = any (summed_vectors.book_ids) and not p.low_information and l2_norm(e.v) > 0
      and coalesce(summed_vectors.only_table, 'page_semantic') = 'page_semantic'
    group by 2, 3, 4
    union all
    select
      'panel_embedding', e.model_id, p.book_id, coalesce(p.page_type, ''), count(distinct p.id)::integer, count(*)::integer,
      sum(l2_normalize(e.v::vector))
    from page p
    join panel o on o.page_id = p.id
    join panel_embedding e on e.panel_id = o.id
    where p.book_id = any (summed_vectors.book_ids) and not p.low_information and l2_norm(e.v) > 0
      and coalesce(summed_vectors.only_table, 'panel_embedding') = 'panel_embedding'
    group by 2, 3, 4
    union all
    select
      'panel_vision', e.model_id, p.book_id, coalesce(p.page_type, ''), count(distinct p.id)::integer, count(*)::integer,
      sum(l2_normalize(e.v::vector))
    from page p
    join panel o on o.page_id = p.id
    join panel_vision e on e.panel_id = o.id
    where p.book_id = any (summed_vectors.book_ids) and not p.low_information and l2_norm(e.v) > 0
      and coalesce(summed_vectors.only_table, 'panel_vision') = 'panel_vision'
    group by 2, 3, 4
    union all
    select
      'panel_text', e.model_id, p.book_id, coalesce(p.page_type, ''), count(distinct p.id)::integer, count(*)::integer,
      sum(l2_normalize(e.v::vector))
    from page p
    join panel o on o.page_id = p.id
    join panel_text e on e.panel_id = o.id
    where p.book_id = any (summed_vectors.book_ids) and not p.low_information and l2_norm(e.v) > 0
      and coalesce(summed_vectors.only_table, 'panel_text') = 'panel_text'
    group by 2, 3, 4
    union all
    select
      'panel_composition', e.model_id, p.book_id, coalesce(p.page_type, ''), count(distinct p.id)::integer, count(*)::integer,
      sum(l2_normalize(e.v::vector))
    from page p
    join panel o on o.page_id = p.id
    join panel_composition e on e.panel_id = o.id
    where p.book_id = any (summed_vectors.book_ids) and not p.low_information and l2_norm(e.v) > 0
      and coalesce(summed_vectors.only_table, 'panel_composition') = 'panel_composition'
    group by 2, 3, 4
    union all
    select
      'panel_feature', e.model_id, p.book_id, coalesce(p.page_type, ''), count(distinct p.id)::integer, count(*)::integer,
      sum(l2_normalize(e.v::vector))
    from page p
    join panel o on o.page_id = p.id
    join panel_feature e on e.panel_id = o.id
    where p.book_id = any (summed_vectors.book_ids) and not p.low_information and l2_norm(e.v) > 0
      and coalesce(summed_vectors.only_table, 'panel_feature') = 'panel_feature'
    group by 2, 3, 4
    union all
    select
      'panel_semantic', e.model_id, p.book_id, coalesce(p.page_type, ''), count(distinct p.id)::integer, count(*)::integer,
      sum(l2_normalize(e.v::vector))
    from page p
    join panel o on o.page_id = p.id
    join panel_semantic e on e.panel_id = o.id
    where p.book_id = any (summed_vectors.book_ids) and not p.low_information and l2_norm(e.v) > 0
      and coalesce(summed_vectors.only_table, 'panel_semantic') = 'panel_semantic'
    group by 2, 3, 4
    union all
    select
      'panel_context', e.model_id, p.book_id, coalesce(p.page_type, ''), count(distinct p.id)::integer, count(*)::integer,
      sum(l2_normalize(e.v::vector))
    from page p
    join panel o on o.page_id = p.id
    join panel_context e on e.panel_id = o.id
    where p.book_id = any (summed_vectors.book_ids) and not p.low_information and l2_norm(e.v) > 0
      and coalesce(summed_vectors.only_table, 'panel_context') = 'panel_context'
    group by 2, 3, 4
    union all
    select
      'strip_embedding', e.model_id, p.book_id, coalesce(p.page_type, ''), count(distinct p.id)::integer, count(*)::integer,
      sum(l2_normalize(e.v::vector))
    from page p
    join strip o on o.page_id = p.id
    join strip_embedding e on e.strip_id = o.id
    where p.book_id = any (summed_vectors.book_ids) and not p.low_information and l2_norm(e.v) > 0
      and coalesce(summed_vectors.only_table, 'strip_embedding') = 'strip_embedding'
    group by 2, 3, 4
    union all
    select
      'strip_semantic', e.model_id, p.book_id, coalesce(p.page_type, ''), count(distinct p.id)::integer, count(*)::integer,
      sum(l2_normalize(e.v::vector))
    from page p
    join strip o on o.page_id = p.id
    join strip_semantic e on e.strip_id = o.id
    where p.book_id = any (summed_vectors.book_ids) and not p.low_information and l2_norm(e.v) > 0
      and coalesce(summed_vectors.only_table, 'strip_semantic') = 'strip_semantic'
    group by 2, 3, 4;
  end if;
end
$$;
comment on function summed_vectors is 'Vectors of some books summed by table, model, book and page type';
