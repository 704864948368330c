//! Many lines as a file of columns: names once, then small numbers, as narrow as they allow, so that millions are
//! written in a moment. Nothing but a journal is kept so; people get CSV.

use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use crate::dimension::{Date, Dimension, NameId};
use crate::ledger::{AmountRange, Ledger, LedgerBuilder, LineColumn, LineId, Source};
use crate::money::Money;

const TITLE: &str = "shadowpool lines 1 ";

/// What the numbers of the columns mean.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Legend {
    lines: usize,
    sources: Vec<Source>,
    /// By dimension, in their order; the first number is that of the first name, 0 is none.
    names: Vec<(Dimension, Vec<String>)>,
    descriptions: Vec<String>,
    dates: Vec<Date>,
    /// Lines with the least and the most that their amounts may be.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    ranges: Vec<(u32, Money, Money)>,
}

/// Writes all lines of a ledger.
pub(super) fn write_lines(ledger: &Ledger, out: &mut dyn Write) -> io::Result<()> {
    let legend = Legend {
        lines: ledger.len(),
        sources: ledger.sources().iter().map(|source| Source::clone(source)).collect(),
        names: Dimension::ALL.map(|dimension| (dimension, all_but_first(ledger.names(dimension)))).into(),
        descriptions: all_but_first(ledger.texts()),
        dates: ledger.dates().as_slice().iter().copied().flatten().collect(),
        ranges: ledger.ranges().map(|(line, range)| (line.0, range.low, range.high)).collect(),
    };
    let legend = ron::to_string(&legend).map_err(io::Error::other)?;
    write!(out, "{TITLE}{}\n{legend}\n", legend.len())?;
    let lines = || (0..ledger.len() as u32).map(LineId);
    in_blocks(out, lines(), |block, line| {
        let amount = i64::try_from(ledger.amount(line).units()).expect("a line holds what fits in 64 bits");
        block.extend_from_slice(&amount.to_le_bytes());
    })?;
    for dimension in Dimension::ALL {
        write_column(out, || lines().map(|line| ledger.name_id(line, dimension).0))?;
    }
    write_column(out, || lines().map(|line| ledger.description_id(line.index()) as u32))?;
    write_column(out, || lines().map(|line| ledger.date_id(line).0))?;
    write_column(out, || lines().map(|line| ledger.provenance(line).row.unwrap_or(0)))?;
    write_column(out, || lines().map(|line| ledger.source_index(line).map_or(0, |index| index as u32 + 1)))
}

fn all_but_first(names: &crate::dimension::Names) -> Vec<String> {
    names.iter().skip(1).map(|(_, name)| name.to_owned()).collect()
}

/// Writes a width in bytes and as many numbers as there are lines; of one number throughout, that number.
fn write_column<I: Iterator<Item = u32>>(out: &mut dyn Write, numbers: impl Fn() -> I) -> io::Result<()> {
    let first = numbers().next().unwrap_or(0);
    let (largest, is_same) =
        numbers().fold((0, true), |(largest, same), number| (largest.max(number), same && number == first));
    if is_same {
        out.write_all(&[0])?;
        return out.write_all(&first.to_le_bytes());
    }
    let width = if largest <= 0xFF {
        1
    } else if largest <= 0xFFFF {
        2
    } else {
        4
    };
    out.write_all(&[width as u8])?;
    in_blocks(out, numbers(), |block, number| block.extend_from_slice(&number.to_le_bytes()[..width]))
}

fn in_blocks<T>(
    out: &mut dyn Write,
    items: impl Iterator<Item = T>,
    mut add: impl FnMut(&mut Vec<u8>, T),
) -> io::Result<()> {
    // Some thousands at once: the calls do not count then.
    let mut block = Vec::with_capacity(64 << 10);
    for item in items {
        add(&mut block, item);
        if block.len() > (64 << 10) - 8 {
            out.write_all(&block)?;
            block.clear();
        }
    }
    out.write_all(&block)
}

