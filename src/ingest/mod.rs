//! Bytes of a submission to rows: finds files, decodes, finds headers. Knows no types.
