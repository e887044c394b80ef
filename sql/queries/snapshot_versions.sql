-- copy_vector_versions --
-- Which transactions wrote the vectors of owners, as far as there are any.
copy (
  select e.{owner}, e.xmin from {table} e where e.{owner} = any (%(ids)s::bigint[]) and e.model_id = %(model_id)s::smallint
) to stdout (format binary)

-- copy_panel_versions --
-- Which transactions wrote panels.
copy (select n.id, n.xmin from panel n where n.id = any (%(ids)s::bigint[])) to stdout (format binary)

-- snapshot_record_versions --
-- Which transactions kept that a certain snapshot was exported.
select s.xmin::text::bigint from snapshot s
where s.content_sha256 = %(content_sha256)s and s.taken_at = %(taken_at)s and s.wal_position = %(wal_position)s
