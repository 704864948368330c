//! Every figure of every sample as text: whoever moves code about sees at once that no mark moved with it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use shadowpool::dimension::Dimension;
use shadowpool::figure::{Figure, Frame, Measure, Scheme};
use shadowpool::flow::breakdown::Breakdown;
use shadowpool::money::Money;
use shadowpool::place::{Command, Place};
use shadowpool::scene::{
    Audience, BlindPlace, blind_compare_captions, blind_of_changes, captions, compare_captions,
    compare_picture, difference_picture, flows_picture, people_in_view, pool_captions, pool_picture,
    themes_captions, themes_picture,
};

use crate::sample_data::{SAMPLES, sample};
use crate::support_figures::{Bands, figure_text};

/// The size of every figure, px: that of a small projector's picture without what is around it.
const SIZE: (f64, f64) = (1280.0, 720.0);

/// For whom titles are.
const TO: Audience = Audience::DESK;

/// How long the layouts of pictures side by side may search, in milliseconds' worth of steps, as for files.
const SEARCH_MS: u64 = 30;

/// A figure that is kept: what its file is called, and how it is drawn.
struct View {
    name: String,
    draw: Box<dyn Fn(Scheme) -> Figure>,
    bands: Bands,
    /// The figure from which it differs in a few marks: lines that it shares with that are not kept again.
    like: Option<Box<dyn Fn(Scheme) -> Figure>>,
}

impl View {
    fn new(name: impl Into<String>, draw: impl Fn(Scheme) -> Figure + 'static) -> Self {
        Self { name: name.into(), draw: Box::new(draw), bands: Bands::Edges, like: None }
    }

    /// In blind mode names and amounts matter; how bands run is seen in the open.
    fn blind(name: &str, draw: impl Fn(Scheme) -> Figure + 'static) -> Self {
        Self { bands: Bands::Boxes, ..Self::new(name, draw) }
    }

    fn like(self, other: impl Fn(Scheme) -> Figure + 'static) -> Self {
        Self { like: Some(Box::new(other)), ..self }
    }

    /// What is kept of it.
    fn text(&self) -> String {
        let text_of = |draw: &dyn Fn(Scheme) -> Figure| {
            let figures = Scheme::ALL.map(draw);
            assert!(!figures[0].marks.is_empty(), "{}: nothing is drawn", self.name);
            figure_text(&figures, self.bands)
        };
        let text = text_of(&*self.draw);
        let Some(like) = &self.like else { return text };
        let shared = text_of(&**like);
        let shared: BTreeSet<&str> = shared.lines().collect();
        text.lines().filter(|line| !shared.contains(line)).flat_map(|line| [line, "\n"]).collect()
    }
}

/// All that is drawn of a sample: the place as it is, its scenarios, and both in blind mode.
fn views(place: &Place) -> Vec<View> {
    let baseline = place.without_scenario();
    let mut views = vec![flows("flows", &baseline), blind_flows(&baseline), blind_themes(&baseline)];
    views.extend(themes_of_every_measure(&baseline));
    for (number, scenario) in (1..).zip(place.scenarios.iter()) {
        let shown = shown(place, &scenario.name);
        views.push(pool(&format!("pool-{number}"), place, &scenario.name));
        views.push(difference(&format!("difference-{number}"), &baseline, &shown));
        // One of each of these is enough: they are large, and scenarios differ in sums rather than in kind.
        if number == 1 {
            views.push(flows("flows-scenario", &shown));
            views.push(compare("compare", &baseline, &shown));
            views.push(blind_pool(place, &scenario.name));
            views.push(blind_compare(&baseline, &shown));
            views.push(blind_difference(&baseline, &shown));
        }
    }
    if let [first, second, ..] = &place.scenarios[..] {
        let (first, second) = (shown(place, &first.name), shown(place, &second.name));
        views.push(difference("difference-1-and-2", &first, &second));
    }
    // What stands around a picture is the same for all.
    if place.name == FRAMED {
        views.push(framed_flows(&baseline));
    }
    views
}

/// The place of which the flows are kept in their frame as well.
const FRAMED: &str = "West Cheshire";

/// The place as it is drawn where one of its scenarios is shown: its pool is a layer.
fn shown(place: &Place, scenario: &str) -> Place {
    let mut shown = place.clone();
    Command::ShowScenario(Some(scenario.to_owned())).apply(&mut shown).unwrap();
    shown.modelled(scenario).unwrap().0
}

fn flows(name: &str, place: &Place) -> View {
    let place = place.clone();
    View::new(name, move |scheme| captioned(flows_picture(&place, scheme, SIZE), captions(&place, TO)))
}

/// The flows with their sentence above and the small print below, as files have them.
fn framed_flows(place: &Place) -> View {
    let place = place.clone();
    View::new("flows-framed", move |scheme| {
        let (title, notes) = captions(&place, TO);
        let frame = Frame::new(SIZE.0, SIZE.1, &title, &notes);
        let figure = flows_picture(&place, scheme, frame.inside());
        frame.around(captioned(figure, (title, notes)))
    })
}

