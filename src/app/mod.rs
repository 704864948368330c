//! The window.

pub mod cpu_painter;
pub mod run;
pub mod style;

use egui::{CentralPanel, Context, Ui};

/// Holds the place of the app until its views are there.
#[derive(Debug, Default)]
pub struct App;

impl App {
    /// An app for the window of `context`.
    pub fn new(context: &Context) -> Self {
        style::install(context);
        Self
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        CentralPanel::default().show(ui, |ui| ui.heading("Shadowpool"));
    }
}
