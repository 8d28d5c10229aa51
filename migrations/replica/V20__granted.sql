-- What was asked for has been granted: such a case is no open request beside another one.
ALTER TABLE case_row ADD COLUMN granted INTEGER NOT NULL DEFAULT 0;

-- Drafts of items, and what is said across registers: a handful beside a county's cases.
CREATE INDEX document_internal ON document (kind) WHERE partition_kind = 'internal';
