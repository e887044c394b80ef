-- define_concept --
insert into concept (name, text_query, series, characters, genres, titles, story_arcs)
values (
    %(name)s, %(text_query)s, %(series)s, %(characters)s, %(genres)s, %(titles)s, %(story_arcs)s
)
on conflict (name) do update
set text_query = excluded.text_query, series = excluded.series, characters = excluded.characters,
    genres = excluded.genres, titles = excluded.titles, story_arcs = excluded.story_arcs
