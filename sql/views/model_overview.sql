-- Which models there are, the live ones among them, and whether they were trained.
-- is_trained: null where the model does not say.
create or replace view model_overview as
select m.id as model_id, m.kind, m.name, m.revision, m.status, (m.config ->> 'trained')::boolean as is_trained, m.dim
from model m;
comment on view model_overview is 'Models by kind, which of them are live, and whether they were trained';
comment on column model_overview.model_id is 'model.id';
comment on column model_overview.is_trained is 'false: its weights are as drawn at first; null: it does not say';
