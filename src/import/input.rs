//! What is handed in: a name and bytes, wherever they come from.

/// A file as it came: its name and its bytes.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    pub name: &'a str,
    pub bytes: &'a [u8],
}
