//! A command, or the window.

use std::fmt::Display;
use std::io::{BufWriter, IsTerminal as _, Write, stderr, stdout};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use clap::Parser as _;
use clap::error::ErrorKind;
use shadowpool::app::run::{Renderer, run};
use shadowpool::app::{App, Folder};
use shadowpool::cli::{self, Arguments, Plain, Status};
use shadowpool::store::listen_to_faults;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return refused(&error),
    };
    match &arguments.command {
        Some(command) => {
            // The command says it itself, in its place after the output.
            listen_to_faults(|_| {});
            let status = cli::run(command, &mut output(), &mut errors());
            ExitCode::from(status.code())
        }
        None => window(arguments),
    }
}

/// What a command prints: for a program as it is, for a person so that nothing of it steers the terminal.
fn output() -> Box<dyn Write> {
    let out = stdout().lock();
    if out.is_terminal() { Box::new(BufWriter::new(Plain::new(out))) } else { Box::new(BufWriter::new(out)) }
}

/// What is said beside it, to a person.
fn errors() -> Plain<std::io::Stderr> {
    Plain::new(stderr())
}

/// Arguments that were not understood, which may quote anything; or help, which quotes nothing.
fn refused(error: &clap::Error) -> ExitCode {
    if error.exit_code() == 0 || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        error.exit();
    }
    let mut errors = errors();
    // Where even this cannot be written, nobody is listening.
    let _ = write!(errors, "{error}").and_then(|()| errors.flush());
    ExitCode::from(Status::CannotRun.code())
}

fn window(arguments: Arguments) -> ExitCode {
    listen_to_faults(say);
    // What fails outside the frames of the window ends it; its journal is on the disk.
    catch_unwind(AssertUnwindSafe(|| open(arguments))).unwrap_or(ExitCode::from(2))
}

fn say(message: &(impl Display + ?Sized)) {
    let mut errors = errors();
    let _ = writeln!(errors, "shadowpool: {message}").and_then(|()| errors.flush());
}

fn open(arguments: Arguments) -> ExitCode {
    let renderer: Renderer = arguments.renderer.parse().unwrap_or_default();
    let folder = eframe::storage_dir("Shadowpool");
    let files = arguments.files;
    let opened = run(renderer, Folder::new(folder.clone()), move |context| App::new(context, files, folder));
    match opened {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&error);
            ExitCode::from(2)
        }
    }
}
