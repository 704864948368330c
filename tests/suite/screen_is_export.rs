//! What the window shows is the picture that it exports: the same words, bars, lines and dots in the same places and
//! colors, and pixels that look alike from a little way off.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use egui::{Color32, ColorImage, Event, Key, Modifiers, Pos2, Rect, Shape, Vec2, pos2, vec2};
use egui_kittest::kittest::Queryable as _;
use image::RgbaImage;
use resvg::usvg::roxmltree::{Document, Node};
use shadowpool::figure::Frame;
use shadowpool::place::{Command, Compared, Comparison, Place, Screen, write_place};

use super::support_window::{CTRL, Window, folder};
use crate::sample_data::sample;

/// A mark as a screen or a file has it.
#[derive(Clone, Debug)]
struct Seen {
    /// What it is, and what it says where it is words.
    what: String,
    /// Where it is and how large, in pixels of the figure; what a file does not say is not a number.
    at: Vec<f32>,
    color: Color32,
    edge: Option<Color32>,
}

/// How far two marks that are the same may lie apart, in pixels of the figure: files round to a hundredth.
const APART_PX: f32 = 0.05;

/// How far apart channels of one color may be: files round opacity to a hundredth, of 255.
const OFF: i32 = 3;

impl Seen {
    fn is(&self, other: &Self) -> bool {
        let is_near = |(a, b): (&f32, &f32)| a.is_nan() || b.is_nan() || (a - b).abs() <= APART_PX;
        let same_edge = match (self.edge, other.edge) {
            (Some(edge), Some(other)) => is_like(edge, other, OFF),
            (edge, other) => edge.is_none() && other.is_none(),
        };
        self.what == other.what
            && self.at.len() == other.at.len()
            && self.at.iter().zip(&other.at).all(is_near)
            && is_like(self.color, other.color, OFF)
            && same_edge
    }
}

fn is_like(a: Color32, b: Color32, off: i32) -> bool {
    a.to_array().into_iter().zip(b.to_array()).all(|(a, b)| (i32::from(a) - i32::from(b)).abs() <= off)
}

// --- the window ------------------------------------------------------------------------------------------------------

/// The window with a place open.
fn window(place: &Place) -> Window {
    let folder = folder();
    let path = folder.path().join("place.ron");
    fs::write(&path, write_place(place)).unwrap();
    let mut window = Window::open(&[path]);
    let name = place.name.clone();
    window.wait_until("the place is open", move |app| app.history().place().name == name);
    window
}

/// West Cheshire on a screen with one of its scenarios shown, and compared with the place as it is or not.
fn west_cheshire(screen: Screen, scenario: usize, compared: Option<Compared>) -> Place {
    let mut place = sample("west-cheshire.ron");
    let name = place.scenarios[scenario].name.clone();
    Command::ShowScenario(Some(name)).apply(&mut place).unwrap();
    if let Some(shows) = compared {
        Command::Compare(Some(Comparison { with: None, shows })).apply(&mut place).unwrap();
    }
    Arc::make_mut(&mut place.view).screen = screen;
    place
}

/// Exports what is shown as SVG, as a person does.
fn exported_svg(window: &mut Window) -> String {
    let folder = folder();
    let path = folder.path().join("picture.svg");
    window.press(CTRL, Key::K);
    window.type_into("Find an action", "Export as SVG…");
    window.press(Modifiers::NONE, Key::Enter);
    window.type_into("Path of the file", &path.display().to_string());
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for("Exported");
    // What is told at the foot takes room from the picture until it is closed.
    window.press(Modifiers::NONE, Key::Escape);
    fs::read_to_string(&path).unwrap()
}

/// What the window has of its own on a picture, by the names of its controls.
const OWN: [&str; 1] = ["Add a layer"];

fn own_rects(window: &Window) -> Vec<Rect> {
    let named = OWN.iter().flat_map(|name| window.harness.query_all_by_label(name));
    named.map(|node| node.rect().expand(2.0)).collect()
}

// --- the checks ------------------------------------------------------------------------------------------------------

