//! Small pictures for buttons, drawn as lines on a grid of 16 by 16.

use egui::epaint::{PathShape, PathStroke};
use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke};

/// What a small picture stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// One step back in the history of views.
    Back,
    /// Done, or right.
    Check,
    /// More below when open.
    ChevronDown,
    /// Less: the way back up.
    ChevronUp,
    /// Take away, or shut.
    Close,
    /// One step forward in the history of views.
    Forward,
    /// The view of all lines.
    Ledger,
    /// Dark colors.
    Moon,
    /// One more.
    Plus,
    /// The change undone last, again.
    Redo,
    /// Find.
    Search,
    /// Light colors.
    Sun,
    /// The figures behind the picture.
    Table,
    /// The last change, taken back.
    Undo,
    /// Worth a look.
    Warning,
}

/// Draws an icon in a square.
pub fn paint_icon(painter: &Painter, icon: Icon, rect: Rect, color: Color32) {
    let pen = Pen { painter, rect, color };
    match icon {
        Icon::Back => {
            pen.line(&[(7.0, 3.5), (2.5, 8.0), (7.0, 12.5)]);
            pen.line(&[(2.5, 8.0), (13.5, 8.0)]);
        }
        Icon::Forward => {
            pen.line(&[(9.0, 3.5), (13.5, 8.0), (9.0, 12.5)]);
            pen.line(&[(2.5, 8.0), (13.5, 8.0)]);
        }
        Icon::Check => pen.line(&[(3.0, 8.5), (6.5, 12.0), (13.0, 4.5)]),
        Icon::ChevronDown => pen.line(&[(3.5, 6.0), (8.0, 10.5), (12.5, 6.0)]),
        Icon::ChevronUp => pen.line(&[(3.5, 10.0), (8.0, 5.5), (12.5, 10.0)]),
        Icon::Close => {
            pen.line(&[(4.0, 4.0), (12.0, 12.0)]);
            pen.line(&[(12.0, 4.0), (4.0, 12.0)]);
        }
        Icon::Plus => {
            pen.line(&[(8.0, 3.0), (8.0, 13.0)]);
            pen.line(&[(3.0, 8.0), (13.0, 8.0)]);
        }
        Icon::Ledger | Icon::Table => {
            pen.rect((2.0, 3.0), (14.0, 13.0));
            pen.line(&[(2.0, 6.5), (14.0, 6.5)]);
            if icon == Icon::Table {
                pen.line(&[(2.0, 9.8), (14.0, 9.8)]);
                pen.line(&[(6.5, 6.5), (6.5, 13.0)]);
            } else {
                pen.line(&[(4.5, 9.8), (11.5, 9.8)]);
            }
        }
        Icon::Moon => {
            // Two circles through the same two points, the inner one cutting the outer one open.
            let outer = arc((7.6, 8.4), 5.8, 3.4, 266.6);
            let inner = arc((11.4, 4.6), 4.6, 205.6, 64.4);
            pen.closed(&[outer, inner].concat());
        }
        Icon::Undo => {
            pen.line(&[(5.5, 2.5), (2.5, 5.5), (5.5, 8.5)]);
            pen.line(&join(&[(2.5, 5.5), (9.5, 5.5)], &arc((9.5, 9.25), 3.75, -90.0, 90.0), &[(5.0, 13.0)]));
        }
        Icon::Redo => {
            pen.line(&[(10.5, 2.5), (13.5, 5.5), (10.5, 8.5)]);
            pen.line(&join(
                &[(13.5, 5.5), (6.5, 5.5)],
                &arc((6.5, 9.25), 3.75, -90.0, -270.0),
                &[(11.0, 13.0)],
            ));
        }
        Icon::Search => {
            pen.closed(&arc((7.0, 7.0), 4.5, 0.0, 360.0));
            pen.line(&[(10.3, 10.3), (14.0, 14.0)]);
        }
        Icon::Sun => {
            pen.closed(&arc((8.0, 8.0), 3.0, 0.0, 360.0));
            for i in 0..8 {
                let angle = i as f32 * 45.0;
                pen.line(&[on_circle((8.0, 8.0), 5.2, angle), on_circle((8.0, 8.0), 6.8, angle)]);
            }
        }
        Icon::Warning => {
            pen.closed(&[(8.0, 2.0), (15.0, 13.8), (1.0, 13.8)]);
            pen.line(&[(8.0, 6.3), (8.0, 9.6)]);
            pen.line(&[(8.0, 11.4), (8.0, 12.0)]);
        }
    }
}

type IconPoint = (f32, f32);

struct Pen<'a> {
    painter: &'a Painter,
    rect: Rect,
    color: Color32,
}

impl Pen<'_> {
    fn at(&self, (x, y): IconPoint) -> Pos2 {
        self.rect.min + self.rect.size() * egui::vec2(x / 16.0, y / 16.0)
    }

    fn stroke(&self) -> Stroke {
        Stroke::new((self.rect.width() / 16.0 * 1.4).max(1.2), self.color)
    }

    fn line(&self, points: &[IconPoint]) {
        let points = points.iter().map(|&point| self.at(point)).collect();
        self.painter.add(Shape::line(points, self.stroke()));
    }

    fn closed(&self, points: &[IconPoint]) {
        let points = points.iter().map(|&point| self.at(point)).collect();
        self.painter.add(PathShape::closed_line(points, PathStroke::from(self.stroke())));
    }

    fn rect(&self, from: IconPoint, to: IconPoint) {
        self.closed(&[from, (to.0, from.1), to, (from.0, to.1)]);
    }
}

fn on_circle(centre: IconPoint, radius: f32, degrees: f32) -> IconPoint {
    let (sin, cos) = degrees.to_radians().sin_cos();
    (centre.0 + radius * cos, centre.1 + radius * sin)
}

fn arc(centre: IconPoint, radius: f32, from: f32, to: f32) -> Vec<IconPoint> {
    (0..=20).map(|i| on_circle(centre, radius, from + (to - from) * i as f32 / 20.0)).collect()
}

fn join(start: &[IconPoint], middle: &[IconPoint], end: &[IconPoint]) -> Vec<IconPoint> {
    [start, middle, end].concat()
}

/// Where an icon's picture lies when it stands alone, for tests and menus.
#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;

    const ALL: [Icon; 15] = [
        Icon::Back,
        Icon::Check,
        Icon::ChevronDown,
        Icon::ChevronUp,
        Icon::Close,
        Icon::Forward,
        Icon::Ledger,
        Icon::Moon,
        Icon::Plus,
        Icon::Redo,
        Icon::Search,
        Icon::Sun,
        Icon::Table,
        Icon::Undo,
        Icon::Warning,
    ];

    #[test]
    fn every_icon_stays_within_its_square() {
        let context = egui::Context::default();
        let square = Rect::from_min_max(pos2(20.0, 20.0), pos2(36.0, 36.0));
        for icon in ALL {
            let output = context.run_ui(egui::RawInput::default(), |ui| {
                paint_icon(ui.painter(), icon, square, Color32::WHITE);
            });
            let shapes: Vec<_> =
                output.shapes.iter().map(|shape| shape.shape.visual_bounding_rect()).collect();
            assert!(!shapes.is_empty(), "{icon:?}");
            for bounds in shapes {
                assert!(square.expand(1.0).contains_rect(bounds), "{icon:?}: {bounds:?}");
            }
            drop_textures(output);
        }
    }

    fn drop_textures(mut output: egui::FullOutput) {
        output.textures_delta.clear();
    }
}
