//! Decisions and rulings to points: pure integers, no tables, no scripts.
