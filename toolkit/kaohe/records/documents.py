"""The register of documents (documents.csv): one line per document that a run wrote."""

from __future__ import annotations

import msgspec


class Document(msgspec.Struct, frozen=True):
    """`file`: path below the period's reports; `number` "" for drafts and provisional ones; `form`: 文件, 信函 or 无; `sealed`: 是 or 否;
    `status`: 正式, 暂定 or 草稿. `unit_code` (a unit or a person) "" for documents to all; `code` is the
    row of the scheme's sheet 文书, "" in registers of the first version; `checksum` is the document's 校验码."""

    kind: str
    unit_code: str
    file: str
    number: str
    form: str
    sealed: str
    status: str
    code: str = ""
    checksum: str = ""
