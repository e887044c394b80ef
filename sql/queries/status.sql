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
