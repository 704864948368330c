//! Where a command writes, and what it must not write over: what it reads, the files behind a place, a place that
//! is not among its files.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Failed, cannot_run};
use crate::place::Place;
use crate::store;

#[derive(Args, Clone, Copy, Debug)]
pub(super) struct OutputArgs {
    /// Writes over a file that is read or that a place comes from, or over another place, too
    #[arg(long)]
    replace_file: bool,
}

impl OutputArgs {
    /// Refuses to write over something the command reads.
    pub(super) fn spare_inputs<'a>(
        self,
        output: &Path,
        inputs: impl IntoIterator<Item = &'a PathBuf>,
    ) -> Result<(), Failed> {
        let is_it = |input: &&PathBuf| store::is_same_file(output, input);
        match inputs.into_iter().find(is_it) {
            Some(_) if !self.replace_file => Err(refused(output, "this file is read by the same command")),
            _ => Ok(()),
        }
    }

    /// Refuses to write over a place, and over a file that lines were read from, as far as its name says so.
    pub(super) fn spare_sources(self, output: &Path, place: &Place) -> Result<(), Failed> {
        self.spare_places(output)?;
        let name = output.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let is_source = place.sources.iter().any(|source| source.file == name && !name.is_empty());
        if is_source && output.exists() && !self.replace_file {
            return Err(refused(output, "lines of the place were read from a file of this name"));
        }
        Ok(())
    }

    /// Refuses to write something else over a place.
    pub(super) fn spare_places(self, output: &Path) -> Result<(), Failed> {
        if output.exists() && !self.replace_file && store::looks_like_place(output) {
            return Err(refused(output, "this file is a place"));
        }
        Ok(())
    }

    /// Refuses to write over a place, or whatever has its name, that is not among the files that were read.
    pub(super) fn spare_others(self, output: &Path, inputs: &[PathBuf]) -> Result<(), Failed> {
        let is_input = inputs.iter().any(|input| store::is_same_file(output, input));
        if output.exists() && !is_input && !self.replace_file {
            return Err(refused(output, "this file is there already and is not among the files to read"));
        }
        Ok(())
    }
}

fn refused(output: &Path, why: &str) -> Failed {
    let output = output.display();
    cannot_run(format!(
        "{output}: {why}; write elsewhere, or say --replace-file if it is meant. Nothing was written"
    ))
}

/// Writes a file; what could not be kept of the one before it is said.
pub(super) fn save(path: &Path, bytes: &[u8], said: &mut Vec<String>) -> Result<(), Failed> {
    let saved = store::save_bytes(path, bytes).map_err(|error| cannot_run(error.to_string()))?;
    say_all(path, saved.warnings, said);
    Ok(())
}

/// Says what could not be kept of the file before.
pub(super) fn say_all(path: &Path, warnings: Vec<String>, said: &mut Vec<String>) {
    said.extend(warnings.into_iter().map(|words| format!("{}: {words}", path.display())));
}
