-- page_inputs --
-- Of the pages of a book, what the stages after `pages` depend on.
select seq, status, md5, width, height, low_information, double_page
from page
where book_id = %(book_id)s
order by seq

-- narrative_pages --
select p.seq, coalesce(t.is_narrative, false)
from page p
left join page_type t on t.name = p.page_type
where p.book_id = %(book_id)s
order by p.seq

-- page_labels --
-- What people said of the pages of a book, by picture.
select seq, md5, labelled_type
from page
where book_id = %(book_id)s and labelled_type is not null and md5 is not null
order by seq

-- delete_other_pictures --
-- The pages whose picture is not the one that is to be at their place, with all that was made of them.
delete from page p
where p.book_id = %(book_id)s
  and not exists (
      select from unnest(%(seqs)s::int[], %(md5s)s::text[]) as n (seq, md5)
      where n.seq = p.seq and n.md5 is not distinct from p.md5
  )

-- restore_label --
-- Put a person's label back on its picture: where it was, else on the nearest page that has the same one.
update page
set labelled_type = %(labelled_type)s
where id = (
    select p.id
    from page p
    where p.book_id = %(book_id)s and p.md5 = %(md5)s
    order by abs(p.seq - %(seq)s), p.seq
    limit 1
)

-- forget_predictions --
-- Types are predicted from the whole book.
update page
set predicted_type = null, predicted_probability = null, story_start = false
where book_id = %(book_id)s and (predicted_type is not null or story_start)

-- upsert_page --
insert into page (
    book_id, seq, entry, width, height, md5, phash, low_information, saturation, brightness, paper, status,
    error_code, error, declared_type, double_page
)
values (
    %(book_id)s, %(seq)s, %(entry)s, %(width)s, %(height)s, %(md5)s, %(phash)s::bigint::bit(64),
    %(low_information)s, %(saturation)s, %(brightness)s, %(paper)s, %(status)s, %(error_code)s, %(error)s,
    %(declared_type)s, %(double_page)s
)
on conflict (book_id, seq) do update
set entry = excluded.entry, width = excluded.width, height = excluded.height, md5 = excluded.md5,
    phash = excluded.phash, low_information = excluded.low_information, saturation = excluded.saturation,
    brightness = excluded.brightness, paper = excluded.paper, status = excluded.status,
    error_code = excluded.error_code, error = excluded.error, declared_type = excluded.declared_type,
    double_page = excluded.double_page

-- upsert_thumbnail --
insert into page_thumbnail (page_id, jpeg)
select id, %(jpeg)s from page where book_id = %(book_id)s and seq = %(seq)s
on conflict (page_id) do update set jpeg = excluded.jpeg

-- stored_pages --
select p.id, p.seq, p.width, p.height, p.md5, p.low_information, coalesce(p.saturation, 0),
       coalesce(p.brightness, 0), coalesce(p.paper, 0), coalesce(t.is_narrative, false), p.text,
       p.entry, p.double_page, p.fold_x
from page p
left join page_type t on t.name = p.page_type
where p.book_id = %(book_id)s and p.status = 'ready'
order by p.seq

-- delete_panels --
delete from panel using page where panel.page_id = page.id and page.book_id = %(book_id)s

-- insert_panel --
insert into panel (page_id, seq, x, y, w, h, score, detector, from_previous, to_next, polygon)
values (
    %(page_id)s, %(seq)s, %(x)s, %(y)s, %(w)s, %(h)s, %(score)s, %(detector)s, %(from_previous)s, %(to_next)s,
    %(polygon)s
)

-- set_page_layout --
update page
set fold_x = %(fold_x)s, chain = %(chain)s, chain_y = %(chain_y)s
where id = %(page_id)s

-- move_panel --
-- To its new place among those that are still at their old ones, which are never negative.
update panel set seq = -1 - %(seq)s where id = %(panel_id)s

-- settle_panels --
update panel
set seq = -1 - panel.seq
from page
where page.id = panel.page_id and page.book_id = %(book_id)s and panel.seq < 0

-- stored_panels --
select n.id, n.page_id, n.seq, n.x, n.y, n.w, n.h, n.text
from panel n
join page p on p.id = n.page_id
where p.book_id = %(book_id)s
order by p.seq, n.seq

-- delete_lines --
delete from text_line using page where text_line.page_id = page.id and page.book_id = %(book_id)s

-- insert_line --
insert into text_line (
    page_id, panel_id, seq, x, y, w, h, text, confidence, source, block, kind, kind_confidence
)
values (
    %(page_id)s, %(panel_id)s, %(seq)s, %(x)s, %(y)s, %(w)s, %(h)s, %(text)s, %(confidence)s, %(source)s,
    %(block)s, %(kind)s, %(kind_confidence)s
)

-- stored_lines --
select l.page_id, l.x, l.y, l.w, l.h, l.text, l.confidence
from text_line l
join page p on p.id = l.page_id
where p.book_id = %(book_id)s
order by p.seq, l.seq

-- set_page_text --
update page
set text = %(text)s, words = %(words)s, text_search = text_document(%(language)s, %(text)s)
where id = %(owner_id)s

-- set_panel_text --
update panel
set text = %(text)s, words = %(words)s, text_search = text_document(%(language)s, %(text)s)
where id = %(owner_id)s

-- set_spoken --
update panel
set dialogue = %(dialogue)s, narration = %(narration)s, sfx = %(sfx)s
where id = %(panel_id)s

-- set_page_type --
update page
set predicted_type = %(predicted_type)s, predicted_probability = %(probability)s
where id = %(page_id)s

-- set_story_starts --
-- A story starts at a story page that follows none.
update page
set story_start = s.starts
from (
    select id, page_type is not distinct from 'story'
        and lag(page_type) over (order by seq) is distinct from 'story' as starts
    from page
    where book_id = %(book_id)s
) s
where page.id = s.id and page.story_start is distinct from s.starts

-- stored_strips --
select s.id, s.page_id, s.seq, s.first_panel, s.last_panel
from strip s
join page p on p.id = s.page_id
where p.book_id = %(book_id)s

-- delete_strips --
delete from strip where id = any(%(strip_ids)s)

-- insert_strip --
insert into strip (page_id, seq, first_panel, last_panel)
values (%(page_id)s, %(seq)s, %(first_panel)s, %(last_panel)s)
returning id

-- pages_of_book --
select p.id from page p where p.book_id = %s

-- panels_of_book --
select n.id from panel n join page p on p.id = n.page_id where p.book_id = %s

-- strips_of_book --
select s.id from strip s join page p on p.id = s.page_id where p.book_id = %s

-- thumbnails --
select t.page_id, t.jpeg, p.width, p.height
from page_thumbnail t
join page p on p.id = t.page_id
where t.page_id = any(%(page_ids)s)
