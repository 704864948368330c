//! The objects of a PDF and their words, as far as the writer of pictures uses them.

use std::collections::BTreeMap;
use std::io::Read as _;

use flate2::read::ZlibDecoder;
use shadowpool::figure::Weight;

pub(super) struct File {
    pub(super) objects: BTreeMap<u32, Object>,
    /// The objects by the names that the page uses for them, such as `f0`.
    names: BTreeMap<String, u32>,
}

/// A font in a size, and what its codes mean.
#[derive(Clone)]
pub(super) struct Font {
    pub(super) weight: Weight,
    pub(super) size: f64,
    pub(super) letters: BTreeMap<u16, String>,
}

pub(super) struct Object {
    tokens: Vec<Token>,
    /// Unpacked; empty where it has none.
    pub(super) stream: Vec<u8>,
}

impl File {
    pub(super) fn read(bytes: &[u8]) -> Self {
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

    pub(super) fn named(&self, operands: &[Token]) -> &Object {
        let [Token::Name(name), ..] = operands else { panic!("{operands:?} name nothing") };
        &self.objects[&self.names[name]]
    }

    pub(super) fn font(&self, operands: &[Token], size: f64) -> Font {
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

    pub(super) fn number_after(&self, name: &str) -> Option<f64> {
        self.after(name).first().and_then(Token::number)
    }

    pub(super) fn numbers_after(&self, name: &str) -> Vec<f64> {
        self.after(name).iter().skip(1).map_while(Token::number).collect()
    }

    pub(super) fn name_after(&self, name: &str) -> Option<&str> {
        match self.after(name).first() {
            Some(Token::Name(name)) => Some(name),
            _ => None,
        }
    }

    pub(super) fn reference_after(&self, name: &str) -> Option<u32> {
        self.number_after(name).map(|number| number as u32)
    }
}

#[derive(Clone, Debug)]
pub(super) enum Token {
    Number(f64),
    /// Without its slash.
    Name(String),
    Text(Vec<u8>),
    /// An operator, a bracket, or a word such as `obj`.
    Word(String),
}

impl Token {
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    pub(super) fn is_word(&self, word: &str) -> bool {
        matches!(self, Self::Word(own) if own == word)
    }
}

pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
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
        let digit = |at: usize| {
            digits.as_bytes().get(at).map_or(0, |&byte| {
                (byte as char).to_digit(16).expect("texts in angles are of hexadecimal digits") as u8
            })
        };
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
        let (count, value) =
            digits.fold((0, 0_u32), |(count, value), digit| (count + 1, value * 8 + u32::from(digit - b'0')));
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
