//! An agreement as pages to print: words and tables laid out on A4, as a PDF whose text is text.

use crate::export::pdf::pdf_pages;
use crate::export::picture::PictureError;
use crate::figure::{
    Anchor, Color, Figure, Mark, MarkId, Paint, Point, Rect, Scheme, Shape, Text, Weight, visible, width_px,
    wrap,
};
use crate::scene::{AgreementBlock, AgreementTable, AgreementText, NOT_YET_SAID};

/// A4, portrait, at 96 pixels to the inch.
const PAGE: (f64, f64) = (793.7, 1122.5);
const MARGIN: f64 = 72.0;
const WORDS_PX: f64 = 13.0;
const CELL_PX: f64 = 11.0;
const TITLE_PX: f64 = 24.0;
const HEADING_PX: f64 = 17.0;
/// Of the size of letters, from line to line.
const LINE: f64 = 1.4;
/// Between columns, and above and below a row.
const PAD: f64 = 6.0;
/// What is left to a column of words beside all numbers.
const LEAST_WORDS: f64 = 90.0;

/// An agreement as a PDF of as many pages as it needs.
///
/// # Errors
/// When the writer gives up.
pub fn agreement_pdf(text: &AgreementText) -> Result<Vec<u8>, PictureError> {
    let mut pages = Pages::new(text);
    pages.words(&text.title, TITLE_PX, Weight::SemiBold, 0.0);
    for line in &text.opening {
        pages.words(line, WORDS_PX, Weight::SemiBold, 0.0);
    }
    for section in &text.sections {
        pages.heading(section.heading);
        if section.blocks.is_empty() {
            pages.words(NOT_YET_SAID, WORDS_PX, Weight::Regular, 0.0);
        }
        for block in &section.blocks {
            match block {
                AgreementBlock::Words(words) => pages.words(words, WORDS_PX, Weight::Regular, 0.0),
                AgreementBlock::List(lines) => lines.iter().for_each(|line| pages.bullet(line)),
                AgreementBlock::Table(table) => pages.table(table),
            }
        }
    }
    pdf_pages(&pages.numbered())
}

/// Pages that fill from top to bottom.
struct Pages {
    title: String,
    full: Vec<Figure>,
    /// Where the next line begins, from the top of the last page.
    y: f64,
}

impl Pages {
    fn new(text: &AgreementText) -> Self {
        let mut pages = Self { title: text.title.clone(), full: Vec::new(), y: 0.0 };
        pages.turn();
        pages
    }

    fn turn(&mut self) {
        let (width, height) = PAGE;
        let (title, scheme) = (self.title.clone(), Scheme::default());
        let (notes, marks) = (Vec::new(), Vec::new());
        self.full.push(Figure {
            width,
            height,
            title,
            notes,
            words: Vec::new(),
            scheme,
            marks,
            unbalanced: None,
        });
        self.y = MARGIN;
    }

    /// Begins a page where so much does not fit on this one.
    fn make_room(&mut self, height: f64) {
        if self.y + height > PAGE.1 - MARGIN && self.y > MARGIN {
            self.turn();
        }
    }

    fn push(&mut self, shape: impl Into<Shape>, color: Color) {
        if let Some(page) = self.full.last_mut() {
            let id = MarkId(page.marks.len() as u64);
            page.marks.push(Mark::decoration(id, shape, Paint::fill(color)));
        }
    }

    fn line(&mut self, words: &str, x: f64, baseline: f64, size_px: f64, weight: Weight, anchor: Anchor) {
        let color = self.full[0].scheme.ink();
        let text = Text {
            content: words.to_owned(),
            at: Point::new(x, baseline),
            size_px,
            weight,
            anchor,
            halo: None,
            leader: Vec::new(),
        };
        self.push(text, color);
    }

    fn words(&mut self, words: &str, size_px: f64, weight: Weight, indent: f64) {
        let room = PAGE.0 - 2.0 * MARGIN - indent;
        for line in wrap(&visible(words), room, size_px, weight) {
            self.make_room(size_px * LINE);
            self.line(&line, MARGIN + indent, self.y + size_px, size_px, weight, Anchor::Start);
            self.y += size_px * LINE;
        }
        self.y += size_px * 0.5;
    }

    fn heading(&mut self, words: &str) {
        self.y += HEADING_PX * 0.6;
        // Not alone at the foot of a page.
        self.make_room(HEADING_PX * LINE + 3.0 * WORDS_PX * LINE);
        self.words(words, HEADING_PX, Weight::SemiBold, 0.0);
    }

