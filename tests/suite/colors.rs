//! Colours as everybody sees them: bands of a picture differ by at least six in CIEDE2000 in normal sight and without
//! red, green or blue cones; a name keeps its hue in every scheme; nodes and words keep their contrast, which is grey.

use std::collections::BTreeSet;
use std::f64::consts::TAU;

use shadowpool::dimension::Dimension;
use shadowpool::figure::{CATEGORIES, Color, Figure, HatchKind, Palette, Scheme, Shape, on_fill};
use shadowpool::scene::flows_picture;

use crate::sample_data::samples;

/// How a picture may be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sight {
    Normal,
    NoRedCones,
    NoGreenCones,
    NoBlueCones,
    Gray,
}

use Sight::{Gray, NoBlueCones, NoGreenCones, NoRedCones, Normal};

const IN_COLOR: [Sight; 4] = [Normal, NoRedCones, NoGreenCones, NoBlueCones];

type Lab = [f64; 3];

fn linear(color: Color) -> [f64; 3] {
    [color.r, color.g, color.b].map(|channel| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    })
}

fn times(matrix: [[f64; 3]; 3], rgb: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row[0] * rgb[0] + row[1] * rgb[1] + row[2] * rgb[2])
}

impl Sight {
    /// What is seen, as linear light.
    ///
    /// G. M. Machado, M. M. Oliveira, L. A. F. Fernandes: A Physiologically-based Model for Simulation of Color Vision
    /// Deficiency, IEEE Transactions on Visualization and Computer Graphics 15(6), 2009; severity 1.0.
    fn sees(self, color: Color) -> [f64; 3] {
        let rgb = linear(color);
        let seen = match self {
            Normal => rgb,
            NoRedCones => times(
                [
                    [0.152_286, 1.052_583, -0.204_868],
                    [0.114_503, 0.786_281, 0.099_216],
                    [-0.003_882, -0.048_116, 1.051_998],
                ],
                rgb,
            ),
            NoGreenCones => times(
                [
                    [0.367_322, 0.860_646, -0.227_968],
                    [0.280_085, 0.672_501, 0.047_413],
                    [-0.011_820, 0.042_940, 0.968_881],
                ],
                rgb,
            ),
            NoBlueCones => times(
                [
                    [1.255_528, -0.076_749, -0.178_779],
                    [-0.078_411, 0.930_809, 0.147_602],
                    [0.004_733, 0.691_367, 0.303_900],
                ],
                rgb,
            ),
            Gray => [color.luminance(); 3],
        };
        seen.map(|channel| channel.clamp(0.0, 1.0))
    }

