//! One report, many writers. Knows nothing of rules.
