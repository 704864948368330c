//! The window's lowest layer: what is painted, and what is said when nothing can be.

use std::process::Command;

use egui::{Color32, Context, Ui};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use image::Rgba;
use shadowpool::app::style::{self, Colors, Look, primary_button, tab};

use crate::support_renderer::PainterRenderer;

fn window<'a>(look: Look, scale: f32, show: impl FnMut(&mut Ui) + 'a) -> Harness<'a> {
    Harness::builder()
        .with_size([320.0, 120.0])
        .with_pixels_per_point(scale)
        .with_theme(look.theme())
        .with_context_setup(move |context: &Context| {
            style::install(context);
            style::set_look(context, look);
        })
        .renderer(PainterRenderer::default())
        .build_ui(show)
}

fn count(harness: &mut Harness<'_>, color: Color32) -> usize {
    let [r, g, b, a] = color.to_array();
    let picture = harness.render().expect("the painter needs nothing");
    picture.pixels().filter(|pixel| **pixel == Rgba([r, g, b, a])).count()
}

#[test]
fn every_look_is_painted_without_a_gpu() {
    for look in Look::ALL {
        let mut harness = window(look, 1.0, |ui| {
            ui.label("£182,400,318.20 in West Cheshire");
            primary_button(ui, "Add pool");
        });
        harness.run();
        let colors = look.colors();
        assert!(count(&mut harness, colors.panel) > 20_000, "{look:?}: the ground");
        assert!(count(&mut harness, colors.accent) > 1_000, "{look:?}: the button");
        assert!(count(&mut harness, colors.text) > 50, "{look:?}: the words");
    }
}

#[test]
fn a_picture_at_twice_the_scale_has_four_times_the_pixels() {
    let sizes = [1.0, 2.0].map(|scale| {
        let mut harness = window(Look::Light, scale, |ui| {
            primary_button(ui, "Add pool");
        });
        harness.run();
        count(&mut harness, Look::Light.colors().accent)
    });
    let ratio = sizes[1] as f32 / sizes[0] as f32;
    assert!((3.6..4.6).contains(&ratio), "{sizes:?}");
}

#[test]
fn the_chosen_tab_is_underlined_and_says_so() {
    let mut harness = Harness::builder()
        .with_size([320.0, 60.0])
        .with_theme(Look::Light.theme())
        .with_context_setup(style::install)
        .renderer(PainterRenderer::default())
        .build_ui_state(
            |ui, chosen: &mut &str| {
                ui.horizontal(|ui| {
                    for name in ["Flows", "Themes"] {
                        if tab(ui, name, *chosen == name).clicked() {
                            *chosen = name;
                        }
                    }
                    assert_eq!(Colors::of(ui).panel, Look::Light.colors().panel);
                });
            },
            "Flows",
        );
    harness.run();
    let before = harness.render().expect("the painter needs nothing");
    harness.get_by_label("Themes").click();
    harness.run();
    assert_eq!(*harness.state(), "Themes");
    assert_ne!(before, harness.render().expect("the painter needs nothing"));
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_display_one_line_says_what_works_without() {
    for display in [None, Some(":4095"), Some("nonsense")] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shadowpool"));
        command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").env_remove("WAYLAND_SOCKET");
        if let Some(display) = display {
            command.env("DISPLAY", display);
        }
        let output = command.output().expect("the program starts");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{display:?}: {said}");
        assert_eq!(said.lines().count(), 1, "{display:?}: {said}");
        assert!(said.contains("shadowpool render") && said.contains("shadowpool totals"), "{said}");
    }
}
