-- The stages in the order they run, and the queue that carries the work of each.
create or replace view stage_queues as
select s.place, s.stage, s.queue
from (
  values
    (1, 'pages', 'io'),
    (2, 'panels', 'cpu'),
    (3, 'text', 'cpu'),
    (4, 'page_types', 'gpu'),
    (5, 'panel_vectors', 'gpu'),
    (6, 'strips', 'gpu')
) s (place, stage, queue);
comment on view stage_queues is 'The stages in the order they run, and their queues';
comment on column stage_queues.place is 'the order they run in, from 1';
comment on column stage_queues.stage is 'as work.stage';
comment on column stage_queues.queue is 'io, cpu or gpu: what the stage needs of a machine';