/// What is shown is what is exported, as SVG and as the picture that is copied.
#[track_caller]
fn check(window: &mut Window, what: &str) {
    // What is on its way is neither what was nor what will be.
    window.harness.ctx.all_styles_mut(|style| style.animation_time = 0.0);
    let mut found = differences(window, what);
    // A better layout of the flows may have been found between the two. It comes once.
    if !found.is_empty() {
        found = differences(window, what);
    }
    let (count, first) = (found.len(), found.iter().take(12).cloned().collect::<Vec<_>>().join("\n"));
    assert!(found.is_empty(), "{what}: {count} differences between screen and export\n{first}");
}

fn differences(window: &mut Window, what: &str) -> Vec<String> {
    let svg = exported_svg(window);
    let document = Document::parse(&svg).unwrap();
    let place = place_in_frame(&document);
    let (corner, size) = (place.min, place.size());
    let in_frame = |seen: &Seen| seen.at[if is_words(seen) { 3 } else { 1 }];
    let exported: Vec<Seen> = marks_of_svg(&document)
        .into_iter()
        .filter(|seen| place.y_range().expand(1.0).contains(in_frame(seen)))
        .map(|seen| moved(&seen, -corner.to_vec2()))
        .collect();

    // One frame copies the picture and is looked at.
    window.harness.event(Event::Copy);
    window.harness.step();
    let picture = window.pictures.borrow_mut().pop().expect("a picture is copied");
    let screen = window.harness.render().unwrap();
    let own = own_rects(window);
    let mut shown = Vec::new();
    for clipped in &window.harness.output().shapes {
        gather(&clipped.shape, &own, &mut shown);
    }
    window.press(Modifiers::NONE, Key::Escape);

    let Some(origin) = origin(&shown, &exported) else {
        return vec!["no word that is exported stands on the screen".to_owned()];
    };
    let mut found = unlike_marks(&shown, &exported, origin, size);
    let own: Vec<Rect> = own.iter().map(|rect| rect.translate(-origin.to_vec2())).collect();
    found.extend(unlike_pixels(&screen, origin, &picture, place, &own, what));
    found
}

/// Where the picture that is on screen lies in the exported one, which has its title above and its small print below.
fn place_in_frame(document: &Document<'_>) -> Rect {
    let root = document.root_element();
    let said = |id: &str| {
        let node = document.descendants().find(|node| node.attribute("id") == Some(id));
        node.and_then(|node| node.text()).unwrap_or_default().to_owned()
    };
    let notes: Vec<String> =
        said("desc").lines().take_while(|line| !line.is_empty()).map(str::to_owned).collect();
    let [width, height] = ["width", "height"].map(|name| f64::from(value(root, name)));
    let place = Frame::new(width, height, &said("title"), &notes).place();
    Rect::from_min_max(pos2(place.x0 as f32, place.y0 as f32), pos2(place.x1 as f32, place.y1 as f32))
}

/// Where the picture lies on the screen: where most of its words say that it does.
fn origin(shown: &[Seen], exported: &[Seen]) -> Option<Pos2> {
    let mut votes: BTreeMap<(i64, i64), (usize, Pos2)> = BTreeMap::new();
    for word in exported.iter().filter(|seen| is_words(seen)) {
        for other in shown.iter().filter(|other| other.what == word.what) {
            let way = |index: usize| Some(other.at[index] - word.at[index]).filter(|way| !way.is_nan());
            let Some(x) = (0..3).find_map(way) else { continue };
            let at = pos2(x, other.at[3] - word.at[3]);
            let key = ((at.x * 4.0).round() as i64, (at.y * 4.0).round() as i64);
            votes.entry(key).or_insert((0, at)).0 += 1;
        }
    }
    votes.into_values().max_by_key(|(votes, _)| *votes).map(|(_, at)| at)
}

fn is_words(seen: &Seen) -> bool {
    seen.what.starts_with("words")
}

