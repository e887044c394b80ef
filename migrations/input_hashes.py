"""What revision 0004 does to the hashes of what vectors were made from, frozen as it was then.

Before it they were BLAKE2b digests, which the server cannot compute; what is stored is taken to be as fresh
as it was.
"""

from alembic import op

_FUNCTIONS = (
    "create function pg_temp.part(p text) returns text language sql stable"
    " as $$ select octet_length(p) || ':' || p $$",
    "create function pg_temp.hash(p text) returns uuid language sql stable"
    " as $$ select encode(substring(sha256(convert_to(p, 'UTF8')) for 16), 'hex')::uuid $$",
)

_PANELS = (
    "create temporary table panel_hash on commit drop as"
    " select n.id, n.page_id, n.seq, n.text, pg_temp.hash(pg_temp.part(n.text)) as words,"
    " pg_temp.hash(pg_temp.part(p.md5) || b.place) as picture, pg_temp.hash(b.place) as place,"
    " pg_temp.hash(pg_temp.part(p.md5) || b.place || pg_temp.part(n.text)) as whole"
    " from panel n join page p on p.id = n.page_id"
    " cross join lateral (select pg_temp.part(concat_ws(' ', p.width, p.height, n.x, n.y, n.w, n.h))"
    " as place) b"
)

_STRIPS = (
    "create temporary table strip_hash on commit drop as"
    " select s.id, s.page_id, s.first_panel, s.last_panel,"
    " pg_temp.hash(string_agg(pg_temp.part(h.whole::text), '' order by h.seq)) as whole,"
    " pg_temp.hash(pg_temp.part(string_agg(h.text, E'\\n' order by h.seq) filter (where h.text <> '')))"
    " as words from strip s join panel_hash h on h.page_id = s.page_id"
    " and h.seq between s.first_panel and s.last_panel group by s.id"
)

_UPDATES = {
    "panel_feature": ("panel_id", "select id, picture from panel_hash"),
    "panel_vision": ("panel_id", "select id, picture from panel_hash"),
    "panel_text": ("panel_id", "select id, words from panel_hash"),
    "panel_composition": ("panel_id", "select id, place from panel_hash"),
    "panel_embedding": ("panel_id", "select id, whole from panel_hash"),
    "panel_semantic": ("panel_id", "select id, words from panel_hash"),
    "panel_context": (
        "panel_id",
        "select h.id, s.whole from panel_hash h join strip_hash s on s.page_id = h.page_id"
        " and h.seq between s.first_panel and s.last_panel",
    ),
    "strip_embedding": ("strip_id", "select id, whole from strip_hash"),
    "strip_semantic": ("strip_id", "select id, words from strip_hash"),
    "page_embedding": (
        "page_id",
        "select page_id, pg_temp.hash(string_agg(pg_temp.part(whole::text), '' order by seq))"
        " from panel_hash group by page_id",
    ),
    "page_semantic": ("page_id", "select id, pg_temp.hash(pg_temp.part(text)) from page"),
    "page_visual": ("page_id", "select id, pg_temp.hash(pg_temp.part(md5)) from page"),
}


def rewrite_input_hashes() -> None:
    """Give every vector the hash that SQL computes of its input."""
    for statement in (*_FUNCTIONS, _PANELS, _STRIPS):
        op.execute(statement)
    for table, (owner, hashes) in _UPDATES.items():
        op.execute(
            f"update {table} e set input_hash = i.hash from ({hashes}) as i (id, hash)"
            f" where i.id = e.{owner} and i.hash is not null"
        )
    op.execute("drop function pg_temp.part")
    op.execute("drop function pg_temp.hash")
