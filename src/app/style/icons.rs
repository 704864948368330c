//! Small pictures for buttons, drawn as lines on a grid of 16 by 16.

use std::f32::consts::TAU;

use egui::epaint::{PathShape, PathStroke};
use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke};

/// What a small picture stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// One step back in the history of views.
    Back,
    /// Done, or right.
    Check,
    /// More to the side when closed.
    ChevronRight,
    /// More below when open.
    ChevronDown,
    /// Less: the way back up.
    ChevronUp,
    /// To the left.
    ChevronLeft,
    /// Take away, or shut.
    Close,
    /// A picture or table to a file.
    Export,
    /// Which lines are shown.
    Filter,
    /// All of the figure in view.
    Fit,
    /// The view of money flows.
    Flows,
    /// One step forward in the history of views.
    Forward,
    /// The view of all lines.
    Ledger,
    /// Dark colors.
    Moon,
    /// A file from the disk.
    Open,
    /// Held in place.
    Pin,
    /// One more.
    Plus,
    /// The view of the shadow pool.
    Pool,
    /// The change undone last, again.
    Redo,
    /// To the disk.
    Save,
    /// Find.
    Search,
    /// The view of scenes.
    Story,
    /// Light colors.
    Sun,
    /// The figures behind the picture.
    Table,
    /// The view of breakdowns by theme.
    Themes,
    /// The last change, taken back.
    Undo,
    /// Worth a look.
    Warning,
}

impl Icon {
    /// All of them, by name.
    pub const ALL: [Self; 27] = [
        Self::Back,
        Self::Check,
        Self::ChevronRight,
        Self::ChevronDown,
        Self::ChevronUp,
        Self::ChevronLeft,
        Self::Close,
        Self::Export,
        Self::Filter,
        Self::Fit,
        Self::Flows,
        Self::Forward,
        Self::Ledger,
        Self::Moon,
        Self::Open,
        Self::Pin,
        Self::Plus,
        Self::Pool,
        Self::Redo,
        Self::Save,
        Self::Search,
        Self::Story,
        Self::Sun,
        Self::Table,
        Self::Themes,
        Self::Undo,
        Self::Warning,
    ];
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
        Icon::ChevronRight => pen.line(&[(6.0, 3.5), (10.5, 8.0), (6.0, 12.5)]),
        Icon::ChevronLeft => pen.line(&[(10.0, 3.5), (5.5, 8.0), (10.0, 12.5)]),
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
        Icon::Export => {
            pen.line(&[(8.0, 10.0), (8.0, 2.0)]);
            pen.line(&[(4.8, 5.0), (8.0, 1.8), (11.2, 5.0)]);
            pen.line(&[(2.5, 9.5), (2.5, 13.5), (13.5, 13.5), (13.5, 9.5)]);
        }
        Icon::Filter => {
            pen.line(&[(2.0, 4.0), (14.0, 4.0)]);
            pen.line(&[(4.5, 8.0), (11.5, 8.0)]);
            pen.line(&[(6.5, 12.0), (9.5, 12.0)]);
        }
        Icon::Fit => {
            pen.line(&[(2.5, 6.0), (2.5, 2.5), (6.0, 2.5)]);
            pen.line(&[(10.0, 2.5), (13.5, 2.5), (13.5, 6.0)]);
            pen.line(&[(13.5, 10.0), (13.5, 13.5), (10.0, 13.5)]);
            pen.line(&[(6.0, 13.5), (2.5, 13.5), (2.5, 10.0)]);
        }
        Icon::Flows => {
            pen.curve((1.5, 3.5), (14.5, 6.0));
            pen.curve((1.5, 8.0), (14.5, 12.5));
            pen.curve((1.5, 12.5), (14.5, 6.0));
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
        Icon::Open => {
            let folder = [(2.0, 13.0), (2.0, 3.5), (6.3, 3.5), (7.8, 5.3), (13.0, 5.3), (13.0, 7.3)];
            pen.line(&folder);
            pen.closed(&[(2.0, 13.0), (4.5, 7.3), (15.0, 7.3), (12.6, 13.0)]);
        }
        Icon::Pin => {
            pen.line(&[(8.0, 10.0), (8.0, 14.5)]);
            pen.closed(&[(5.5, 2.0), (10.5, 2.0), (10.0, 6.5), (12.5, 10.0), (3.5, 10.0), (6.0, 6.5)]);
        }
        Icon::Pool => {
            for y in [5.0, 8.5, 12.0] {
                let wave: Vec<_> = (0..=24)
                    .map(|i| (1.5 + 13.0 * i as f32 / 24.0, y + 1.2 * (i as f32 / 24.0 * 2.0 * TAU).sin()))
                    .collect();
                pen.line(&wave);
            }
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
        Icon::Save => {
            pen.closed(&[(2.5, 2.5), (11.0, 2.5), (13.5, 5.0), (13.5, 13.5), (2.5, 13.5)]);
            pen.line(&[(5.0, 2.5), (5.0, 6.0), (10.0, 6.0), (10.0, 2.5)]);
            pen.line(&[(5.0, 13.5), (5.0, 9.0), (11.0, 9.0), (11.0, 13.5)]);
        }
        Icon::Search => {
            pen.closed(&arc((7.0, 7.0), 4.5, 0.0, 360.0));
            pen.line(&[(10.3, 10.3), (14.0, 14.0)]);
        }
        Icon::Story => {
            pen.rect((2.0, 3.0), (14.0, 11.0));
            pen.line(&[(8.0, 11.0), (8.0, 14.0)]);
            pen.line(&[(5.0, 14.0), (11.0, 14.0)]);
        }
        Icon::Sun => {
            pen.closed(&arc((8.0, 8.0), 3.0, 0.0, 360.0));
            for i in 0..8 {
                let angle = i as f32 * 45.0;
                pen.line(&[on_circle((8.0, 8.0), 5.2, angle), on_circle((8.0, 8.0), 6.8, angle)]);
            }
        }
        Icon::Themes => {
            for (y, length, part) in [(3.5, 12.0, 7.0), (8.0, 9.0, 4.0), (12.5, 6.0, 3.5)] {
                pen.line(&[(2.0, y - 1.3), (2.0, y + 1.3)]);
                pen.block((2.0, y - 1.3), (2.0 + part, y + 1.3));
                pen.rect((2.0, y - 1.3), (2.0 + length, y + 1.3));
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

    fn block(&self, from: IconPoint, to: IconPoint) {
        self.painter.rect_filled(Rect::from_two_pos(self.at(from), self.at(to)), 0, self.color);
    }

    /// A flow from left to right, level at both ends.
    fn curve(&self, from: IconPoint, to: IconPoint) {
        let points: Vec<IconPoint> = (0..=16)
            .map(|i| i as f32 / 16.0)
            .map(|t| (from.0 + (to.0 - from.0) * t, from.1 + (to.1 - from.1) * t * t * (3.0 - 2.0 * t)))
            .collect();
        self.line(&points);
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

    #[test]
    fn every_icon_stays_within_its_square() {
        let context = egui::Context::default();
        let square = Rect::from_min_max(pos2(20.0, 20.0), pos2(36.0, 36.0));
        for icon in Icon::ALL {
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
