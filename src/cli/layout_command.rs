//! `shadowpool layout` as a command: its arguments, the file it reads, the letters it measures.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use super::layout::layout_json;
use super::render_options::read_size;
use super::{Failed, Status, cannot_run};
use crate::figure::{Weight, width_px};
use crate::store;

/// The size of the labels, px.
const LABEL_PX: f64 = 14.0;

#[derive(Args, Debug)]
pub struct LayoutCommand {
    /// A graph: {"nodes": [{"id", "name", "layer"}], "links": [{"source", "target", "value"}]}
    graph: PathBuf,
    /// Width and height in pixels
    #[arg(long, default_value = "1280x720", value_parser = read_size)]
    size: (f64, f64),
    /// An earlier layout to stay near, of this graph or one like it
    #[arg(long, value_name = "LAYOUT.json")]
    prev: Option<PathBuf>,
    /// How long it may search, in milliseconds; without it, as long as a first picture may
    #[arg(long, value_name = "MS")]
    budget: Option<u64>,
}

impl LayoutCommand {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<Status, Failed> {
        let graph = read_text(&self.graph)?;
        let previous = self.prev.as_deref().map(read_text).transpose()?;
        let measure = |text: &str| width_px(text, LABEL_PX, Weight::Regular);
        let layout = layout_json(&graph, previous.as_deref(), self.size, self.budget, &measure)
            .map_err(|error| cannot_run(format!("{}: {error}", self.graph.display())))?;
        writeln!(out, "{layout}")?;
        Ok(Status::Fine)
    }
}

fn read_text(path: &Path) -> Result<String, Failed> {
    let bytes = store::read_bytes(path).map_err(|error| cannot_run(error.to_string()))?;
    String::from_utf8(bytes)
        .map_err(|_| cannot_run(format!("{}: this is not text; a graph is a JSON file", path.display())))
}
