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
select id, kind, name, revision, dim, coalesce((config ->> 'trained')::boolean, false), status
from model
order by kind, id

-- insert_query_embedding --
insert into query_embedding (text, model_id, v)
values (%(text)s, %(model_id)s, %(v)s)
on conflict do nothing

-- note_stage_model --
insert into stage_model (stage, revision, model_id, profile)
values (%(stage)s, %(revision)s, %(model_id)s, %(profile)s)
on conflict do nothing
