"""Everything in a database that a run should decide alone: no ids, no times."""

from __future__ import annotations

from warehouse.database.connection import Connection

_PAGE = "join page p on p.id = t.page_id join book b on b.id = p.book_id"
_PANEL = f"join panel n on n.id = t.panel_id {_PAGE.replace('t.page_id', 'n.page_id')}"
_STRIP = f"join strip n on n.id = t.strip_id {_PAGE.replace('t.page_id', 'n.page_id')}"
_MODEL = "join model m on m.id = t.model_id"
_V = "m.kind, m.name, t.input_hash, t.v::text"

QUERIES = {
    "book": "select path, s.name, number, title, year, language, reading_direction, format, file_sha256,"
    " page_count, status, error_code, error, metadata::text from book left join series s on s.id = series_id",
    "credit": "select b.path, role, person from credit t join book b on b.id = t.book_id",
    "tag": "select b.path, kind, t.name, source from tag t join book b on b.id = t.book_id",
    "page": "select b.path, t.seq, entry, width, height, md5, phash::text, low_information, t.status,"
    " t.error_code, declared_type, predicted_type, predicted_probability, page_type, story_start, words,"
    " text, text_search::text from page t join book b on b.id = t.book_id",
    "page_thumbnail": f"select b.path, p.seq, md5(jpeg) from page_thumbnail t {_PAGE}",
    "panel": "select b.path, p.seq, t.seq, x, y, w, h, polygon, score, detector, t.words, t.text"
    f" from panel t {_PAGE}",
    "text_line": "select b.path, p.seq, t.seq, t.x, t.y, t.w, t.h, t.text, confidence, n.seq"
    f" from text_line t {_PAGE} left join panel n on n.id = t.panel_id",
    "strip": f"select b.path, p.seq, t.seq, first_panel, last_panel from strip t {_PAGE}",
    "work": "select b.path, stage, revision, state, t.error_code from work t join book b on b.id = t.book_id",
    **{
        name: f"select b.path, p.seq, {_V} from {name} t {_PAGE} {_MODEL}"
        for name in ("page_embedding", "page_semantic", "page_visual")
    },
    **{
        name: f"select b.path, p.seq, n.seq, {_V} from {name} t {_PANEL} {_MODEL}"
        for name in (
            "panel_embedding",
            "panel_vision",
            "panel_text",
            "panel_composition",
            "panel_context",
            "panel_semantic",
            "panel_feature",
        )
    },
    **{
        name: f"select b.path, p.seq, n.seq, {_V} from {name} t {_STRIP} {_MODEL}"
        for name in ("strip_embedding", "strip_semantic")
    },
}


def all_rows(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table that stages fill, sorted."""
    return {name: sorted(connection.execute(query).fetchall(), key=repr) for name, query in QUERIES.items()}
