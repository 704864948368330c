//! A command, or the window.

use std::process::ExitCode;

use shadowpool::app::App;
use shadowpool::app::run::{NothingRemembered, Renderer, run};

fn main() -> ExitCode {
    let is_chosen = |name| std::env::args().any(|argument| argument == name);
    let renderer = if is_chosen("cpu") { Renderer::Cpu } else { Renderer::Auto };
    match run(renderer, NothingRemembered, App::new) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("shadowpool: {error}");
            ExitCode::from(2)
        }
    }
}