/// Reads lines as they were written.
pub(super) fn read_lines(bytes: &[u8]) -> Result<Ledger, String> {
    let cut = || "the file of lines is cut short".to_owned();
    let title_end = bytes.iter().take(64).position(|byte| *byte == b'\n').ok_or_else(cut)?;
    let title = std::str::from_utf8(&bytes[..title_end]).ok().and_then(|title| title.strip_prefix(TITLE));
    let length: usize = title.and_then(|length| length.parse().ok()).ok_or("this is no file of lines")?;
    let mut rest = Remaining(&bytes[title_end + 1..]);
    let legend =
        std::str::from_utf8(rest.take(length).ok_or_else(cut)?).map_err(|error| error.to_string())?;
    let legend: Legend = ron::from_str(legend).map_err(|error| error.to_string())?;
    rest.take(1).ok_or_else(cut)?;
    let amounts = legend.lines.checked_mul(8).and_then(|length| rest.take(length)).ok_or_else(cut)?;
    let amounts: Vec<i64> = amounts
        .chunks_exact(8)
        .map(|amount| i64::from_le_bytes(amount.try_into().expect("each has eight bytes")))
        .collect();
    let mut builder = Ledger::builder();
    builder.push_amounts(&amounts);
    let sources: Vec<_> = legend.sources.into_iter().map(|source| builder.add_source(source)).collect();
    for dimension in Dimension::ALL {
        let names = legend.names.iter().find(|(of, _)| *of == dimension).map_or(&[][..], |(_, names)| names);
        let ids = names.iter().map(|name| builder.names_mut(dimension).add(name).0);
        let ids: Vec<u32> = std::iter::once(NameId::NOT_STATED.0).chain(ids).collect();
        let column = rest.column(legend.lines).ok_or_else(cut)?;
        column.take_into(&mut builder, LineColumn::Dimension(dimension), Some(&ids))?;
    }
    let ids = legend.descriptions.iter().map(|text| builder.texts_mut().add(text).0);
    let ids: Vec<u32> = std::iter::once(0).chain(ids).collect();
    let column = rest.column(legend.lines).ok_or_else(cut)?;
    column.take_into(&mut builder, LineColumn::Description, Some(&ids))?;
    let ids = legend.dates.iter().map(|date| builder.dates_mut().add(*date).0);
    let ids: Vec<u32> = std::iter::once(0).chain(ids).collect();
    let column = rest.column(legend.lines).ok_or_else(cut)?;
    column.take_into(&mut builder, LineColumn::Date, Some(&ids))?;
    let column = rest.column(legend.lines).ok_or_else(cut)?;
    column.take_into(&mut builder, LineColumn::Row, None)?;
    let column = rest.column(legend.lines).ok_or_else(cut)?;
    for (number, count) in column.runs() {
        let source = number.checked_sub(1).map(|index| sources.get(index as usize).copied());
        let source = match source {
            Some(None) => return Err("a line names a source that is not there".to_owned()),
            Some(known) => known,
            None => None,
        };
        builder.extend_source(source, count);
    }
    if !rest.0.is_empty() {
        return Err("something follows the lines".to_owned());
    }
    for (line, low, high) in legend.ranges {
        if line as usize >= legend.lines {
            return Err("a line that is not there has a range".to_owned());
        }
        builder.set_range(LineId(line), AmountRange { low, high });
    }
    Ok(builder.finish())
}

struct Remaining<'a>(&'a [u8]);

impl<'a> Remaining<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn column(&mut self, lines: usize) -> Option<Column<'a>> {
        let width = usize::from(*self.take(1)?.first()?);
        match width {
            0 => self.take(4).map(|same| Column { width: 4, bytes: same, repeats: lines }),
            1 | 2 | 4 => {
                let bytes = self.take(lines.checked_mul(width)?)?;
                Some(Column { width, bytes, repeats: 1 })
            }
            _ => None,
        }
    }
}

/// Numbers of a column, each so many times.
struct Column<'a> {
    width: usize,
    bytes: &'a [u8],
    repeats: usize,
}

impl Column<'_> {
    fn numbers(&self) -> impl Iterator<Item = u32> {
        self.bytes.chunks_exact(self.width).map(|bytes| {
            let mut number = [0; 4];
            number[..bytes.len()].copy_from_slice(bytes);
            u32::from_le_bytes(number)
        })
    }

    /// Equal numbers one after the other, with how many they are.
    fn runs(&self) -> Vec<(u32, usize)> {
        let mut runs: Vec<(u32, usize)> = Vec::new();
        for number in self.numbers() {
            match runs.last_mut() {
                Some((last, count)) if *last == number => *count += self.repeats,
                _ => runs.push((number, self.repeats)),
            }
        }
        runs
    }

    /// Adds the numbers to a column of a ledger, as the ids they stand for.
    fn take_into(
        &self,
        builder: &mut LedgerBuilder,
        part: LineColumn,
        ids: Option<&[u32]>,
    ) -> Result<(), String> {
        let largest = self.numbers().max().unwrap_or(0);
        if ids.is_some_and(|ids| largest as usize >= ids.len()) {
            return Err("a line has a name that is not there".to_owned());
        }
        let id = |number: u32| ids.map_or(number, |ids| ids[number as usize]);
        if self.repeats == 1 {
            let largest = ids.and_then(|ids| ids.iter().copied().max()).unwrap_or(largest);
            builder.extend(part, largest, self.numbers().map(id));
        } else {
            self.numbers().for_each(|number| builder.extend_same(part, id(number), self.repeats));
        }
        Ok(())
    }
}
