-- lock_registration --
-- One path at a time, so that two runs never make two books of the same bytes.
select pg_advisory_xact_lock(hashtextextended('comic-warehouse registration', 0))

-- book_at_path --
select p.book_id, p.file_bytes, p.file_modified, p.file_sha256, b.path = p.path
from book_path p
join book b on b.id = p.book_id
where p.path = %(path)s

-- paths_of_book --
select path, file_bytes, file_modified, file_sha256
from book_path
where book_id = %(book_id)s
order by added_at, path

-- reading_place --
-- The path a book is read from, with what lay there; nulls where its bytes have left that path.
select b.path, p.file_bytes, p.file_modified, p.file_sha256
from book b
left join book_path p on p.path = b.path and p.book_id = b.id
where b.id = %(book_id)s

-- book_of_bytes --
-- The oldest book of these bytes that can be read, or that is still to be read; among several the preferred one.
select b.id
from book b
where b.id in (
    select o.id
    from book o
    where o.file_sha256 = %(sha256)s and (o.status <> 'error' or o.page_count is not null)
    union all
    select o.id
    from book_path p
    join book o on o.id = p.book_id and o.path = p.path
    where p.file_sha256 = %(sha256)s and o.status <> 'error'
)
order by b.id is not distinct from %(prefer)s desc, b.id
limit 1

-- insert_book --
insert into book (path, file_bytes, file_modified, file_sha256)
values (%(path)s, %(bytes)s, %(modified)s, %(sha256)s)
returning id

-- put_path --
insert into book_path (path, book_id, file_bytes, file_modified, file_sha256)
values (%(path)s, %(book_id)s, %(bytes)s, %(modified)s, %(sha256)s)
on conflict (path) do update
set book_id = excluded.book_id, file_bytes = excluded.file_bytes, file_modified = excluded.file_modified,
    file_sha256 = excluded.file_sha256

-- delete_path --
delete from book_path where path = %(path)s and book_id = %(book_id)s

-- read_from --
update book
set path = %(path)s,
    file_bytes = case when file_sha256 = %(sha256)s then %(bytes)s else file_bytes end,
    file_modified = case when file_sha256 = %(sha256)s then %(modified)s else file_modified end
where id = %(book_id)s

-- renew_book --
-- Another version is to be read from this path. Rows and hash stay those of the version before until it is; a book
-- that has none takes the new hash at once.
update book
set path = %(path)s, status = 'new', error_code = null, error = null,
    file_sha256 = case when page_count is null then %(sha256)s else file_sha256 end
where id = %(book_id)s

-- accept_version --
-- The rows of a book are now those of the file at its path.
update book b
set file_bytes = p.file_bytes, file_modified = p.file_modified, file_sha256 = p.file_sha256
from book_path p
where b.id = %(book_id)s and p.path = b.path and p.book_id = b.id

-- copy_edits --
insert into book_edit (book_id, field, value, edited_at)
select %(book_id)s, field, value, edited_at from book_edit where book_id = %(of)s

-- fail_book --
-- A version that cannot be read leaves the rows of the one before it where they are.
update book
set status = 'error', error_code = %(code)s,
    error = %(error)s || case
        when %(stage)s = 'pages' and page_count is not null then ' (what was read of it before is kept)'
        else ''
    end
where id = %(book_id)s