/// What is on the screen alone within the picture, or in the file alone.
fn unlike_marks(shown: &[Seen], exported: &[Seen], origin: Pos2, size: Vec2) -> Vec<String> {
    let picture = Rect::from_min_size(Pos2::ZERO, size).expand(1.0);
    let mut shown: Vec<Seen> = shown
        .iter()
        .map(|seen| moved(seen, -origin.to_vec2()))
        .filter(|seen| picture.contains_rect(bounds(seen)))
        .collect();
    let mut found = Vec::new();
    for mark in exported {
        match shown.iter().position(|seen| seen.is(mark)) {
            Some(index) => drop(shown.swap_remove(index)),
            None => found.push(format!("only exported: {}", told(mark))),
        }
    }
    found.extend(shown.iter().map(|seen| format!("only on screen: {}", told(seen))));
    found
}

fn told(seen: &Seen) -> String {
    let Seen { what, at, color, edge } = seen;
    let edge = edge.map_or_else(String::new, |edge| format!(", edge {edge:?}"));
    format!("{what} at {at:?}, {color:?}{edge}")
}

/// Words have their left end, middle, right end, baseline and size; a dot its centre and radius; all else has points.
fn moved(seen: &Seen, way: Vec2) -> Seen {
    let mut seen = seen.clone();
    let (is_words, is_dot) = (is_words(&seen), seen.what == "dot");
    for (index, value) in seen.at.iter_mut().enumerate() {
        *value += match index {
            0..3 if is_words => way.x,
            3 if is_words => way.y,
            _ if is_words => 0.0,
            2 if is_dot => 0.0,
            index => way[index % 2],
        };
    }
    seen
}

fn bounds(seen: &Seen) -> Rect {
    if is_words(seen) {
        return Rect::from_min_max(pos2(seen.at[0], seen.at[3]), pos2(seen.at[2], seen.at[3]));
    }
    // A dot's radius is beyond the last pair.
    Rect::from_points(&seen.at.chunks_exact(2).map(|point| pos2(point[0], point[1])).collect::<Vec<_>>())
}

// --- what a file has -------------------------------------------------------------------------------------------------

/// Words, bars, lines and dots of an exported picture. Bands and hatches are left to the pixels.
fn marks_of_svg(document: &Document<'_>) -> Vec<Seen> {
    let ground = document.root_element().children().find(|node| node.has_tag_name("rect"));
    document.descendants().filter(|node| Some(*node) != ground).filter_map(mark_of_svg).collect()
}

fn mark_of_svg(node: Node<'_, '_>) -> Option<Seen> {
    let numbers = |names: &[&str]| names.iter().map(|name| value(node, name)).collect();
    let fill = || color(node, "fill", "fill-opacity");
    let edge = || node.has_attribute("stroke").then(|| color(node, "stroke", "stroke-opacity"));
    match node.tag_name().name() {
        "rect" => {
            let [x, y, width, height] = ["x", "y", "width", "height"].map(|name| value(node, name));
            Some(Seen {
                what: "bar".to_owned(),
                at: vec![x, y, x + width, y + height],
                color: fill(),
                edge: edge(),
            })
        }
        "circle" => Some(Seen {
            what: "dot".to_owned(),
            at: numbers(&["cx", "cy", "r"]),
            color: fill(),
            edge: edge(),
        }),
        // The rim of words is not read aloud.
        "text" if !node.has_attribute("aria-hidden") => {
            let content = node.children().filter_map(|child| child.is_text().then(|| child.text()).flatten());
            let (x, any) = (value(node, "x"), f32::NAN);
            let [left, middle, right] = match node.attribute("text-anchor") {
                Some("middle") => [any, x, any],
                Some("end") => [any, any, x],
                _ => [x, any, any],
            };
            let at = vec![left, middle, right, value(node, "y"), value(node, "font-size")];
            Some(Seen {
                what: format!("words {:?}", content.collect::<String>()),
                at,
                color: fill(),
                edge: None,
            })
        }
        "path" if is_line(node) => {
            let points = node.attribute("d")?.split(['M', 'L', ' ']).filter(|part| !part.is_empty());
            let at = points.map(|number| number.parse().unwrap()).collect();
            let color = color(node, "stroke", "stroke-opacity");
            Some(Seen { what: "line".to_owned(), at, color, edge: None })
        }
        _ => None,
    }
}

