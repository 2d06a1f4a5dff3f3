//! Ids of the findings that reading and typing make. Stated here and nowhere else.

/// A character that only a wrong decoding or a lost font leaves behind.
pub const ODD_CHARACTER: &str = "data.odd-character";
/// A record with more or fewer cells than the header.
pub const RAGGED_ROW: &str = "data.ragged-row";
/// Two columns of a source carry names of the same declared column.
pub const DUPLICATE_HEADER: &str = "data.duplicate-header";
/// No row of the source is a header of its table.
pub const NO_HEADER: &str = "data.no-header";
/// A required column is not in the source.
pub const MISSING_COLUMN: &str = "data.missing-column";
/// Columns that may be left out are not in the source.
pub const OPTIONAL_COLUMN: &str = "data.optional-column";
/// A header is nearly the name of a declared column that is missing.
pub const MISSPELT_COLUMN: &str = "data.misspelt-column";
/// A file or sheet is not recognised as a table.
pub const UNKNOWN_TABLE: &str = "data.unknown-table";
/// A file or sheet with another name was read as the table whose header it has.
pub const READ_BY_HEADER: &str = "data.read-by-header";
/// A hidden sheet seems to be part of a table.
pub const HIDDEN_SHEET: &str = "data.hidden-sheet";
/// A folder inside the submission, or a table file in it, is not read.
pub const NESTED_FOLDER: &str = "data.nested-folder";
/// A link to a folder lies in the submission; it is not followed.
pub const LINKED_FOLDER: &str = "data.linked-folder";
/// A file of rulings lies in the submission; it is not the team's.
pub const RULINGS_INSIDE: &str = "data.rulings-inside";
/// An archive lies beside the tables; what it packs is not read.
pub const ARCHIVE: &str = "data.archive";
/// A workbook gives one cell two values.
pub const DUPLICATE_CELL: &str = "data.duplicate-cell";
/// A text is longer than a cell may be.
pub const LONG_CELL: &str = "data.long-cell";
/// Cells have signs that only keep them from being changed.
pub const PROTECTIVE_SIGN: &str = "data.protective-sign";
/// Days without a year have it from a column of years.
pub const YEAR_BESIDE: &str = "data.year-beside";
/// A row under the header numbers the columns, translates them or is an example.
pub const EXPLAINING_ROW: &str = "data.explaining-row";
/// A cell is not of the type of its column.
pub const WRONG_TYPE: &str = "data.wrong-type";
/// A cell of an enumerated column holds none of its values.
pub const UNKNOWN_VALUE: &str = "data.unknown-value";
/// What stands in a cell says nothing.
pub const PLACEHOLDER: &str = "data.placeholder";
/// A required cell is empty.
pub const MISSING_VALUE: &str = "data.missing-value";
/// An identifier was stored as a number and has lost digits.
pub const LOST_DIGITS: &str = "data.lost-digits";
/// A column holds percentages and plain numbers.
pub const MIXED_UNITS: &str = "data.mixed-units";
/// Two rows have the same key.
pub const DUPLICATE_KEY: &str = "data.duplicate-key";
/// Rows of one part of a table stand in another part, too.
pub const REPEATED_ROWS: &str = "data.repeated-rows";
/// A table of one row has several.
pub const EXTRA_ROW: &str = "data.extra-row";
/// Declared tables that the submission does not have.
pub const MISSING_TABLE: &str = "data.missing-table";
/// The organization's own score of an item lies outside what was found.
pub const SELF_SCORE: &str = "data.self-score";
/// A row of the organization's own scores names no item, or gives more points than it has.
pub const SELF_SCORE_ROW: &str = "data.self-score-row";
/// The assessment team has no leader, or several.
pub const TEAM_LEADER: &str = "data.team-leader";
/// A member of the assessment team works for the organization assessed.
pub const TEAM_RECUSAL: &str = "data.team-recusal";
/// A person who ruled for the team bears the name of a member of the organization.
pub const RULING_RECUSAL: &str = "data.ruling-recusal";
/// A person who ruled for the team is not in its list.
pub const RULING_OUTSIDER: &str = "data.ruling-outsider";
/// References name rows by their names instead of their codes, or shorten these.
pub const READ_BY_NAME: &str = "data.read-by-name";
/// The parents of a tree were told by its levels and codes.
pub const READ_BY_LEVEL: &str = "data.read-by-level";
/// Cells say that they repeat the one above, and were read as that.
pub const READ_AS_ABOVE: &str = "data.read-as-above";
/// A reference leads nowhere.
pub const DANGLING_REFERENCE: &str = "data.dangling-reference";
/// A cell names a file that is not in the submission.
pub const ATTACHMENT_MISSING: &str = "data.attachment-missing";
/// A cell tells of a paper of which no file is in the submission.
pub const ATTACHMENT_NOT_SENT: &str = "data.attachment-not-sent";
/// A file has nothing in it.
pub const ATTACHMENT_BLANK: &str = "data.attachment-blank";
/// A file does not open.
pub const ATTACHMENT_CLOSED: &str = "data.attachment-closed";
/// The text of a document is not read.
pub const ATTACHMENT_WITHOUT_TEXT: &str = "data.attachment-without-text";
/// Rows that have nothing in common have one file.
pub const ATTACHMENT_SHARED: &str = "data.attachment-shared";
/// Two files of rows that have nothing in common say the same.
pub const ATTACHMENT_REPEATED: &str = "data.attachment-repeated";
/// A file is named by no row.
pub const ATTACHMENT_UNCLAIMED: &str = "data.attachment-unclaimed";

/// All of them, in the order above.
pub const ALL: &[&str] = &[
    ODD_CHARACTER,
    RAGGED_ROW,
    DUPLICATE_HEADER,
    NO_HEADER,
    MISSING_COLUMN,
    OPTIONAL_COLUMN,
    MISSPELT_COLUMN,
    UNKNOWN_TABLE,
    READ_BY_HEADER,
    HIDDEN_SHEET,
    NESTED_FOLDER,
    LINKED_FOLDER,
    RULINGS_INSIDE,
    ARCHIVE,
    DUPLICATE_CELL,
    LONG_CELL,
    PROTECTIVE_SIGN,
    YEAR_BESIDE,
    EXPLAINING_ROW,
    WRONG_TYPE,
    UNKNOWN_VALUE,
    PLACEHOLDER,
    MISSING_VALUE,
    LOST_DIGITS,
    MIXED_UNITS,
    DUPLICATE_KEY,
    REPEATED_ROWS,
    EXTRA_ROW,
    MISSING_TABLE,
    SELF_SCORE,
    SELF_SCORE_ROW,
    TEAM_LEADER,
    TEAM_RECUSAL,
    RULING_RECUSAL,
    RULING_OUTSIDER,
    READ_BY_NAME,
    READ_BY_LEVEL,
    READ_AS_ABOVE,
    DANGLING_REFERENCE,
    ATTACHMENT_MISSING,
    ATTACHMENT_NOT_SENT,
    ATTACHMENT_BLANK,
    ATTACHMENT_CLOSED,
    ATTACHMENT_WITHOUT_TEXT,
    ATTACHMENT_SHARED,
    ATTACHMENT_REPEATED,
    ATTACHMENT_UNCLAIMED,
];
