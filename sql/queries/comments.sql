-- inherited_comments --
-- Statements that let a column of a view, where nothing is said of it, say what the column of that name says that the
-- view reads: of a table, or of another view.  Run them and ask again until there are none.
select format('comment on column %%I.%%I is %%L', v.relname, a.attname, min(col_description(s.oid, sa.attnum)))
from pg_class v
join pg_attribute a on a.attrelid = v.oid and a.attnum > 0 and not a.attisdropped
join pg_rewrite r on r.ev_class = v.oid
join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid
  and d.refclassid = 'pg_class'::regclass and d.refobjid <> v.oid and d.refobjsubid > 0
join pg_class s on s.oid = d.refobjid
join pg_attribute sa on sa.attrelid = s.oid and sa.attnum = d.refobjsubid and sa.attname = a.attname
where v.relkind = 'v' and v.relnamespace = current_schema()::regnamespace and v.relname = any(%(views)s)
  and col_description(v.oid, a.attnum) is null and col_description(s.oid, sa.attnum) is not null
group by v.oid, v.relname, a.attname
having count(distinct s.oid) = 1