/// Whether a path is a line or leads from words to what they name; a hatch lies in a group with what it is on.
fn is_line(node: Node<'_, '_>) -> bool {
    let is_in_group = node.parent().is_some_and(|parent| parent.has_tag_name("g"));
    let leads_from_words = node.next_siblings().any(|node| node.has_tag_name("text"));
    node.attribute("fill") == Some("none") && (!is_in_group || leads_from_words)
}

fn value(node: Node<'_, '_>, name: &str) -> f32 {
    node.attribute(name).and_then(|value| value.parse().ok()).unwrap_or_default()
}

fn color(node: Node<'_, '_>, name: &str, opacity: &str) -> Color32 {
    let hex = node.attribute(name).and_then(|color| color.strip_prefix('#')).unwrap_or_default();
    let rgb = u32::from_str_radix(hex, 16).unwrap_or_else(|_| panic!("{hex:?} is no color: {node:?}"));
    let opacity: f32 = node.attribute(opacity).map_or(1.0, |opacity| opacity.parse().unwrap());
    let [_, r, g, b] = rgb.to_be_bytes();
    Color32::from_rgba_unmultiplied(r, g, b, (opacity * 255.0).round() as u8)
}

// --- what a screen has -----------------------------------------------------------------------------------------------

/// Takes in the words, bars, lines and dots of what is painted, but for the window's own.
fn gather(shape: &Shape, own: &[Rect], seen: &mut Vec<Seen>) {
    let is_own = |at: Pos2| own.iter().any(|rect| rect.contains(at));
    match shape {
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| gather(shape, own, seen)),
        // The rim of words is the same words in a color of its own.
        Shape::Text(text)
            if text.override_text_color.is_none() && !is_own(text.visual_bounding_rect().center()) =>
        {
            let (Some(row), Some(section)) = (text.galley.rows.first(), text.galley.job.sections.first())
            else {
                return;
            };
            let baseline = text.pos.y + row.pos.y + row.glyphs.first().map_or(0.0, |glyph| glyph.pos.y);
            let (left, width) = (text.pos.x, text.galley.size().x);
            let at = vec![left, left + width / 2.0, left + width, baseline, section.format.font_id.size];
            let what = format!("words {:?}", text.galley.text());
            seen.push(Seen { what, at, color: section.format.color, edge: None });
        }
        Shape::Rect(bar) if !is_own(bar.rect.center()) => {
            let edge = (!bar.stroke.is_empty()).then_some(bar.stroke.color);
            let Rect { min, max } = bar.rect;
            let at = vec![min.x, min.y, max.x, max.y];
            let bar = Seen { what: "bar".to_owned(), at, color: bar.fill, edge };
            // The outline of a bar is drawn after it, on its own.
            match seen.last_mut().filter(|last| last.what == bar.what && last.at == bar.at) {
                Some(last) if bar.color == Color32::TRANSPARENT => last.edge = bar.edge,
                _ if bar.color != Color32::TRANSPARENT || bar.edge.is_some() => seen.push(bar),
                _ => {}
            }
        }
        Shape::Circle(dot) => {
            let edge = (!dot.stroke.is_empty()).then_some(dot.stroke.color);
            let at = vec![dot.center.x, dot.center.y, dot.radius];
            seen.push(Seen { what: "dot".to_owned(), at, color: dot.fill, edge });
        }
        // The outline of a dot is drawn after it, corner by corner.
        Shape::Path(path) if path.closed => {
            let dot = seen.last_mut().filter(|last| {
                let is_around =
                    |at: &Pos2| (at.distance(pos2(last.at[0], last.at[1])) - last.at[2]).abs() < 0.1;
                last.what == "dot" && path.points.iter().all(is_around)
            });
            if let (Some(dot), egui::epaint::ColorMode::Solid(color)) = (dot, &path.stroke.color) {
                dot.edge = Some(*color);
            }
        }
        Shape::LineSegment { points, stroke } if !is_own(points[0]) => {
            seen.push(line(points, stroke.color));
        }
        Shape::Path(path) if !path.closed && !is_own(path.points[0]) => {
            if let egui::epaint::ColorMode::Solid(color) = path.stroke.color {
                seen.push(line(&path.points, color));
            }
        }
        _ => {}
    }
}

