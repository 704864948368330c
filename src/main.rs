//! A command, or the window.

use std::io::{Write as _, stderr, stdout};
use std::process::ExitCode;

use clap::Parser as _;
use shadowpool::app::run::{Renderer, run};
use shadowpool::app::{App, Folder};
use shadowpool::cli::{self, Arguments};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match &arguments.command {
        Some(command) => {
            let mut out = std::io::BufWriter::new(stdout().lock());
            let status = cli::run(command, &mut out, &mut stderr());
            ExitCode::from(status.code())
        }
        None => window(arguments),
    }
}

fn window(arguments: Arguments) -> ExitCode {
    let renderer: Renderer = arguments.renderer.parse().unwrap_or_default();
    let folder = eframe::storage_dir("Shadowpool");
    let files = arguments.files;
    let opened = run(renderer, Folder::new(folder.clone()), move |context| App::new(context, files, folder));
    match opened {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(stderr(), "shadowpool: {error}");
            ExitCode::from(2)
        }
    }
}
