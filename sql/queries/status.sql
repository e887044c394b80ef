-- paths_of_books --
-- Also the path of a book that has lost all of its own to other books' bytes.
select book_id, path, true
from book_path
union all
select b.id, b.path, false
from book b
where not exists (select from book_path p where p.book_id = b.id)
order by 2, 1

-- book_counts --
select status, count(*) from book group by status order by status

-- object_counts --
select (select count(*) from page), (select count(*) from page where status = 'error'),
       (select count(*) from panel), (select count(*) from text_line), (select count(*) from strip)

-- stage_counts --
select stage, state, count(*) from work group by stage, state order by stage, state

-- failure_counts --
-- Books by error code; a page's own codes are in table page.
select error_code, count(*) from book where error_code is not null group by error_code order by error_code
