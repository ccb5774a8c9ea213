"""The room for secrecy: guarded cells in, cells that may be shown out, for one release, one reader and one question.

`data/store` hands out guarded types. Each door here opens one of them: `values` (KPIs), `reported` (what members report),
`history` (one reported cell), `revisions` (two releases), `publication` (what a publication shows of an upload). The rules
are arrays in, arrays out: `genders` and `publication_rules`, and `readable_cells` for what releases tell together.
"""
