//! Columns and cells in words.

/// The heading of a column, or its letter where it has none.
pub(super) fn column_name(headings: &[String], place: usize) -> String {
    headings
        .get(place)
        .map(|heading| heading.trim())
        .filter(|heading| !heading.is_empty())
        .map_or_else(|| format!("column {}", letters(place)), str::to_owned)
}

/// A column's letter, as spreadsheets have them: A, B, …, Z, AA.
fn letters(place: usize) -> String {
    let mut text = String::new();
    let mut rest = place + 1;
    while rest > 0 {
        text.insert(0, char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    text
}

/// The beginning of a cell's text, on one line.
pub(super) fn shown(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(60).collect()
}

/// The beginning of a heading or a title, with a mark where it goes on.
pub(super) fn short(text: &str) -> String {
    let text = text.trim();
    if text.chars().count() > 60 { text.chars().take(59).chain(['…']).collect() } else { text.to_owned() }
}
