//! An agreement as Markdown: headings, lists and tables that every reader of it knows.

use crate::figure::visible;
use crate::scene::{AgreementBlock, AgreementTable, AgreementText, NOT_YET_SAID};

/// An agreement as Markdown.
pub fn agreement_markdown(text: &AgreementText) -> String {
    let mut out = format!("# {}\n\n", escaped(&text.title));
    for line in &text.opening {
        out.push_str(&format!("**{}**\n\n", escaped(line)));
    }
    for section in &text.sections {
        out.push_str(&format!("## {}\n\n", escaped(section.heading)));
        if section.blocks.is_empty() {
            out.push_str(&format!("{NOT_YET_SAID}\n\n"));
        }
        for block in &section.blocks {
            match block {
                AgreementBlock::Words(words) => out.push_str(&format!("{}\n\n", escaped(words))),
                AgreementBlock::List(lines) => {
                    for line in lines {
                        out.push_str(&format!("- {}\n", escaped(line)));
                    }
                    out.push('\n');
                }
                AgreementBlock::Table(table) => push_table(&mut out, table),
            }
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn push_table(out: &mut String, table: &AgreementTable) {
    let row = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|cell| escaped(cell)).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    out.push_str(&row(&table.titles));
    let sides =
        (0..table.titles.len()).map(|column| if column < table.numbers_from { "---" } else { "---:" });
    out.push_str(&format!("|{}|\n", sides.collect::<Vec<_>>().join("|")));
    table.rows.iter().for_each(|cells| out.push_str(&row(cells)));
    out.push('\n');
}

/// Text whose signs mean nothing but themselves, on one line.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in visible(text).chars() {
        match letter {
            '\n' | '\r' => out.push(' '),
            '\\' | '|' | '*' | '_' | '`' | '<' | '>' | '[' | ']' | '#' => out.extend(['\\', letter]),
            _ => out.push(letter),
        }
    }
    out
}
