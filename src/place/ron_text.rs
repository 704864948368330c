//! What all files of this room have in common: their formats, how RON is read and written, and why a text is refused.

use ron::extensions::Extensions;
use thiserror::Error;

use crate::dimension::nearest;

/// The newest format that is read.
/// It rises with the first field that an older program would not know. What is written is the oldest format that has
/// the fields that are used, so that a place goes on opening in the programs it was made with.
pub const FORMAT: u32 = 2;

/// The format of a place that holds its lines itself, and not how its files were read.
pub const FORMAT_INLINE: u32 = 1;

/// Why a text is no place, with the line and column where that shows.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum PlaceFileError {
    #[error("line {line}, column {column}: {what}")]
    Text { line: usize, column: usize, what: String },
    #[error(
        "this file has format {found}, and this program reads up to {FORMAT}; open it with a newer Shadowpool"
    )]
    Newer { found: u32 },
    #[error("{0}")]
    Content(String),
}

pub(super) fn options() -> ron::Options {
    ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

/// What is wrong and what would be right, with the nearest right name where a name is unknown.
pub(super) fn explain(error: &ron::error::SpannedError) -> PlaceFileError {
    use ron::Error;
    let what = match &error.code {
        Error::NoSuchStructField { expected, found, .. } => {
            let hint = nearest(found, expected.iter().copied()).map_or_else(
                || format!("the fields here are {}", expected.join(", ")),
                |near| format!("did you mean `{near}`?"),
            );
            format!("there is no field `{found}` here; {hint}")
        }
        Error::NoSuchEnumVariant { expected, found, .. } => {
            let hint = nearest(found, expected.iter().copied()).map_or_else(
                || format!("it can be {}", expected.join(", ")),
                |near| format!("did you mean `{near}`?"),
            );
            format!("`{found}` is none of the values this field can have; {hint}")
        }
        Error::MissingStructField { field, .. } => format!("the field `{field}` is missing here"),
        Error::DuplicateStructField { field, .. } => {
            format!("the field `{field}` is here twice; leave one of them out")
        }
        Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_) | Error::ExpectedStructName(_) => {
            "fields in round brackets belong here, such as (name: \"Council\")".to_owned()
        }
        Error::ExpectedArray => "a list in square brackets belongs here, such as [agency, theme]".to_owned(),
        Error::ExpectedString => "text in quotation marks belongs here".to_owned(),
        Error::ExpectedInteger => "a whole number belongs here".to_owned(),
        // RON tells where it stopped, which is after what is wrong: the words name both.
        Error::ExpectedComma => "a comma is missing here, or the file ends too early".to_owned(),
        Error::Eof | Error::ExpectedStringEnd | Error::ExpectedArrayEnd | Error::ExpectedStructLikeEnd => {
            "the file ends too early; it may have been cut off".to_owned()
        }
        Error::TrailingCharacters => "the place has ended, but more text follows; take it out".to_owned(),
        other => other.to_string(),
    };
    PlaceFileError::Text { line: error.span.start.line, column: error.span.start.col, what }
}
