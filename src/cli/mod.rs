//! The program without a window: arguments to a command, and the exit status.
//!
//! 0 is fine; 1 means the data has errors, and everything readable was still read; 2 means the command cannot run.

mod account;
mod agreeing;
mod appraise;
mod check;
mod claims;
mod import;
mod layout;
mod layout_command;
mod load;
mod output;
mod plain;
mod pool;
mod reading;
mod rejects;
mod render;
mod render_options;
mod replacing;
mod scene_to_draw;
mod story;
mod totals;

use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::figure::visible;
use crate::store;

pub use layout::{LayoutError, layout_json};
pub use plain::Plain;

/// Shadow pooling and money flows: a place's public spending, to the penny.
#[derive(Debug, Parser)]
#[command(name = "shadowpool", version, args_conflicts_with_subcommands = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Option<CliCommand>,
    /// Places (.ron) or spending files to open in the window; none shows the sample place
    pub files: Vec<PathBuf>,
    /// Who draws the window: auto, gpu or cpu
    #[arg(long, default_value = "auto", value_parser = ["auto", "gpu", "cpu"])]
    pub renderer: String,
}

#[derive(Debug, Subcommand)]
pub enum CliCommand {
    /// Sums of the lines by any dimensions
    Totals(totals::TotalsCommand),
    /// What was read, what was not, and why
    Check(check::CheckCommand),
    /// A picture to a file: .svg, .png or .pdf
    Render(render::RenderCommand),
    /// A Sankey layout as JSON
    Layout(layout_command::LayoutCommand),
    /// Spending files to a place
    Import(import::ImportCommand),
    /// The scenarios of a place, or who puts in and gets back what in one of them
    Pool(pool::PoolCommand),
    /// The appraisals of a place, or who pays for a programme and who gains by it
    Appraise(appraise::AppraiseCommand),
    /// Published headline figures with their bases
    Claims(claims::ClaimsCommand),
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Fine,
    DataHasErrors,
    CannotRun,
}

impl Status {
    pub const fn code(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::DataHasErrors => 1,
            Self::CannotRun => 2,
        }
    }
}

/// Why a command cannot run: one message, which says what to do.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct CannotRun(String);

/// Runs a command: what it prints goes to `out`, what it has to say goes to `errors`.
pub fn run(command: &CliCommand, out: &mut impl Write, errors: &mut impl Write) -> Status {
    let mut said = Vec::new();
    // A fault of the program is told as any reason why a command cannot run: in a line, and by the status.
    let result = catch_unwind(AssertUnwindSafe(|| {
        let status = run_command(command, out, &mut said)?;
        // What stands in a buffer is not written yet, and may be refused only now.
        out.flush()?;
        Ok(status)
    }));
    let result = result.unwrap_or_else(|_| Err(cannot_run(fault_in_words())));
    let (status, message) = match result {
        Ok(status) => (status, None),
        Err(Failed::Message(CannotRun(message))) => (Status::CannotRun, Some(message)),
        // Whoever reads the output has heard enough: `shadowpool totals … | head`.
        Err(Failed::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => (Status::Fine, None),
        Err(Failed::Output(error)) => {
            (Status::CannotRun, Some(format!("the output could not be written: {error}")))
        }
    };
    // After the output, so that in a terminal it is what is read last.
    for line in said.into_iter().chain(message) {
        // Where even this cannot be written, nobody is listening.
        let _ = writeln!(errors, "shadowpool: {}", printable(&line));
    }
    let _ = errors.flush();
    status
}

fn run_command(command: &CliCommand, out: &mut impl Write, said: &mut Vec<String>) -> Result<Status, Failed> {
    match command {
        CliCommand::Totals(totals) => totals.run(out, said),
        CliCommand::Check(check) => check.run(out, said),
        CliCommand::Render(render) => render.run(said),
        CliCommand::Layout(layout) => layout.run(out),
        CliCommand::Import(import) => import.run(out, said),
        CliCommand::Pool(pool) => pool.run(out, said),
        CliCommand::Appraise(appraise) => appraise.run(out, said),
        CliCommand::Claims(claims) => claims.run(out, said),
    }
}

/// What a fault of the program is told as: where in the code it is, where that is known, and nothing of the files.
fn fault_in_words() -> String {
    match store::untold_faults().first() {
        Some(fault) => format!("{fault}; nothing more was done"),
        None => "something stopped through a fault of the program; nothing more was done".to_owned(),
    }
}

enum Failed {
    Message(CannotRun),
    Output(io::Error),
}

impl From<CannotRun> for Failed {
    fn from(error: CannotRun) -> Self {
        Self::Message(error)
    }
}

impl From<io::Error> for Failed {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

fn cannot_run(message: impl Into<String>) -> Failed {
    Failed::Message(CannotRun(message.into()))
}

/// Text from files may hold what steers a terminal; it is shown, never sent.
fn printable(text: &str) -> String {
    visible(text).into_owned()
}