    /// The same in CIELAB, under D65.
    fn lab(self, color: Color) -> Lab {
        let xyz = times(
            [
                [0.412_456_4, 0.357_576_1, 0.180_437_5],
                [0.212_672_9, 0.715_152_2, 0.072_175_0],
                [0.019_333_9, 0.119_192_0, 0.950_304_1],
            ],
            self.sees(color),
        );
        let [x, y, z] = [xyz[0] / 0.950_47, xyz[1], xyz[2] / 1.088_83]
            .map(|share: f64| if share > 0.008_856 { share.cbrt() } else { 7.787 * share + 16.0 / 116.0 });
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    fn between(self, one: Color, other: Color) -> f64 {
        ciede2000(self.lab(one), self.lab(other))
    }
}

/// The difference of two colors.
///
/// G. Sharma, W. Wu, E. N. Dalal: The CIEDE2000 Color-Difference Formula: Implementation Notes, Supplementary Test Data,
/// and Mathematical Observations, Color Research and Application 30(1), 2005.
fn ciede2000([l1, a1, b1]: Lab, [l2, a2, b2]: Lab) -> f64 {
    let seventh = |chroma: f64| {
        let power = chroma.powi(7);
        (power / (power + 25_f64.powi(7))).sqrt()
    };
    let stretch = 1.0 + 0.5 * (1.0 - seventh(f64::midpoint(a1.hypot(b1), a2.hypot(b2))));
    let (a1, a2) = (a1 * stretch, a2 * stretch);
    let (c1, c2) = (a1.hypot(b1), a2.hypot(b2));
    let hue = |a: f64, b: f64| if a == 0.0 && b == 0.0 { 0.0 } else { b.atan2(a).rem_euclid(TAU) };
    let (h1, h2) = (hue(a1, b1), hue(a2, b2));
    let is_gray = c1 * c2 == 0.0;
    let turn = match h2 - h1 {
        _ if is_gray => 0.0,
        turn if turn > TAU / 2.0 => turn - TAU,
        turn if turn < -TAU / 2.0 => turn + TAU,
        turn => turn,
    };
    let hue = match h1 + h2 {
        sum if is_gray => sum,
        sum if (h1 - h2).abs() <= TAU / 2.0 => sum / 2.0,
        sum if sum < TAU => f64::midpoint(sum, TAU),
        sum => (sum - TAU) / 2.0,
    };
    let (lightness, chroma) = (f64::midpoint(l1, l2), f64::midpoint(c1, c2));
    let degrees = |of: f64| of.to_radians();
    let t = 1.0 - 0.17 * (hue - degrees(30.0)).cos()
        + 0.24 * (2.0 * hue).cos()
        + 0.32 * (3.0 * hue + degrees(6.0)).cos()
        - 0.20 * (4.0 * hue - degrees(63.0)).cos();
    let off = (lightness - 50.0).powi(2);
    let for_lightness = (l2 - l1) / (1.0 + 0.015 * off / (20.0 + off).sqrt());
    let for_chroma = (c2 - c1) / (1.0 + 0.045 * chroma);
    let for_hue = 2.0 * (c1 * c2).sqrt() * (turn / 2.0).sin() / (1.0 + 0.015 * chroma * t);
    let blue = degrees(30.0) * (-((hue.to_degrees() - 275.0) / 25.0).powi(2)).exp();
    let rotation = -(2.0 * blue).sin() * 2.0 * seventh(chroma);
    (for_lightness.powi(2) + for_chroma.powi(2) + for_hue.powi(2) + rotation * for_chroma * for_hue).sqrt()
}

#[test]
fn the_formula_is_the_published_one() {
    for (one, other, difference) in [
        ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
        ([50.0, -1.3802, -84.2814], [50.0, 0.0, -82.7485], 1.0),
        ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
        ([50.0, 2.5, 0.0], [50.0, 0.0, -2.5], 4.3065),
        ([2.0776, 0.0795, -1.1350], [0.9033, -0.0636, -0.5514], 0.9082),
        ([90.8027, -2.0831, 1.4410], [91.1528, -1.6435, 0.0447], 1.4441),
    ] {
        let found = ciede2000(one, other);
        assert!((found - difference).abs() < 1e-4, "{one:?} {other:?}: {found} and not {difference}");
    }
}

/// The colors of the bands of a picture that is colored by categories: those that have a hue, the rest, and a pool's.
fn bands(scheme: Scheme) -> Vec<Color> {
    let hues = (0..CATEGORIES).map(|index| scheme.category_band(index));
    hues.chain([scheme.rest_band(), scheme.pool_band()]).collect()
}

/// The same where it is colored by stage.
fn stage_bands(scheme: Scheme) -> Vec<Color> {
    let steps = (0..3).map(|index| scheme.sequence_band(index));
    steps.chain([scheme.rest_band(), scheme.pool_band()]).collect()
}

fn nodes(scheme: Scheme) -> Vec<Color> {
    (0..CATEGORIES).map(|index| scheme.category(index)).collect()
}

/// Two of some colors that are seen nearest to each other, how near, and by whom.
fn nearest(colors: &[Color], is_given: impl Fn(usize, usize) -> bool) -> (f64, Color, Color, Sight) {
    let mut found = (f64::MAX, Color::BLACK, Color::BLACK, Normal);
    for (at, &one) in colors.iter().enumerate() {
        for (before, &other) in colors[..at].iter().enumerate() {
            for sight in IN_COLOR {
                let difference = sight.between(one, other);
                if difference < found.0 && !is_given(before, at) {
                    found = (difference, other, one, sight);
                }
            }
        }
    }
    found
}

#[test]
fn any_two_bands_are_told_apart_by_everybody() {
    for scheme in Scheme::ALL {
        for colors in [bands(scheme), stage_bands(scheme)] {
            let (difference, one, other, sight) = nearest(&colors, |_, _| false);
            assert!(difference >= 6.0, "{scheme:?}: {one} and {other} differ by {difference:.2}, {sight:?}");
        }
    }
}

#[test]
fn any_two_nodes_are_told_apart_by_everybody() {
    for scheme in Scheme::ALL {
        let mut colors = nodes(scheme);
        colors.push(scheme.neutral());
        // Dark pink and dark grey of the Government Analysis Function's six, which are given: 4.9 without green cones.
        let is_given = |one, other| scheme == Scheme::Light && (one, other) == (2, 4);
        let (difference, one, other, sight) = nearest(&colors, is_given);
        assert!(difference >= 6.0, "{scheme:?}: {one} and {other} differ by {difference:.2}, {sight:?}");
        let steps = (0..3).map(|index| scheme.sequence(index));
        let steps: Vec<Color> = steps.chain([scheme.neutral(), scheme.muted()]).collect();
        let (difference, one, other, sight) = nearest(&steps, |_, _| false);
        assert!(difference >= 6.0, "{scheme:?}: {one} and {other} differ by {difference:.2}, {sight:?}");
    }
}

#[test]
fn neighbours_are_told_apart_in_gray() {
    for scheme in Scheme::ALL {
        for index in 0..CATEGORIES {
            let next = (index + 1) % CATEGORIES;
            let (one, other) = (scheme.category(index), scheme.category(next));
            assert!(one.contrast(other) >= 3.0, "{scheme:?}: {one} beside {other}");
            let (one, other) = (scheme.category_band(index), scheme.category_band(next));
            let difference = Gray.between(one, other);
            // Pink and orange, whose tints are given, differ by 3.0.
            let least = if scheme == Scheme::Light && index == 2 { 2.9 } else { 5.0 };
            assert!(difference >= least, "{scheme:?}: {one} and {other} differ by {difference:.2} in grey");
        }
        for index in 0..2 {
            for step in [Scheme::sequence, Scheme::sequence_band] {
                let difference = Gray.between(step(scheme, index), step(scheme, index + 1));
                assert!(difference >= 6.0, "{scheme:?}, step {index}: {difference:.2} in grey");
            }
        }
    }
}

/// The angle of a color's hue; none where it is all but grey.
fn hue(color: Color) -> Option<f64> {
    let [_, a, b] = Normal.lab(color);
    (a.hypot(b) > 6.0).then(|| b.atan2(a).to_degrees())
}

fn turned(one: f64, other: f64) -> f64 {
    let turn = (one - other).rem_euclid(360.0);
    turn.min(360.0 - turn)
}

#[test]
fn a_name_keeps_its_hue_in_every_scheme_as_a_node_and_as_a_band() {
    let same = |what: &str, colors: Vec<Color>, most: f64| {
        let hues: Vec<f64> = colors.iter().filter_map(|color| hue(*color)).collect();
        assert!(hues.is_empty() || hues.len() == colors.len(), "{what} is grey in some: {colors:?}");
        for &one in &hues {
            assert!(hues.iter().all(|&other| turned(one, other) <= most), "{what}: {hues:.0?}");
        }
    };
    let of = |color: &dyn Fn(Scheme) -> Vec<Color>| Scheme::ALL.into_iter().flat_map(color).collect();
    for index in 0..CATEGORIES {
        let both = |scheme: Scheme| vec![scheme.category(index), scheme.category_band(index)];
        same(&format!("category {index}"), of(&both), 32.0);
        same(&format!("node {index}"), of(&|scheme| vec![scheme.category(index)]), 25.0);
    }
    same("the pool", of(&|scheme| vec![scheme.pool(), scheme.pool_band()]), 20.0);
    let steps =
        |scheme: Scheme| (0..3).flat_map(|at| [scheme.sequence(at), scheme.sequence_band(at)]).collect();
    same("the steps of an order", of(&steps), 20.0);
    same("less", of(&|scheme| vec![scheme.less()]), 20.0);
    same("more", of(&|scheme| vec![scheme.more()]), 25.0);
}

#[test]
fn nodes_and_words_stand_out() {
    for scheme in Scheme::ALL {
        let (ground, ink) = (scheme.ground(), scheme.ink());
        let steps = (0..3).map(|index| scheme.sequence(index));
        let marks = [scheme.pool(), scheme.neutral(), scheme.more(), scheme.less(), scheme.faint_ink()];
        for color in nodes(scheme).into_iter().chain(steps).chain(marks) {
            assert!(color.contrast(ground) >= 3.0, "{color} on the ground of {scheme:?}");
            assert!(on_fill(color).contrast(color) >= 4.5, "words on {color}");
        }
        for color in bands(scheme).into_iter().chain(stage_bands(scheme)) {
            assert!(color.contrast(ink) >= 4.5, "words on the band {color} of {scheme:?}");
            let hatched = scheme.hatch_on(HatchKind::Estimated, color).color;
            assert!(hatched.contrast(color) >= 1.3, "{hatched} on {color} of {scheme:?}");
            // What has no hue has a line around it.
            assert!(color == scheme.rest_band() || color.contrast(ground) >= 1.2, "{color} in {scheme:?}");
        }
    }
}

#[test]
fn names_beyond_those_that_have_a_hue_are_the_rest() {
    let scheme = Scheme::Light;
    assert_eq!(scheme.category(CATEGORIES), scheme.neutral());
    assert_eq!(scheme.category_band(CATEGORIES), scheme.rest_band());
}

/// The fills of all bands.
fn fills(figure: &Figure) -> BTreeSet<Color> {
    let ribbons = figure.marks.iter().filter(|mark| matches!(mark.shape, Shape::Ribbon(_)));
    ribbons
        .map(|mark| {
            assert!((mark.paint.opacity - 1.0).abs() < f32::EPSILON, "a band is solid: {}", mark.tooltip);
            mark.paint.fill
        })
        .collect()
}

#[test]
fn bands_of_every_sample_are_solid_and_told_apart_by_everybody() {
    for (name, place) in samples() {
        for scheme in Scheme::ALL {
            let found = fills(&flows_picture(&place, scheme, (1280.0, 720.0)));
            let found: Vec<Color> = found.into_iter().filter(|color| *color != scheme.ground()).collect();
            let (difference, one, other, sight) = nearest(&found, |_, _| false);
            assert!(difference >= 6.0, "{name}, {scheme:?}: {one}, {other}: {difference:.2}, {sight:?}");
        }
    }
}

#[test]
fn a_node_of_another_layer_than_the_colored_one_is_slate() {
    for (name, place) in samples() {
        let scheme = Scheme::Light;
        let figure = flows_picture(&place, scheme, (1280.0, 720.0));
        let palette = Palette::new(&place.ledger, Dimension::Theme, scheme);
        let hues: BTreeSet<Color> = nodes(scheme).into_iter().collect();
        let funders: BTreeSet<&str> =
            place.ledger.names(Dimension::Funder).iter().map(|(_, name)| name).collect();
        for mark in &figure.marks {
            let of_funder = mark.tooltip.split(": ").next().is_some_and(|word| funders.contains(word));
            let is_theme =
                mark.tooltip.split(": ").next().is_some_and(|word| palette.color(word) != scheme.neutral());
            if matches!(mark.shape, Shape::Bar(_)) && of_funder && !is_theme {
                assert!(!hues.contains(&mark.paint.fill), "{name}: {}", mark.tooltip);
            }
        }
    }
}

#[test]
fn every_hatch_that_is_shown_has_a_swatch_and_where_one_covers_all_a_stamp() {
    let mut stamped = 0;
    for (name, place) in samples() {
        let figure = flows_picture(&place, Scheme::Light, (1280.0, 720.0));
        let hatched = |is_swatch: bool| -> BTreeSet<HatchKind> {
            let marks = figure.marks.iter().filter(|mark| mark.target.is_none() == is_swatch);
            let hatches = marks.filter_map(|mark| Some((mark.paint.hatch?, &mark.shape)));
            hatches.filter(|(hatch, on)| !hatch.lines(on).is_empty()).map(|(hatch, _)| hatch.kind).collect()
        };
        assert!(hatched(false).is_subset(&hatched(true)), "{name}: {:?} {:?}", hatched(false), hatched(true));
        let is_stamped = figure
            .marks
            .iter()
            .any(|mark| matches!(&mark.shape, Shape::Label(text) if text.content.ends_with(" of it")));
        let is_band = |shape: &Shape| matches!(shape, Shape::Ribbon(_));
        let has_lines = figure.marks.iter().any(|mark| is_band(&mark.shape) && mark.paint.hatch.is_some());
        assert!(!is_stamped || !has_lines, "{name} is stamped, and its bands are hatched");
        stamped += usize::from(is_stamped);
    }
    assert!(stamped > 0, "a sample is illustrative throughout");
}
