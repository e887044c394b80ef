-- book_at_path --
select id, file_bytes, file_modified, file_sha256, status
from book
where path = %(path)s

-- books_with_sha256 --
-- The oldest book of the same bytes that did not fail.
select id, path
from book
where file_sha256 = %(sha256)s and path <> %(path)s and status <> 'error'
order by id
limit 1

-- insert_book --
insert into book (path, file_bytes, file_modified, file_sha256)
values (%(path)s, %(bytes)s, %(modified)s, %(sha256)s)
on conflict (path) do nothing
returning id

-- replace_file --
-- The file at this path has changed, or the same file lies at another path now.
update book
set path = %(path)s, file_bytes = %(bytes)s, file_modified = %(modified)s, file_sha256 = %(sha256)s
where id = %(book_id)s

-- renew_book --
update book
set status = 'new', error_code = null, error = null
where id = %(book_id)s

-- fail_book --
update book
set status = 'error', error_code = %(code)s, error = %(error)s
where id = %(book_id)s

-- finish_book --
-- 'partial' when something of the book could not be read; error_code then says what.
update book
set status = case when error_code is null then 'ready' else 'partial' end
where id = %(book_id)s and status <> 'error'

-- upsert_series --
-- The series of this name and volume; what is known of it only grows.
insert into series (name, volume, start_year, publisher)
values (%(name)s, %(volume)s, %(year)s, %(publisher)s)
on conflict (name, volume) do update
set publisher = coalesce(series.publisher, excluded.publisher),
    start_year = least(series.start_year, excluded.start_year)
returning id

-- describe_book --
update book
set series_id = %(series_id)s, number = %(number)s, number_sort = %(number_sort)s, title = %(title)s,
    year = %(year)s, month = %(month)s, language = %(language)s, reading_direction = %(direction)s,
    direction_confidence = %(direction_confidence)s,
    format = %(format)s, page_count = %(page_count)s, metadata = %(metadata)s,
    status = 'new', error_code = %(error_code)s, error = %(error)s
where id = %(book_id)s

-- delete_credits --
delete from credit where book_id = %(book_id)s

-- insert_credit --
insert into credit (book_id, role, person) values (%(book_id)s, %(role)s, %(person)s) on conflict do nothing

-- delete_tags --
delete from tag where book_id = %(book_id)s

-- insert_tag --
insert into tag (book_id, kind, name, source)
values (%(book_id)s, %(kind)s, %(name)s, %(source)s)
on conflict do nothing

-- delete_identifiers --
delete from identifier where book_id = %(book_id)s

-- insert_identifier --
insert into identifier (book_id, source, value) values (%(book_id)s, %(source)s, %(value)s) on conflict do nothing

-- stored_book --
select id, path, reading_direction, language, status
from book
where id = %(book_id)s

-- book_statuses --
select b.id, b.path, s.name, b.number, b.status, b.error_code, b.error,
       (select count(*) from page p where p.book_id = b.id and p.status = 'ready')
from book b
left join series s on s.id = b.series_id
where b.id = any(%(book_ids)s)
order by s.name, b.number_sort nulls last, b.number, b.path

-- books_of_file --
-- The books whose file has this name, those in a folder of this name first among equals.
select b.id, coalesce(s.name, b.path)
from book b
left join series s on s.id = b.series_id
where right(b.path, length(%(file)s) + 1) = '/' || %(file)s and b.status <> 'error'
order by right(b.path, length(%(folder)s || %(file)s) + 2) = '/' || %(folder)s || '/' || %(file)s desc, b.id
limit 1
