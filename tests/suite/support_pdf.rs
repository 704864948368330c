//! The page of a PDF as SVG: what is filled, stroked and written where, read from the page's own description.
//!
//! It reads what the writer of pictures writes, and stops at anything else: one page, plain colors, opacities, paths,
//! and words in its own fonts.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Read as _;

use flate2::read::ZlibDecoder;
use kurbo::Affine;
use shadowpool::figure::{FONT_FAMILY, Weight, width_px};

/// The page as SVG on white paper, 96 pixels to the inch.
pub(crate) fn page_as_svg(pdf: &[u8]) -> String {
    let file = File::read(pdf);
    let page = file.objects.values().find(|object| object.name_after("Type") == Some("Page")).expect("a page");
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

// --- the page's description ------------------------------------------------------------------------------------------

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

#[derive(Clone)]
struct Font {
    weight: Weight,
    size: f64,
    letters: BTreeMap<u16, String>,
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
            // Which space the colors that follow are of: three numbers are red, green and blue.
            "cs" | "CS" => {}
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
            // Words for those who cannot see them, and the end of a text.
            "BDC" | "BMC" | "EMC" | "ET" => {}
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
        let mut paint = match is_filled {
            true => format!(" fill=\"{}\" fill-opacity=\"{}\"", self.fill.color, self.fill.opacity),
            false => " fill=\"none\"".to_owned(),
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

// --- the file --------------------------------------------------------------------------------------------------------

struct File {
    objects: BTreeMap<u32, Object>,
    /// The objects by the names that the page uses for them, such as `f0`.
    names: BTreeMap<String, u32>,
}

struct Object {
    tokens: Vec<Token>,
    /// Unpacked; empty where it has none.
    stream: Vec<u8>,
}

impl File {
    fn read(bytes: &[u8]) -> Self {
        let mut objects = BTreeMap::new();
        let mut tokens = Tokens::of(bytes);
        let mut before: Vec<Token> = Vec::new();
        while let Some(token) = tokens.next() {
            if token.is_word("obj") {
                let number = before[before.len() - 2].number().expect("an object has a number");
                objects.insert(number as u32, Object::read(&mut tokens));
                before.clear();
            } else {
                before.push(token);
            }
        }
        let mut names = BTreeMap::new();
        for object in objects.values() {
            for four in object.tokens.windows(4) {
                if let [Token::Name(name), Token::Number(number), Token::Number(_), Token::Word(word)] = four
                    && word == "R"
                {
                    names.insert(name.clone(), *number as u32);
                }
            }
        }
        Self { objects, names }
    }

    fn named(&self, operands: &[Token]) -> &Object {
        let [Token::Name(name), ..] = operands else { panic!("{operands:?} name nothing") };
        &self.objects[&self.names[name]]
    }

    fn font(&self, operands: &[Token], size: f64) -> Font {
        let font = self.named(operands);
        let name = font.name_after("BaseFont").expect("a font has a name");
        let weight = match name.rsplit_once('-') {
            Some((_, "Regular")) => Weight::Regular,
            Some((_, "SemiBold")) => Weight::SemiBold,
            Some((_, "Bold")) => Weight::Bold,
            _ => panic!("{name} is none of the bundled fonts"),
        };
        let meaning = &self.objects[&font.reference_after("ToUnicode").expect("letters can be copied")];
        let texts: Vec<Vec<u8>> = Tokens::of(&meaning.stream)
            .skip_while(|token| !token.is_word("beginbfchar"))
            .filter_map(|token| match token {
                Token::Text(text) => Some(text),
                _ => None,
            })
            .collect();
        let letters = texts.chunks_exact(2).map(|pair| {
            let units: Vec<u16> =
                pair[1].chunks_exact(2).map(|unit| u16::from_be_bytes([unit[0], unit[1]])).collect();
            (u16::from_be_bytes([pair[0][0], pair[0][1]]), String::from_utf16(&units).expect("text"))
        });
        Font { weight, size, letters: letters.collect() }
    }
}

impl Object {
    fn read(file: &mut Tokens<'_>) -> Self {
        let mut object = Self { tokens: Vec::new(), stream: Vec::new() };
        while let Some(token) = file.next().filter(|token| !token.is_word("endobj")) {
            if token.is_word("stream") {
                let length = object.number_after("Length").expect("a stream has a length") as usize;
                // The word's line ends before the stream begins.
                let packed = &file.bytes[file.at + 1..file.at + 1 + length];
                file.at += 1 + length;
                match object.name_after("Filter") {
                    None => object.stream = packed.to_vec(),
                    Some("FlateDecode") => {
                        ZlibDecoder::new(packed).read_to_end(&mut object.stream).expect("it can be unpacked");
                    }
                    Some(other) => panic!("{other} cannot be unpacked here"),
                }
            }
            object.tokens.push(token);
        }
        object
    }

    fn after(&self, name: &str) -> &[Token] {
        let at = self.tokens.iter().position(|token| matches!(token, Token::Name(known) if known == name));
        at.map_or(&[], |at| &self.tokens[at + 1..])
    }

    fn number_after(&self, name: &str) -> Option<f64> {
        self.after(name).first().and_then(Token::number)
    }

    fn numbers_after(&self, name: &str) -> Vec<f64> {
        self.after(name).iter().skip(1).map_while(Token::number).collect()
    }

    fn name_after(&self, name: &str) -> Option<&str> {
        match self.after(name).first() {
            Some(Token::Name(name)) => Some(name),
            _ => None,
        }
    }

    fn reference_after(&self, name: &str) -> Option<u32> {
        self.number_after(name).map(|number| number as u32)
    }
}

// --- its words -------------------------------------------------------------------------------------------------------

#[derive(Clone, Debug)]
enum Token {
    Number(f64),
    /// Without its slash.
    Name(String),
    Text(Vec<u8>),
    /// An operator, a bracket, or a word such as `obj`.
    Word(String),
}

impl Token {
    fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self, Self::Word(own) if own == word)
    }
}

struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn take_while(&mut self, is_part: impl Fn(u8) -> bool) -> String {
        let start = self.at;
        while self.peek().is_some_and(&is_part) {
            self.at += 1;
        }
        String::from_utf8_lossy(&self.bytes[start..self.at]).into_owned()
    }

    fn hex_text(&mut self) -> Vec<u8> {
        let digits = self.take_while(|byte| byte != b'>');
        self.at += 1;
        let digit = |at: usize| digits.as_bytes().get(at).map_or(0, |&byte| {
            (byte as char).to_digit(16).expect("texts in angles are of hexadecimal digits") as u8
        });
        (0..digits.len()).step_by(2).map(|at| digit(at) * 16 + digit(at + 1)).collect()
    }

    fn bracketed_text(&mut self) -> Vec<u8> {
        let (mut text, mut depth) = (Vec::new(), 1);
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => depth += 1,
                b')' => depth -= 1,
                b'\\' => {
                    text.push(self.escaped());
                    continue;
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
            text.push(byte);
        }
        text
    }

    fn escaped(&mut self) -> u8 {
        let digits = self.bytes[self.at..].iter().take(3).take_while(|byte| (b'0'..=b'7').contains(byte));
        let (count, value) = digits.fold((0, 0_u32), |(count, value), digit| {
            (count + 1, value * 8 + u32::from(digit - b'0'))
        });
        if count > 0 {
            self.at += count;
            return value as u8;
        }
        let byte = self.peek().expect("a backslash stands before something");
        self.at += 1;
        match byte {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'b' => 8,
            b'f' => 12,
            other => other,
        }
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let is_space = |byte: u8| byte.is_ascii_whitespace() || byte == 0;
        let is_part = |byte: u8| !is_space(byte) && !b"()<>[]{}/%".contains(&byte);
        self.take_while(is_space);
        let first = self.peek()?;
        let two = self.bytes.get(self.at..self.at + 2).unwrap_or_default();
        let token = match first {
            b'%' => {
                self.take_while(|byte| byte != b'\n' && byte != b'\r');
                return self.next();
            }
            b'/' => {
                self.at += 1;
                Token::Name(self.take_while(is_part))
            }
            b'<' | b'>' if two == b"<<" || two == b">>" => {
                self.at += 2;
                Token::Word(String::from_utf8_lossy(two).into_owned())
            }
            b'<' => {
                self.at += 1;
                Token::Text(self.hex_text())
            }
            b'(' => {
                self.at += 1;
                Token::Text(self.bracketed_text())
            }
            b'[' | b']' | b'{' | b'}' | b'>' | b')' => {
                self.at += 1;
                Token::Word((first as char).to_string())
            }
            _ => {
                let word = self.take_while(is_part);
                word.parse().map_or(Token::Word(word), Token::Number)
            }
        };
        Some(token)
    }
}
