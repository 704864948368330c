//! The page of a PDF as SVG: what is filled, stroked and written where, read from the page's own description.
//!
//! It reads what the writer of pictures writes, and stops at anything else: one page, plain colors, opacities, paths,
//! and words in its own fonts.

use std::fmt::Write as _;

use kurbo::Affine;
use shadowpool::figure::{FONT_FAMILY, width_px};

use super::support_pdf_file::{File, Font, Token, Tokens};

/// The page as SVG on white paper, 96 pixels to the inch.
pub(crate) fn page_as_svg(pdf: &[u8]) -> String {
    let file = File::read(pdf);
    let page =
        file.objects.values().find(|object| object.name_after("Type") == Some("Page")).expect("a page");
    let paper = page.numbers_after("MediaBox");
    let (width, height) = (paper[2], paper[3]);
    let content = &file.objects[&page.reference_after("Contents").expect("the page says something")];
    let mut reader = Reader { file: &file, out: String::new(), now: State::default(), kept: Vec::new() };
    // A page counts upwards.
    reader.now.place = Affine::new([1.0, 0.0, 0.0, -1.0, 0.0, height]);
    reader.read(&content.stream);
    let [width_px, height_px] = [width, height].map(|points| points / 0.75);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width_px}\" height=\"{height_px}\" \
         viewBox=\"0 0 {width} {height}\"><rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n{}</svg>",
        reader.out
    )
}

struct Reader<'a> {
    file: &'a File,
    out: String,
    now: State,
    kept: Vec<State>,
}

/// How the next thing is drawn.
#[derive(Clone)]
struct State {
    place: Affine,
    fill: Ink,
    stroke: Ink,
    width: f64,
    cap: usize,
    join: usize,
    miter: f64,
    path: String,
    font: Option<Font>,
    /// Where the next letter stands.
    line: Affine,
    /// 0 fills letters, 1 outlines them.
    letters: f64,
}

#[derive(Clone)]
struct Ink {
    color: String,
    opacity: f64,
}

impl Default for State {
    /// As a page begins.
    fn default() -> Self {
        Self {
            place: Affine::IDENTITY,
            fill: Ink::default(),
            stroke: Ink::default(),
            width: 1.0,
            cap: 0,
            join: 0,
            miter: 10.0,
            path: String::new(),
            font: None,
            line: Affine::IDENTITY,
            letters: 0.0,
        }
    }
}

impl Default for Ink {
    fn default() -> Self {
        Self { color: "#000000".to_owned(), opacity: 1.0 }
    }
}

