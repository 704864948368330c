use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::load::{control_lines, load, read_control, read_where, status_of, with_controls};
use super::reading::Reading;
use super::{Failed, Status, cannot_run, printable};
use crate::agree::{self, LeftOut};
use crate::dimension::Dimension;
use crate::import::{ColumnMap, ImportOptions};
use crate::money::{Money, in_full};
use crate::store;

#[derive(Args, Debug)]
pub struct Import {
    /// Spending files, and at most one place (.ron) to add them to
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    reading: Reading,
    /// A remembered mapping of columns
    #[arg(long, value_name = "MAP.ron")]
    map: Option<PathBuf>,
    /// What holds for every line, such as agency="Town Council"; may be repeated
    #[arg(long, value_name = "DIM=VALUE", value_parser = read_where)]
    set: Vec<(Dimension, String)>,
    /// A figure that a file, an agency or a year must agree to, such as council.csv="1,240.00"; may be repeated
    #[arg(long = "control", value_name = "NAME=AMOUNT", value_parser = read_control)]
    controls: Vec<(String, Money)>,
    /// The place to write
    #[arg(short = 'o', long = "output")]
    output: PathBuf,
}

impl Import {
    pub(super) fn run(&self, out: &mut impl Write, said: &mut Vec<String>) -> Result<Status, Failed> {
        if self.output.extension().is_none_or(|ending| !ending.eq_ignore_ascii_case("ron")) {
            let output = self.output.display();
            return Err(cannot_run(format!(
                "{output}: a place is written as .ron; name it {output}.ron, for example"
            )));
        }
        let mut options = ImportOptions { set: self.set.clone(), ..self.reading.options() };
        if let Some(map) = &self.map {
            options.column_maps = read_maps(map)?;
        }
        let (loaded, status) = load(&self.files, &options, said)?;
        if loaded.place.is_none() && loaded.additions.is_empty() {
            return Err(cannot_run("none of the files could be read, so there is no place to write"));
        }
        let rejected: u64 = loaded.files.iter().map(|file| file.rejected).sum();
        let left_out: Vec<LeftOut> = loaded.files.iter().flat_map(agree::left_out).collect();
        let mut place = loaded.into_place();
        let given = with_controls(&mut place, &self.controls);
        let verdicts = place.verdicts(&left_out);
        store::save_place(&self.output, &place).map_err(|error| cannot_run(error.to_string()))?;
        let (lines, total) = (place.ledger.len(), in_full(place.ledger.total()));
        write!(out, "{}: {lines} lines, {total}", self.output.display())?;
        if rejected > 0 {
            let noun = if rejected == 1 { "row" } else { "rows" };
            write!(out, "; {rejected} {noun} rejected, which `shadowpool check` lists")?;
        }
        writeln!(out)?;
        for line in control_lines(&verdicts) {
            writeln!(out, "  {}", printable(&line))?;
        }
        Ok(status_of(status, &verdicts, &given))
    }
}

fn read_maps(path: &std::path::Path) -> Result<Vec<ColumnMap>, Failed> {
    let bytes = store::read_bytes(path).map_err(|error| cannot_run(error.to_string()))?;
    let text = String::from_utf8_lossy(&bytes);
    // One mapping by itself, or a list of them.
    let one = ron::from_str::<ColumnMap>(&text).map(|map| vec![map]);
    one.or_else(|_| ron::from_str::<Vec<ColumnMap>>(&text)).map_err(|error| {
        cannot_run(format!("{}: {error}; it should be a mapping of columns", path.display()))
    })
}
