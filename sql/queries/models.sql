-- register_model --
-- The id of a model; the first of its kind goes live.
insert into model (kind, name, revision, dim, weights_sha256, config, status)
values (
    %(kind)s, %(name)s, %(revision)s, %(dim)s, %(weights_sha256)s, %(config)s,
    case when exists (select from model where kind = %(kind)s and status = 'live') then 'candidate' else 'live' end
)
on conflict (kind, name, revision, weights_sha256) do update set dim = excluded.dim
returning id

-- model_id --
select id
from model
where kind = %(kind)s and name = %(name)s and revision = %(revision)s and weights_sha256 = %(weights_sha256)s

-- models --
select id, kind, name, revision, dim, coalesce((config ->> 'trained')::boolean, false), status
from model
order by kind, id

-- insert_query_embedding --
insert into query_embedding (text, model_id, v)
values (%(text)s, %(model_id)s, %(v)s)
on conflict do nothing