impl Reader<'_> {
    fn read(&mut self, content: &[u8]) {
        let mut operands = Vec::new();
        for token in Tokens::of(content) {
            match token {
                Token::Word(word) if !["[", "]", "<<", ">>"].contains(&word.as_str()) => {
                    self.operator(&word, &operands);
                    operands.clear();
                }
                operand => operands.push(operand),
            }
        }
    }

    fn operator(&mut self, operator: &str, operands: &[Token]) {
        let numbers: Vec<f64> = operands.iter().filter_map(Token::number).collect();
        let now = &mut self.now;
        match operator {
            "q" => self.kept.push(now.clone()),
            "Q" => *now = self.kept.pop().expect("as much is given back as is kept"),
            "cm" => now.place *= affine(&numbers),
            "gs" => {
                let opacities = self.file.named(operands);
                now.fill.opacity = opacities.number_after("ca").unwrap_or(now.fill.opacity);
                now.stroke.opacity = opacities.number_after("CA").unwrap_or(now.stroke.opacity);
            }
            "rg" | "g" | "sc" | "scn" => now.fill.color = color(&numbers),
            "RG" | "G" | "SC" | "SCN" => now.stroke.color = color(&numbers),
            "w" => now.width = numbers[0],
            "J" => now.cap = numbers[0] as usize,
            "j" => now.join = numbers[0] as usize,
            "M" => now.miter = numbers[0],
            "d" => assert_eq!(numbers, [0.0], "no line is broken"),
            "m" => now.path.push_str(&step("M", &numbers)),
            "l" => now.path.push_str(&step("L", &numbers)),
            "c" => now.path.push_str(&step("C", &numbers)),
            "h" => now.path.push('Z'),
            "re" => {
                let [x, y, width, height] = numbers[..] else { panic!("{numbers:?} is no rectangle") };
                let _ = write!(now.path, "M{x} {y}h{width}v{height}h{}Z", -width);
            }
            "f" => self.draw_path(true, false),
            "S" => self.draw_path(false, true),
            "B" => self.draw_path(true, true),
            "BT" => now.line = Affine::IDENTITY,
            "Tf" => now.font = Some(self.file.font(operands, numbers[0])),
            "Tm" => now.line = affine(&numbers),
            "Tr" => now.letters = numbers[0],
            "Tj" | "TJ" => self.write(operands),
            // Which space the colors that follow are of (three numbers are red, green and blue), words for those who
            // cannot see them, and the end of a text.
            "cs" | "CS" | "BDC" | "BMC" | "EMC" | "ET" => {}
            other => panic!("what {other} draws is not known here"),
        }
    }

    fn draw_path(&mut self, is_filled: bool, is_stroked: bool) {
        let path = std::mem::take(&mut self.now.path);
        let (place, paint) = (matrix(self.now.place), self.now.paint(is_filled, is_stroked));
        let _ = writeln!(self.out, "<path d=\"{path}\" transform=\"{place}\"{paint}/>");
    }

    /// Letter by letter, each where the page has it.
    fn write(&mut self, operands: &[Token]) {
        let font = self.now.font.clone().expect("a font was chosen");
        for operand in operands {
            match operand {
                Token::Text(codes) => {
                    for code in codes.chunks_exact(2) {
                        let letter = &font.letters[&u16::from_be_bytes([code[0], code[1]])];
                        self.letter(letter, &font);
                        self.advance(width_px(letter, font.size, font.weight));
                    }
                }
                Token::Number(thousandths) => self.advance(-thousandths / 1000.0 * font.size),
                _ => {}
            }
        }
    }

    fn advance(&mut self, way: f64) {
        self.now.line *= Affine::translate((way, 0.0));
    }

    fn letter(&mut self, letter: &str, font: &Font) {
        // Letters stand upright on a page that counts upwards.
        let place = matrix(self.now.place * self.now.line * Affine::FLIP_Y);
        let paint = self.now.paint(self.now.letters != 1.0, self.now.letters != 0.0);
        let (size, weight) = (font.size, font.weight.number());
        let escaped = letter.replace('&', "&amp;").replace('<', "&lt;");
        let _ = writeln!(
            self.out,
            "<text transform=\"{place}\" font-family=\"{FONT_FAMILY}\" font-size=\"{size}\" \
             font-weight=\"{weight}\" xml:space=\"preserve\"{paint}>{escaped}</text>"
        );
    }
}

impl State {
    /// The attributes of what is drawn now.
    fn paint(&self, is_filled: bool, is_stroked: bool) -> String {
        let mut paint = if is_filled {
            format!(" fill=\"{}\" fill-opacity=\"{}\"", self.fill.color, self.fill.opacity)
        } else {
            " fill=\"none\"".to_owned()
        };
        if is_stroked {
            let cap = ["butt", "round", "square"][self.cap];
            let join = ["miter", "round", "bevel"][self.join];
            let _ = write!(
                paint,
                " stroke=\"{}\" stroke-opacity=\"{}\" stroke-width=\"{}\" stroke-linecap=\"{cap}\" \
                 stroke-linejoin=\"{join}\" stroke-miterlimit=\"{}\"",
                self.stroke.color, self.stroke.opacity, self.width, self.miter
            );
        }
        paint
    }
}

fn affine(numbers: &[f64]) -> Affine {
    Affine::new(numbers.try_into().expect("six numbers say where something is"))
}

fn matrix(place: Affine) -> String {
    format!("matrix({})", place.as_coeffs().map(|number| number.to_string()).join(" "))
}

fn step(letter: &str, numbers: &[f64]) -> String {
    let numbers: Vec<String> = numbers.iter().map(f64::to_string).collect();
    format!("{letter}{}", numbers.join(" "))
}

fn color(numbers: &[f64]) -> String {
    let channels = match *numbers {
        [gray] => [gray; 3],
        [red, green, blue] => [red, green, blue],
        _ => panic!("{numbers:?} is no color"),
    };
    let [red, green, blue] = channels.map(|channel| (channel * 255.0).round() as u8);
    format!("#{red:02x}{green:02x}{blue:02x}")
}