fn line(points: &[Pos2], color: Color32) -> Seen {
    let at = points.iter().flat_map(|point| [point.x, point.y]).collect();
    Seen { what: "line".to_owned(), at, color, edge: None }
}

// --- pixels ----------------------------------------------------------------------------------------------------------

/// The side of the squares that two pictures are compared by, in pixels of the figure. Soft edges, the rims of words
/// and bands thinner than a pixel are painted a little otherwise in files than on screen; a square averages that out.
const SQUARE: usize = 8;

/// How far apart the mean colors of two squares that are alike may be, of 255.
const UNLIKE: f32 = 48.0;

/// How many squares may be unlike. Where several bands thinner than a pixel run together, files have them stronger.
const UNLIKE_SQUARES: usize = 12;

/// The copied picture has so many pixels for each of the figure's.
const COPIED: usize = 2;

/// The squares in which a screen and a copied picture look unlike, where they are more than a few.
fn unlike_pixels(
    screen: &RgbaImage,
    origin: Pos2,
    copied: &ColorImage,
    place: Rect,
    own: &[Rect],
    what: &str,
) -> Vec<String> {
    let (width, height) = (place.width() as usize, place.height() as usize);
    let corner = place.min.to_vec2() * COPIED as f32;
    let corner = [corner.x.round() as usize, corner.y.round() as usize];
    let (left, top) = (origin.x.round() as u32, origin.y.round() as u32);
    let on_screen = |x: usize, y: usize| {
        screen.get_pixel_checked(left + x as u32, top + y as u32).map_or([0; 4], |pixel| pixel.0)
    };
    let in_copy =
        |x: usize, y: usize| copied.pixels[(corner[1] + y) * copied.size[0] + corner[0] + x].to_array();
    let mut unlike = Vec::new();
    for y in (0..height - SQUARE).step_by(SQUARE) {
        for x in (0..width - SQUARE).step_by(SQUARE) {
            let square = Rect::from_min_size(pos2(x as f32, y as f32), Vec2::splat(SQUARE as f32));
            let shown = mean(x, y, SQUARE, on_screen);
            let exported = mean(x * COPIED, y * COPIED, SQUARE * COPIED, in_copy);
            let is_unlike = shown.iter().zip(&exported).any(|(a, b)| (a - b).abs() > UNLIKE);
            if is_unlike && !own.iter().any(|rect| rect.intersects(square)) {
                unlike.push(format!("{x},{y}: {shown:.0?} on screen, {exported:.0?} exported"));
            }
        }
    }
    if unlike.len() <= UNLIKE_SQUARES {
        return Vec::new();
    }
    keep(screen, copied, what);
    unlike
}

/// The mean color of a square.
fn mean(left: usize, top: usize, side: usize, pixel: impl Fn(usize, usize) -> [u8; 4]) -> [f32; 3] {
    let mut sum = [0_u32; 3];
    for y in top..top + side {
        for x in left..left + side {
            let [r, g, b, _] = pixel(x, y);
            for (sum, channel) in sum.iter_mut().zip([r, g, b]) {
                *sum += u32::from(channel);
            }
        }
    }
    sum.map(|sum| sum as f32 / (side * side) as f32)
}

/// Keeps two pictures that are unlike, to be looked at.
fn keep(screen: &RgbaImage, copied: &ColorImage, what: &str) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let bytes = copied.pixels.iter().flat_map(Color32::to_array).collect();
    let exported = RgbaImage::from_raw(copied.size[0] as u32, copied.size[1] as u32, bytes);
    screen.save(folder.join(format!("{what}-screen.png"))).unwrap();
    exported.unwrap().save(folder.join(format!("{what}-exported.png"))).unwrap();
    let _ = writeln!(std::io::stderr(), "{what}: both pictures are in {}", folder.display());
}

// --- the views -------------------------------------------------------------------------------------------------------

