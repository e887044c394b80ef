-- register_model --
-- A new model; the first of its kind goes live, unless what it is made with is not. Nothing where another run was faster.
insert into model (kind, name, revision, dim, weights_sha256, made_with, config, status)
values (
    %(kind)s, %(name)s, %(revision)s, %(dim)s, %(weights_sha256)s, %(made_with)s::smallint[], %(config)s,
    case
        when exists (select from model where kind = %(kind)s and status = 'live')
            or exists (select from model where id = any(%(made_with)s::smallint[]) and status <> 'live')
        then 'candidate'
        else 'live'
    end
)
on conflict do nothing

-- model_id --
select id
from model
where kind = %(kind)s and name = %(name)s and revision = %(revision)s and weights_sha256 = %(weights_sha256)s
  and made_with = %(made_with)s::smallint[]

-- models --
select m.id, m.kind, m.name, m.revision, m.dim, coalesce((m.config ->> 'trained')::boolean, false), m.status,
       m.made_with, array(select distinct s.profile from stage_model s where s.model_id = m.id order by 1)
from model m
order by m.kind, m.id

-- insert_query_embedding --
insert into query_embedding (text, model_id, v)
values (%(text)s, %(model_id)s, %(v)s)
on conflict do nothing

-- noted_models --
-- The models that a stage's revision is known to make vectors with, each with the weights of what it is made with.
select m.kind, m.name, m.revision, m.weights_sha256,
       array(select i.weights_sha256 from model i where i.id = any(m.made_with) order by i.weights_sha256 collate "C")
from stage_model s
join model m on m.id = s.model_id
where s.stage = %(stage)s and s.revision = %(revision)s and s.profile = %(profile)s

-- note_stage_model --
insert into stage_model (stage, revision, model_id, profile)
values (%(stage)s, %(revision)s, %(model_id)s, %(profile)s)
on conflict do nothing

-- coverage --
select vector_table, model_id, kind, name, revision, status, owners, with_vector, missing, stale
from coverage
order by kind, model_id, vector_table

-- lock_models --
-- Who registers or switches a model waits; who reads does not.
lock table model in share row exclusive mode

-- set_model_status --
update model set status = %(status)s where id = %(model_id)s

-- insert_promotion --
insert into promotion (promoted_at, kind, model_id, replaced_id)
values (now(), %(kind)s, %(model_id)s, %(replaced_id)s)

-- promotions --
-- Those that still count, the last one first.
select promoted_at, kind, model_id, replaced_id
from promotion
where rolled_back_at is null
order by promoted_at desc, kind

-- roll_back_promotion --
update promotion set rolled_back_at = now() where promoted_at = %(promoted_at)s

-- wanted_hashes --
-- The input hash of every vector that there should be of a book.
select vector_table, owner_id, input_hash from vector_inputs where book_id = %(book_id)s

-- books_behind --
-- Books whose vectors another revision made.
select w.book_id
from work w
join unnest(%(stages)s::text[], %(revisions)s::text[]) as r (stage, revision) using (stage)
where w.state = 'done' and w.revision is distinct from r.revision

-- delete_model_queries --
delete from query_embedding where model_id = %(model_id)s

-- delete_model_sums --
delete from book_vector_sum where model_id = %(model_id)s
