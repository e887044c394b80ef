-- own_tables --
-- The tables of this schema.
select relname
from pg_class
where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')

-- count_books --
select count(*) from book

-- drop_everything --
-- The schema of a warehouse that holds no books, with all that is in it, and an empty one in its place.
drop schema public cascade;
create schema public