/// £ and shares, and £ per head where it is known how many people there are: of the whole place, or of one area.
fn themes_of_every_measure(place: &Place) -> Vec<View> {
    let amounts = themes(place, Measure::Amount);
    let shares =
        View::new("themes-share", themes(place, Measure::Share)).like(themes(place, Measure::Amount));
    let mut views = vec![View::new("themes", amounts), shares];
    if let Some(known) = place.population.first() {
        let mut place = place.clone();
        if let Some(area) = &known.area {
            let filter = place.view.filter.clone().only(Dimension::Area, [area.as_str()]);
            Command::SetFilter(filter).apply(&mut place).unwrap();
        }
        let people = people_in_view(&place);
        let breakdown = Breakdown::of(&place.ledger, &place.view.filter);
        breakdown.per_head(Money::ZERO, people.clone()).expect("the sample's view is of one year");
        let per_head = themes(&place, Measure::PerHead(people.unwrap()));
        views.push(View::new("themes-per-head", per_head));
    }
    views
}

fn themes(place: &Place, measure: Measure) -> impl Fn(Scheme) -> Figure + 'static {
    let place = place.clone();
    move |scheme| captioned(themes_picture(&place, scheme, measure, SIZE), themes_captions(&place, TO))
}

fn pool(name: &str, place: &Place, scenario: &str) -> View {
    let (place, scenario) = (place.clone(), scenario.to_owned());
    View::new(name, move |scheme| pool_drawn(&place, &scenario, scheme))
}

fn pool_drawn(place: &Place, scenario: &str, scheme: Scheme) -> Figure {
    let scenario = place.scenario(scenario).unwrap();
    let model = place.models.of(&place.ledger, scenario);
    let figure = pool_picture(place, scenario, &model, scheme, SIZE);
    captioned(figure, pool_captions(place, scenario, &model, TO))
}

fn compare(name: &str, before: &Place, after: &Place) -> View {
    let (before, after) = (before.clone(), after.clone());
    View::new(name, move |scheme| compare_drawn(&before, &after, scheme))
}

fn compare_drawn(before: &Place, after: &Place, scheme: Scheme) -> Figure {
    let figure = compare_picture(before, after, scheme, SIZE, SEARCH_MS);
    captioned(figure, compare_captions(before, after, false, TO))
}

fn difference(name: &str, before: &Place, after: &Place) -> View {
    let (before, after) = (before.clone(), after.clone());
    View::new(name, move |scheme| difference_drawn(&before, &after, scheme))
}

fn difference_drawn(before: &Place, after: &Place, scheme: Scheme) -> Figure {
    captioned(difference_picture(before, after, scheme, SIZE), compare_captions(before, after, true, TO))
}

fn blind_flows(place: &Place) -> View {
    let BlindPlace { place, blind, .. } = BlindPlace::of(place);
    View::blind("flows-blind", move |scheme| {
        blind.figure(captioned(flows_picture(&place, scheme, SIZE), captions(&place, TO.blind(true))))
    })
}

fn blind_themes(place: &Place) -> View {
    let BlindPlace { place, blind, .. } = BlindPlace::of(place);
    View::blind("themes-blind", move |scheme| {
        blind.figure(captioned(
            themes_picture(&place, scheme, Measure::Amount, SIZE),
            themes_captions(&place, TO.blind(true)),
        ))
    })
}

fn blind_compare(before: &Place, after: &Place) -> View {
    let hidden = BlindPlace::of(after);
    let before = hidden.hide(before);
    View::blind("compare-blind", move |scheme| {
        let captions = blind_compare_captions(&hidden.blind, &before, &hidden.place, false);
        hidden.blind.figure(captioned(compare_drawn(&before, &hidden.place, scheme), captions))
    })
}

fn blind_difference(before: &Place, after: &Place) -> View {
    let hidden = BlindPlace::of(after);
    let before = hidden.hide(before);
    let of_changes = blind_of_changes(&hidden.blind, &before, &hidden.place);
    View::blind("difference-blind", move |scheme| {
        let captions = blind_compare_captions(&hidden.blind, &before, &hidden.place, true);
        of_changes.figure(captioned(difference_drawn(&before, &hidden.place, scheme), captions))
    })
}

/// A pool has its letters put in after it is drawn: its amounts become shares of the pool.
fn blind_pool(place: &Place, scenario: &str) -> View {
    let blind = BlindPlace::of(place).blind;
    let model = place.models.of(&place.ledger, place.scenario(scenario).unwrap());
    let blind = blind.of_whole(model.balance.into_pool);
    let agencies = Arc::new(blind.agencies(&place.agencies, &place.ledger));
    let (place, scenario) = (Place { agencies, ..place.clone() }, scenario.to_owned());
    View::blind("pool-blind", move |scheme| blind.figure(pool_drawn(&place, &scenario, scheme)))
}

