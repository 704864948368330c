//! A story as one page for a browser: pictures that light up what runs through whatever is pointed at, the table behind each,
//! its words. It asks for nothing else, and may not: no script but its own, no font, no network.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::html_picture::page_picture;
use super::{Drawing, StoryFileError, title_of};
use crate::export::letters::font_faces_of;
use crate::export::svg::escaped;
use crate::figure::{Figure, Scheme, visible, visible_lines};
use crate::place::Place;
use crate::scene::{OpenedScene, SceneTable, scene_table, scene_traces, scene_words};

const STYLE: &str = include_str!("story.css");
const SCRIPT: &str = include_str!("story.js");
/// Of a picture, px: the page shows it as wide as the window.
const PICTURE_PX: (f64, f64) = (1280.0, 640.0);
/// What amounts are made of that the script puts into labels.
const AMOUNTS: &str = " of £0123456789.,\u{2212}kmbtn";

/// The story as one page.
pub(super) fn story_html(
    place: &Place,
    drawing: &mut Drawing<'_, '_>,
    with_notes: bool,
) -> Result<Vec<u8>, StoryFileError> {
    let mut scenes = String::new();
    let mut figures: Vec<Figure> = Vec::new();
    let mut choices = String::new();
    for at in 0..drawing.pages.len() {
        // Nothing is lit in what is drawn: the page lights it.
        let opened = OpenedScene { pinned: Vec::new(), ..drawing.pages[at].opened.clone() };
        let figure = drawing.picture_of(at, &opened, PICTURE_PX)?;
        let page = &drawing.pages[at];
        let traces = scene_traces(&page.opened, Scheme::Light, PICTURE_PX);
        let words = scene_words(&page.opened);
        let caption = &page.opened.caption;
        let picture = page_picture(&figure, &traces, caption);
        let data = serde_json::to_string(&picture.data)
            .map_err(|error| StoryFileError::Writing(error.to_string()))?;
        let number = at + 1;
        let _ = write!(choices, "<option value=\"{at}\">{number}. {}</option>", text(&shortened(caption)));
        let _ = write!(
            scenes,
            "<section class=\"scene\" id=\"scene-{number}\" aria-labelledby=\"caption-{number}\">\n\
             <h2 id=\"caption-{number}\" tabindex=\"-1\" dir=\"auto\">{}</h2>\n",
            text(caption)
        );
        for told in &page.told {
            let _ = writeln!(scenes, "<p class=\"told\">{}</p>", text(told));
        }
        if let Some(stamp) = page.stamp() {
            let _ = writeln!(scenes, "<p class=\"stamp\">{}</p>", text(stamp));
        }
        let _ = writeln!(scenes, "<figure class=\"picture\">{}</figure>", picture.svg);
        scenes.push_str("<p class=\"said\" role=\"status\"></p>\n");
        if !picture.data_is_empty() {
            scenes.push_str(
                "<p class=\"small hint\">Point at a node or a band, or go to a node with Tab, and what runs through it \
                 lights up. Click or Enter pins it, Esc lets go.</p>\n",
            );
        }
        scenes.push_str("<div class=\"words\"><h3>In words</h3>\n<ul>");
        for sentence in &words {
            let _ = write!(scenes, "<li>{}</li>", text(sentence));
        }
        scenes.push_str("</ul></div>\n");
        if with_notes && !page.scene.notes.trim().is_empty() {
            let notes = escaped(&visible_lines(&page.scene.notes));
            let _ = writeln!(scenes, "<h3>Notes</h3>\n<p class=\"notes\" dir=\"auto\">{notes}</p>");
        }
        table(&mut scenes, &scene_table(&page.opened), caption);
        let _ = writeln!(scenes, "<p class=\"small\">{}</p>", text(&page.small_print().join(" ")));
        // As data it runs nowhere; no letter of it may end its element.
        let data = data.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
        let _ = writeln!(scenes, "<script type=\"application/json\">{data}</script>\n</section>");
        figures.push(figure);
        drawing.done(number)?;
    }
    let style = format!("{}{STYLE}", font_faces_of(&figures, AMOUNTS));
    let title = text(&title_of(place));
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src '{}'; style-src '{}'; \
         font-src data:; img-src data:; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"generator\" content=\"Shadowpool\">\n\
         <link rel=\"icon\" href=\"data:,\">\n<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n\
         <header><h1 dir=\"auto\">{title}</h1>\n<nav aria-label=\"Scenes\"><button id=\"back\" type=\"button\">Back</button>\
         <select id=\"choice\" aria-label=\"Scene\">{choices}</select><button id=\"next\" type=\"button\">Next</button></nav>\
         </header>\n<main>\n{scenes}</main>\n<div id=\"tip\" role=\"tooltip\" hidden></div>\n<script>{SCRIPT}</script>\n\
         </body>\n</html>\n",
        hash(SCRIPT),
        hash(&style),
    );
    Ok(page.into_bytes())
}

/// What a page may run or be styled by: that and nothing else.
fn hash(content: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(content.as_bytes())))
}

fn text(words: &str) -> String {
    escaped(&visible(words))
}

/// A caption in a list.
fn shortened(caption: &str) -> String {
    const LETTERS: usize = 60;
    if caption.chars().count() <= LETTERS {
        return caption.to_owned();
    }
    let kept: String = caption.chars().take(LETTERS).collect();
    format!("{}\u{2026}", kept.trim_end())
}

fn table(out: &mut String, table: &SceneTable, caption: &str) {
    if table.rows.is_empty() {
        return;
    }
    let _ = write!(
        out,
        "<details><summary>The table behind the picture</summary><div class=\"table\" tabindex=\"0\" role=\"region\" \
         aria-label=\"Table\"><table><caption class=\"small\">{}</caption><thead><tr>",
        text(caption)
    );
    for (column, heading) in table.headings.iter().enumerate() {
        let class = if column < table.name_columns { "" } else { " class=\"number\"" };
        let _ = write!(out, "<th scope=\"col\"{class}>{}</th>", text(heading));
    }
    out.push_str("</tr></thead><tbody>");
    for row in &table.rows {
        cells(out, row, table.name_columns);
    }
    out.push_str("</tbody>");
    if let Some(total) = &table.total {
        out.push_str("<tfoot>");
        cells(out, total, table.name_columns);
        out.push_str("</tfoot>");
    }
    out.push_str("</table></div></details>\n");
}

fn cells(out: &mut String, row: &[String], name_columns: usize) {
    out.push_str("<tr>");
    for (column, cell) in row.iter().enumerate() {
        let cell = text(cell);
        let _ = match column {
            0 => write!(out, "<th scope=\"row\">{cell}</th>"),
            column if column < name_columns => write!(out, "<td>{cell}</td>"),
            _ => write!(out, "<td class=\"number\">{cell}</td>"),
        };
    }
    out.push_str("</tr>");
}
