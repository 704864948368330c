//! How much two pictures of one thing differ: in all that is put on the ground, pixel by pixel, and in how far they
//! reach.

use std::fmt;

use shadowpool::export::Pixels;
use shadowpool::figure::Color;

/// How far apart two painters may be on one thing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tolerance {
    /// In all that lies on the ground together, as a share of it.
    pub(crate) ink: f64,
    /// A pixel is another one where it differs by more than this share of the thing's contrast with its ground.
    pub(crate) pixel: f64,
    /// So many of the pixels that are drawn on may be other ones, as a share.
    pub(crate) others: f64,
    /// In how far the thing reaches on any side, in pixels of the figure.
    pub(crate) reach: f64,
}

/// A part of a picture, from column and row up to column and row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cell {
    pub(crate) left: usize,
    pub(crate) top: usize,
    pub(crate) right: usize,
    pub(crate) bottom: usize,
}

impl Cell {
    fn width(&self) -> usize {
        self.right - self.left
    }
}

/// What lies on the ground in red, green and blue: how far a pixel is from it.
type Ink = [f32; 3];

/// One thing as it lies on its ground, its pixels row by row.
pub(crate) struct Drawn {
    pixels: Vec<Ink>,
    /// As through a soft glass: the mean of each pixel and its eight neighbours.
    ///
    /// The window puts level and upright sides, lines and letters on whole pixels, and each painter softens edges in
    /// its own way. What is left of that behind the glass is small, and what is missing or misplaced is not.
    soft: Vec<Ink>,
    width: usize,
}

impl Drawn {
    pub(crate) fn on(ground: Color, picture: &Pixels, cell: Cell) -> Self {
        let ground = [ground.r, ground.g, ground.b].map(f32::from);
        let row_bytes = picture.width as usize * 3;
        let mut pixels = Vec::with_capacity(cell.width() * (cell.bottom - cell.top));
        for y in cell.top..cell.bottom {
            let row = &picture.rgb[y * row_bytes + cell.left * 3..y * row_bytes + cell.right * 3];
            pixels.extend(
                row.chunks_exact(3)
                    .map(|rgb| [0, 1, 2].map(|channel| f32::from(rgb[channel]) - ground[channel])),
            );
        }
        let width = cell.width();
        let along_rows = blurred(&pixels, width, 1);
        Self { soft: blurred(&along_rows, width, width), pixels, width }
    }

    /// The strongest ink on it.
    fn contrast(&self) -> f32 {
        self.pixels.iter().map(largest).fold(0.0, f32::max)
    }

    /// The first and last column and row where more than a trace is seen behind the glass.
    fn reach(&self, trace: f32) -> Option<[usize; 4]> {
        let mut reach: Option<[usize; 4]> = None;
        for (at, _) in self.soft.iter().enumerate().filter(|(_, ink)| largest(ink) > trace) {
            let (x, y) = (at % self.width, at / self.width);
            let [left, top, right, bottom] = reach.unwrap_or([x, y, x, y]);
            reach = Some([left.min(x), top.min(y), right.max(x), bottom.max(y)]);
        }
        reach
    }
}

/// The mean of each pixel and those a step before and after it in the list; beyond a row's end lies the ground.
fn blurred(pixels: &[Ink], width: usize, step: usize) -> Vec<Ink> {
    let at = |index: Option<usize>, x: usize| {
        let pixel = index.and_then(|index| pixels.get(index).map(|pixel| (index, pixel)));
        let same_row_or_column = pixel.filter(|(index, _)| step > 1 || (index % width).abs_diff(x) <= 1);
        same_row_or_column.map_or([0.0; 3], |(_, pixel)| *pixel)
    };
    let mean = |index: usize| {
        let x = index % width;
        let three = [at(index.checked_sub(step), x), pixels[index], at(index.checked_add(step), x)];
        [0, 1, 2].map(|channel| three.iter().map(|pixel| pixel[channel]).sum::<f32>() / 3.0)
    };
    (0..pixels.len()).map(mean).collect()
}

fn largest(ink: &Ink) -> f32 {
    ink.iter().fold(0.0, |largest, channel| channel.abs().max(largest))
}