fn captioned(figure: Figure, (title, notes): (String, Vec<String>)) -> Figure {
    Figure { title, notes, ..figure }
}

// --- what is kept ----------------------------------------------------------------------------------------------------

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots")
}

/// Whether what is drawn now is to be kept from now on, said in the same way as for pictures of the window.
fn is_accepted() -> bool {
    let said = std::env::var("UPDATE_SNAPSHOTS").unwrap_or_default();
    !["", "0", "false", "no", "off"].contains(&said.as_str())
}

/// `west-cheshire.ron` and `flows` as `west-cheshire/flows.txt`.
fn path_of(sample: &str, view: &str) -> PathBuf {
    Path::new(sample).with_extension("").join(view).with_extension("txt")
}

/// Every figure of a sample is as it was, or what changed is said of each.
fn check(file: &str) {
    let mut changed = Vec::new();
    for view in views(&sample(file)) {
        changed.extend(compared(&path_of(file, &view.name), &view.text()));
    }
    let how = "UPDATE_SNAPSHOTS=1 cargo test accepts what is drawn now; git diff then shows all of it";
    assert!(changed.is_empty(), "{}\n\n{how}", changed.join("\n\n"));
}

/// What differs between the text that is kept in a file and the one that was made now, in words.
fn compared(path: &Path, found: &str) -> Option<String> {
    let (file, shown) = (folder().join(path), Path::new("tests/snapshots").join(path));
    let kept = fs::read_to_string(&file).ok();
    if kept.as_deref() == Some(found) {
        return None;
    }
    if is_accepted() {
        fs::create_dir_all(file.parent().expect("it is in a folder")).unwrap();
        fs::write(&file, found).unwrap();
        return None;
    }
    let Some(kept) = kept else { return Some(format!("{}: there is no such file", shown.display())) };
    Some(format!("{}, {}", shown.display(), first_difference(&kept, found)))
}

/// The first line that two texts do not share, as both have it.
fn first_difference(kept: &str, found: &str) -> String {
    let (mut kept, mut found) = (kept.lines(), found.lines());
    for number in 1.. {
        let (was, is) = (kept.next(), found.next());
        if was != is {
            let said = |line: Option<&str>| line.unwrap_or("(the end)").to_owned();
            return format!("line {number}\n  was: {}\n  is:  {}", said(was), said(is));
        }
        if was.is_none() {
            break;
        }
    }
    "line breaks alone differ".to_owned()
}

#[test]
fn every_figure_of_birmingham_is_as_it_was() {
    check("birmingham-total-place.ron");
}

#[test]
fn every_figure_of_greater_essex_is_as_it_was() {
    check("greater-essex.ron");
}

#[test]
fn every_figure_of_greater_manchester_in_a_month_is_as_it_was() {
    check("greater-manchester-august-2011.ron");
}

#[test]
fn every_figure_of_greater_manchester_is_as_it_was() {
    check("greater-manchester.ron");
}

#[test]
fn every_figure_of_newcastle_is_as_it_was() {
    check("newcastle-neighbourhoods.ron");
}

#[test]
fn every_figure_of_the_tri_borough_is_as_it_was() {
    check("tri-borough.ron");
}

#[test]
fn every_figure_of_west_cheshire_is_as_it_was() {
    check("west-cheshire.ron");
}

#[test]
fn what_is_kept_is_of_a_figure_that_is_drawn() {
    let mut wanted = BTreeSet::new();
    for file in SAMPLES {
        let names = views(&sample(file)).into_iter().map(|view| path_of(file, &view.name));
        for path in names {
            assert!(wanted.insert(path.clone()), "{}: two figures of one name", path.display());
        }
    }
    for path in files_below(&folder()) {
        if wanted.contains(&path) {
            continue;
        }
        let file = folder().join(&path);
        if is_accepted() {
            fs::remove_file(&file).unwrap();
        } else {
            panic!(
                "{}: no figure is written there any more; UPDATE_SNAPSHOTS=1 takes it away",
                file.display()
            );
        }
    }
    // Those that are written now may not all be there yet.
    let missing = |path: &&PathBuf| !is_accepted() && !folder().join(path).exists();
    let missing: Vec<&PathBuf> = wanted.iter().filter(missing).collect();
    assert!(missing.is_empty(), "there is no {missing:?}; UPDATE_SNAPSHOTS=1 cargo test writes them");
}

/// Every file in a folder and the folders below it, as it is called from there.
fn files_below(root: &Path) -> Vec<PathBuf> {
    let mut folders = vec![root.to_owned()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path.strip_prefix(root).expect("it was found there").to_owned());
            }
        }
    }
    files
}