#[test]
fn flows_on_screen_are_those_that_are_exported_in_every_look() {
    let mut window = window(&sample("west-cheshire.ron"));
    for look in ["light", "dark", "high contrast"] {
        check(&mut window, &format!("flows, {look}"));
        window.press(CTRL, Key::L);
    }
}

#[test]
fn flows_through_a_pool_on_screen_are_those_that_are_exported() {
    check(&mut window(&west_cheshire(Screen::Flows, 0, None)), "flows through a pool");
}

#[test]
fn flows_with_payments_between_agencies_on_screen_are_those_that_are_exported() {
    check(&mut window(&sample("greater-manchester-august-2011.ron")), "flows with payments");
}

#[test]
fn scenarios_side_by_side_on_screen_are_those_that_are_exported() {
    check(&mut window(&west_cheshire(Screen::Flows, 0, Some(Compared::SideBySide))), "side by side");
}

#[test]
fn a_difference_on_screen_is_the_one_that_is_exported() {
    check(&mut window(&west_cheshire(Screen::Flows, 1, Some(Compared::Difference))), "difference");
}

#[test]
fn themes_on_screen_are_those_that_are_exported() {
    let mut window = window(&west_cheshire(Screen::Themes, 0, None));
    show_the_whole_page(&mut window);
    check(&mut window, "themes");
}

#[test]
fn pictures_in_blind_mode_on_screen_are_those_that_are_exported() {
    for (screen, compared, what) in [
        (Screen::Flows, None, "blind flows"),
        (Screen::Flows, Some(Compared::SideBySide), "blind side by side"),
        (Screen::Flows, Some(Compared::Difference), "blind difference"),
        (Screen::Pool, None, "blind pool"),
    ] {
        check_blind(screen, compared, what);
    }
}

#[test]
fn themes_in_blind_mode_on_screen_are_those_that_are_exported() {
    check_blind(Screen::Themes, None, "blind themes");
}

/// What is scrolled away is exported too, and could not be seen.
fn show_the_whole_page(window: &mut Window) {
    window.harness.set_size(vec2(1280.0, 1100.0));
    window.harness.run();
}

#[track_caller]
fn check_blind(screen: Screen, compared: Option<Compared>, what: &str) {
    let mut window = window(&west_cheshire(screen, 0, compared));
    window.press(Modifiers::NONE, Key::B);
    if screen == Screen::Themes {
        show_the_whole_page(&mut window);
    }
    check(&mut window, what);
}

/// A pool is typed into tables on screen, with figures of its parts beside them; the picture that is exported has the
/// same parts in an arrangement of its own, so that words are compared and not places.
#[test]
fn a_pool_on_screen_says_of_every_partner_what_is_exported() {
    for scenario in [0, 1] {
        let place = west_cheshire(Screen::Pool, scenario, None);
        let mut window = window(&place);
        let svg = exported_svg(&mut window);
        let exported: Vec<String> = marks_of_svg(&Document::parse(&svg).unwrap())
            .into_iter()
            .filter(is_words)
            .map(|seen| seen.what)
            .collect();
        let mut shown = Vec::new();
        for clipped in &window.harness.output().shapes {
            gather(&clipped.shape, &[], &mut shown);
        }
        let partners: Vec<String> =
            window.names().into_iter().filter(|name| name.contains(" puts in £")).collect();
        let name = &place.scenarios[scenario].name;
        let (_, model) = place.modelled(name).unwrap();
        assert_eq!(partners.len(), model.positions.len(), "{name}: every partner has a row");
        for partner in partners {
            let row = window.harness.get_by_label(&partner).rect();
            let is_in_row = |seen: &&Seen| is_words(seen) && row.contains(bounds(seen).center());
            let said: Vec<String> = shown.iter().filter(is_in_row).map(|seen| seen.what.clone()).collect();
            // Those whom nothing changes for stand in a line, in which each name can be pointed at.
            if partner.contains(", net £0.00, ") {
                continue;
            }
            assert!(said.len() >= 5, "{partner}: a row says who, how much and what comes of it: {said:?}");
            assert!(
                exported.windows(said.len()).any(|words| words == said),
                "{partner}: {said:?} in {exported:#?}"
            );
        }
    }
}