/// Levels of 255 that two painters may round a pixel apart.
const ROUNDING: f64 = 0.6;

/// How far two painters are apart on one thing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Difference {
    ink: f64,
    others: f64,
    reach: f64,
    /// Of the pixel that differs most, as a share of the contrast.
    worst: f64,
}

impl Difference {
    /// Between what is right and what is drawn, at so many pixels to each of the figure's.
    pub(crate) fn between(right: &Drawn, drawn: &Drawn, scale: u16, pixel: f64) -> Self {
        let contrast = right.contrast();
        if contrast < 2.0 {
            // Nothing is to be drawn.
            let ink = if drawn.contrast() < 2.0 { 0.0 } else { 1.0 };
            return Self { ink, others: ink, reach: 0.0, worst: ink };
        }
        let (mut more, mut all) = ([0.0_f64; 3], [0.0_f64; 3]);
        for (right, drawn) in right.pixels.iter().zip(&drawn.pixels) {
            for channel in 0..3 {
                more[channel] += f64::from(drawn[channel] - right[channel]);
                all[channel] += f64::from(right[channel].abs());
            }
        }
        let (mut drawn_on, mut others, mut worst) = (0.0, 0.0, 0.0_f64);
        for (right, drawn) in right.soft.iter().zip(&drawn.soft) {
            let apart = [0, 1, 2].map(|channel| drawn[channel] - right[channel]);
            let apart = f64::from(largest(&apart) / contrast);
            worst = worst.max(apart);
            others += if apart > pixel { 1.0 } else { 0.0 };
            drawn_on += if largest(right).max(largest(drawn)) > 0.1 * contrast { 1.0 } else { 0.0 };
        }
        let trace = 0.12 * contrast;
        let reach = match (right.reach(trace), drawn.reach(trace)) {
            (Some(right), Some(drawn)) => {
                right.iter().zip(drawn).map(|(right, drawn)| right.abs_diff(drawn)).max().unwrap_or(0)
            }
            (None, None) => 0,
            _ => usize::from(u16::MAX),
        };
        let most = |sums: [f64; 3]| sums.iter().fold(0.0, |most: f64, sum| sum.abs().max(most));
        // Each pixel is rounded to a whole level, which in something pale is much.
        let more = (most(more) - ROUNDING * drawn_on).max(0.0);
        Self {
            ink: more / most(all),
            others: others / drawn_on,
            reach: reach as f64 / f64::from(scale),
            worst,
        }
    }

    pub(crate) fn is_within(&self, tolerance: &Tolerance) -> bool {
        self.ink <= tolerance.ink && self.others <= tolerance.others && self.reach <= tolerance.reach
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [ink, others, worst] = [self.ink, self.others, self.worst].map(|share| share * 100.0);
        write!(
            f,
            "{ink:.1}% of the ink, {others:.1}% of the pixels (the worst {worst:.1}%), reaches {} px",
            self.reach
        )
    }
}

/// A black square on white, from one column and row to another.
fn square(from: usize, to: usize) -> Drawn {
    let side = 20;
    let inside = |at: usize| (from..to).contains(&(at % side)) && (from..to).contains(&(at / side));
    let rgb = (0..side * side).flat_map(|at| [if inside(at) { 0 } else { 255 }; 3]).collect();
    let picture = Pixels { width: side as u32, height: side as u32, rgb };
    Drawn::on(Color::WHITE, &picture, Cell { left: 0, top: 0, right: side, bottom: side })
}

#[test]
fn what_is_missing_and_what_reaches_further_is_found() {
    let same = Difference::between(&square(5, 15), &square(5, 15), 1, 0.4);
    assert_eq!((same.ink, same.others, same.reach, same.worst), (0.0, 0.0, 0.0, 0.0));
    let wider = Difference::between(&square(5, 15), &square(3, 17), 1, 0.4);
    assert_eq!(wider.reach, 2.0);
    assert!((wider.ink - 0.96).abs() < 0.01, "196 pixels for 100");
    assert!(wider.others > 0.2 && wider.worst > 0.6, "{wider}");
    let moved = Difference::between(&square(5, 15), &square(6, 16), 1, 0.4);
    assert_eq!((moved.ink, moved.reach), (0.0, 1.0));
}
