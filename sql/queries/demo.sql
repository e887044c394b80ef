-- telling_word --
-- A word to search for: said on several pages but not on most of them, and long enough to mean something.
-- Ties by the alphabet.
select t.word
from ts_stat('select to_tsvector(''simple'', text) from page where words > 0') t
where length(t.word) between 5 and 14
  and t.word ~ '^[[:alpha:]]+$'
  and t.ndoc between 2 and greatest(2, (select count(*) from page where words > 0) / 5)
order by t.ndoc desc, t.word
limit 1

-- showpiece_panel --
-- A large panel in the middle of the library's first book that has vectors: a picture to search with.
select n.id
from panel n
join page p on p.id = n.page_id
join panel_feature_current f on f.panel_id = n.id
where n.w * n.h between 0.08 * p.width * p.height and 0.4 * p.width * p.height
order by p.book_id, abs(p.seq - 4), n.w * n.h desc, n.id
limit 1

-- panel_place --
select b.path, p.seq, n.x, n.y, n.w, n.h, s.name, b.number
from panel n
join page p on p.id = n.page_id
join book b on b.id = p.book_id
left join series s on s.id = b.series_id
where n.id = %(panel_id)s

-- largest_series --
-- Concepts to compare: the series with the most books, then pages.
select s.name
from series s
join book b on b.series_id = s.id
join page p on p.book_id = b.id
join page_type t on t.name = p.page_type and t.is_narrative
group by s.id, s.name
order by count(distinct b.id) desc, count(*) desc, s.name
limit 3