-- finish_book --
-- Once every stage is done: 'partial' when something of the book could not be read; error_code then says what.
-- Stages that were dropped are not in the ledger, and not done.
update book
set status = case
        when coalesce(metadata #> '{problem,code}', metadata #> '{text_problem,code}') is null then 'ready'
        else 'partial'
    end,
    error_code = coalesce(metadata #>> '{problem,code}', metadata #>> '{text_problem,code}'),
    error = coalesce(metadata #>> '{problem,error}', metadata #>> '{text_problem,error}')
where id = %(book_id)s
  and (select count(*) from work w where w.book_id = %(book_id)s and w.state = 'done') = %(stages)s

-- book_inputs --
select reading_direction, language from book where id = %(book_id)s

-- upsert_series --
-- The series of this name and volume; what is known of it only grows, unless a person says otherwise.
insert into series (name, volume, start_year, publisher)
values (%(name)s, %(volume)s, %(year)s, %(publisher)s)
on conflict (name, volume) do update
set publisher = case
        when %(by_person)s then excluded.publisher
        else coalesce(series.publisher, excluded.publisher)
    end,
    start_year = least(series.start_year, excluded.start_year)
returning id

-- describe_book --
-- What was wrong with the files that give text stays until the text is made again.
update book
set format = %(format)s, page_count = %(page_count)s,
    metadata = %(metadata)s
        || case
            when metadata ? 'text_problem' then jsonb_build_object('text_problem', metadata -> 'text_problem')
            else '{}'
        end,
    status = 'new', error_code = null, error = null
where id = %(book_id)s

-- set_facts --
update book
set series_id = %(series_id)s, number = %(number)s, number_sort = %(number_sort)s, title = %(title)s,
    year = %(year)s, month = %(month)s, language = %(language)s,
    language_confidence = case when %(kept)s #>> '{sources,language}' = 'text' then language_confidence end,
    reading_direction = %(direction)s,
    direction_confidence = %(direction_confidence)s, metadata = (metadata - 'found') || %(kept)s
where id = %(book_id)s

-- correct_direction --
-- What the pictures show, where what was found in the book was only a guess.
update book
set reading_direction = %(direction)s, direction_confidence = %(confidence)s,
    metadata = jsonb_set(metadata, '{sources,direction}', to_jsonb(%(source)s::text))
        || case
            when metadata ? 'found' then jsonb_build_object(
                'found',
                jsonb_set(metadata -> 'found', '{sources,direction}', to_jsonb(%(source)s::text))
                    || jsonb_build_object(
                        'direction', %(direction)s::text, 'direction_confidence', %(confidence)s::real
                    )
            )
            else '{}'
        end
where id = %(book_id)s and coalesce(direction_confidence, 0) < %(least)s

-- settle_language --
-- What the text shows goes where nobody says, or only an earlier text did; null forgets the latter.
-- text_problem: what was wrong with the files that give text, null where nothing was.
with shown as (
    select b.id, b.metadata #>> '{sources,language}' = 'text' or b.language is null as open
    from book b
    where b.id = %(book_id)s
)
update book
set text_sidecar = %(sidecar)s,
    language = case when shown.open then %(language)s::text else language end,
    language_confidence = case when shown.open then %(confidence)s::real end,
    metadata = case
        when not shown.open then metadata - 'text_problem'
        when %(language)s::text is null then metadata - 'text_problem' #- '{sources,language}'
        else jsonb_set(metadata - 'text_problem', '{sources,language}', '"text"')
    end || case
        when %(problem)s::jsonb is null then '{}'
        else jsonb_build_object('text_problem', %(problem)s::jsonb)
    end
from shown
where book.id = shown.id
returning book.language

-- text_sidecar --
select path, text_sidecar from book where id = %(book_id)s

-- seen_language --
-- What the text of a book showed when it was last read.
select language, language_confidence
from book
where id = %(book_id)s and metadata #>> '{sources,language}' = 'text'

-- restore_language --
update book
set language = %(language)s, language_confidence = %(confidence)s,
    metadata = jsonb_set(metadata, '{sources,language}', '"text"')
where id = %(book_id)s and language is null

-- corrected_direction --
select reading_direction, metadata #>> '{sources,direction}', direction_confidence
from book
where id = %(book_id)s and metadata #>> '{sources,direction}' in ('slices', 'lines')

-- delete_credits --
delete from credit where book_id = %(book_id)s

-- insert_credit --
insert into credit (book_id, role, person, source)
values (%(book_id)s, %(role)s, %(person)s, %(source)s)
on conflict do nothing

-- delete_tags --
delete from tag where book_id = %(book_id)s

-- insert_tag --
insert into tag (book_id, kind, name, source)
values (%(book_id)s, %(kind)s, %(name)s, %(source)s)
on conflict do nothing

-- delete_identifiers --
delete from identifier where book_id = %(book_id)s

-- insert_identifier --
insert into identifier (book_id, source, value, said_by)
values (%(book_id)s, %(source)s, %(value)s, %(said_by)s)
on conflict do nothing

-- stored_book --
select id, path, reading_direction, language, status, coalesce(direction_confidence, 0), format
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