    fn bullet(&mut self, words: &str) {
        self.make_room(WORDS_PX * LINE);
        self.line("•", MARGIN, self.y + WORDS_PX, WORDS_PX, Weight::Regular, Anchor::Start);
        self.words(words, WORDS_PX, Weight::Regular, 14.0);
    }

    fn table(&mut self, table: &AgreementTable) {
        let widths = widths(table);
        let last = table.rows.len().checked_sub(1).filter(|_| table.has_total);
        self.row(table, &table.titles, &widths, Weight::SemiBold);
        for (at, row) in table.rows.iter().enumerate() {
            let weight = if Some(at) == last { Weight::SemiBold } else { Weight::Regular };
            let (height, _) = laid_out(row, &widths, weight);
            if self.y + height > PAGE.1 - MARGIN {
                // Titles stand on every page.
                self.turn();
                self.row(table, &table.titles, &widths, Weight::SemiBold);
            }
            self.row(table, row, &widths, weight);
        }
        self.y += WORDS_PX;
    }

    fn row(&mut self, table: &AgreementTable, cells: &[String], widths: &[f64], weight: Weight) {
        let (height, lines) = laid_out(cells, widths, weight);
        self.make_room(height);
        let mut x = MARGIN;
        for (column, (lines, width)) in lines.iter().zip(widths).enumerate() {
            let is_number = column >= table.numbers_from;
            let (at, anchor) = if is_number { (x + width - PAD, Anchor::End) } else { (x, Anchor::Start) };
            for (index, line) in lines.iter().enumerate() {
                let baseline = self.y + PAD * 0.5 + CELL_PX + index as f64 * CELL_PX * LINE;
                self.line(line, at, baseline, CELL_PX, weight, anchor);
            }
            x += width;
        }
        self.y += height;
        let rule = Rect::new(MARGIN, self.y - 0.8, PAGE.0 - MARGIN, self.y);
        let color = self.full[0].scheme.grid();
        self.push(Shape::Bar(rule), color);
    }

    /// The pages with their numbers.
    fn numbered(mut self) -> Vec<Figure> {
        let of = self.full.len();
        let color = self.full[0].scheme.faint_ink();
        for (index, page) in self.full.iter_mut().enumerate() {
            let text = Text {
                content: format!("{}, page {} of {of}", self.title, index + 1),
                at: Point::new(PAGE.0 - MARGIN, PAGE.1 - MARGIN / 2.0),
                size_px: CELL_PX,
                weight: Weight::Regular,
                anchor: Anchor::End,
                halo: None,
                leader: Vec::new(),
            };
            page.marks.push(Mark::label(MarkId(u64::MAX), text, color));
        }
        self.full
    }
}

/// How high a row is, and the lines of its cells.
fn laid_out(cells: &[String], widths: &[f64], weight: Weight) -> (f64, Vec<Vec<String>>) {
    let lines: Vec<Vec<String>> = cells
        .iter()
        .zip(widths)
        .map(|(cell, width)| wrap(&visible(cell), (width - PAD).max(1.0), CELL_PX, weight))
        .collect();
    let most = lines.iter().map(Vec::len).max().unwrap_or(1).max(1);
    (most as f64 * CELL_PX * LINE + PAD, lines)
}

/// Numbers have the room that they need, words share the rest; a table without numbers is shared by what stands in it.
fn widths(table: &AgreementTable) -> Vec<f64> {
    let room = PAGE.0 - 2.0 * MARGIN;
    let widest = |column: usize| {
        let cells = table.rows.iter().filter_map(|row| row.get(column));
        let widest = cells.map(|cell| width_px(cell, CELL_PX, Weight::SemiBold)).fold(0.0, f64::max);
        let words = table.titles[column].split(' ').map(|word| width_px(word, CELL_PX, Weight::SemiBold));
        widest.max(words.fold(0.0, f64::max)) + 2.0 * PAD
    };
    let wanted: Vec<f64> = (0..table.titles.len()).map(widest).collect();
    let words = table.numbers_from.min(wanted.len());
    let numbers: f64 = wanted[words..].iter().sum();
    let left = (room - numbers).max(LEAST_WORDS * words as f64);
    let of_words: f64 = wanted[..words].iter().map(|width| width.min(room / 2.0)).sum();
    let scaled = |column: usize| match column {
        column if column >= words => wanted[column] * ((room - left) / numbers.max(1.0)).min(1.0),
        column => left * wanted[column].min(room / 2.0) / of_words.max(1.0),
    };
    (0..wanted.len()).map(scaled).collect()
}
