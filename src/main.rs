//! A command, or the window.

use std::fmt::Display;
use std::io::{Write as _, stderr, stdout};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use clap::Parser as _;
use shadowpool::app::run::{Renderer, run};
use shadowpool::app::{App, Folder};
use shadowpool::cli::{self, Arguments};
use shadowpool::store::listen_to_faults;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match &arguments.command {
        Some(command) => {
            // The command says it itself, in its place after the output.
            listen_to_faults(|_| {});
            let mut out = std::io::BufWriter::new(stdout().lock());
            let status = cli::run(command, &mut out, &mut stderr());
            ExitCode::from(status.code())
        }
        None => window(arguments),
    }
}

fn window(arguments: Arguments) -> ExitCode {
    listen_to_faults(say);
    // What fails outside the frames of the window ends it; its journal is on the disk.
    catch_unwind(AssertUnwindSafe(|| open(arguments))).unwrap_or(ExitCode::from(2))
}

fn say(message: &(impl Display + ?Sized)) {
    let _ = writeln!(stderr(), "shadowpool: {message}");
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
