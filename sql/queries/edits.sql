-- book_edits --
select field, value
from book_edit
where book_id = %(book_id)s
order by field

-- lock_work --
-- Before the book, as the stages do it.
select stage from work where book_id = %(book_id)s order by stage for update

-- put_edit --
insert into book_edit (book_id, field, value)
values (%(book_id)s, %(field)s, %(value)s)
on conflict (book_id, field) do update set value = excluded.value, edited_at = now()

-- delete_edits --
delete from book_edit where book_id = %(book_id)s and field = any(%(fields)s)

-- apply_tag_edits --
-- What a person took away goes, its source kept for the way back; what a person added comes.
with gone as (
    delete from tag t
    using book_edit e
    where t.book_id = %(book_id)s
      and e.book_id = t.book_id
      and e.field = 'tag:' || t.kind || '=' || t.name
      and not (e.value ->> 'keep')::boolean
    returning e.field, t.source
), remembered as (
    update book_edit e
    set value = e.value || jsonb_build_object('source', g.source)
    from gone g
    where e.book_id = %(book_id)s and e.field = g.field
)
insert into tag (book_id, kind, name, source)
select e.book_id, e.value ->> 'kind', e.value ->> 'name', 'person'
from book_edit e
where e.book_id = %(book_id)s and (e.value ->> 'keep')::boolean
on conflict do nothing

-- undo_tag_edits --
-- Before the edits themselves go: the tags are again what the file says.
with taken as (
    delete from tag where book_id = %(book_id)s and source = 'person'
)
insert into tag (book_id, kind, name, source)
select e.book_id, e.value ->> 'kind', e.value ->> 'name', e.value ->> 'source'
from book_edit e
where e.book_id = %(book_id)s and not (e.value ->> 'keep')::boolean and e.value ? 'source'
on conflict do nothing

-- tags_of_book --
select kind, name, source from tag where book_id = %(book_id)s order by kind, name

-- label_page --
update page set labelled_type = %(page_type)s where book_id = %(book_id)s and seq = %(seq)s

-- stored_facts --
-- What is known of a book, and what was found before a person corrected it; null where nobody did.
select s.name, b.number, s.volume, s.start_year, b.title, b.year, b.month, s.publisher, b.language,
       b.reading_direction, b.direction_confidence, b.metadata ->> 'format',
       coalesce(b.metadata -> 'sources', '{}'), b.metadata -> 'found'
from book b
left join series s on s.id = b.series_id
where b.id = %(book_id)s

-- delete_tag_edits --
delete from book_edit where book_id = %(book_id)s and starts_with(field, 'tag:')

-- books_named --
-- Books by id (rank 0), by one of their paths (1), or by the name of a file (2).
select distinct on (b.id) b.id, b.path, n.rank
from book b
left join book_path p on p.book_id = b.id
cross join lateral (
    select case
        when b.id = %(id)s then 0
        when %(path)s in (b.path, p.path) then 1
        when right(b.path, length(%(file)s) + 1) = '/' || %(file)s
            or right(p.path, length(%(file)s) + 1) = '/' || %(file)s then 2
    end as rank
) n
where n.rank is not null
order by b.id, n.rank

-- delete_book --
delete from book where id = %(book_id)s
