//! Rows to typed tables, as declared; what does not fit is a finding at its cell.
