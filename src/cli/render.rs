//! `shadowpool render`: a view of a place as SVG, PNG or PDF, by the functions that draw the window's
//! exports.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::load::{filter_of, load_place, read_dimension, read_where, with_scenario};
use super::output::{OutputArgs, save};
use super::render_options::{
    AmountsName, MaskName, PaperSize, PoolScopeName, RenderView, SchemeName, read_size,
};
use super::scene_to_draw::SceneToDraw;
use super::story::StoryToWrite;
use super::{Failed, Status, cannot_run};
use crate::dimension::{Date, Dimension, Names, nearest};
use crate::export::{self, PictureFile};
use crate::figure::{Blind, Figure, Frame, Measure, Scheme};
use crate::import::ImportOptions;
use crate::ledger::{Filter, Periods, SeparateTotals, full_or_between};
use crate::money::{Amounts, MaskedValues};
use crate::place::{Command, Mask, MaskedPartners, Place, PoolScope};
use crate::scene::{Audience, BlindPlace, Flows, NeverAdded, RoomOptions, Sentence};
use crate::words::{any_of, list};
use crate::{place, scene, store};

#[derive(Args, Debug)]
pub struct RenderCommand {
    /// Places (.ron) or spending files
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[arg(long, value_enum, default_value_t = RenderView::Flows)]
    view: RenderView,
    /// Layers of the flows from left to right, two to six
    #[arg(long, value_delimiter = ',', value_parser = read_dimension)]
    layers: Vec<Dimension>,
    /// Only this financial year
    #[arg(long)]
    year: Option<String>,
    /// Only lines with this value; may be repeated
    #[arg(long = "where", value_name = "DIM=VALUE", value_parser = read_where)]
    conditions: Vec<(Dimension, String)>,
    /// With this scenario of the place in place of what is; its pool is a layer of its own. "baseline" is what is
    #[arg(long, value_name = "NAME")]
    scenario: Option<String>,
    /// Beside another scenario of the place at the same scale; "baseline" is the place as it is
    #[arg(long, value_name = "NAME")]
    compare: Option<String>,
    /// Only what changes, from what is compared with to the scenario
    #[arg(long, requires = "compare")]
    difference: bool,
    /// In flows: what runs through this node, lit as if it were pinned; twice, with names of layers beside each other, a
    /// band
    #[arg(long, value_name = "DIM=VALUE", value_parser = read_where)]
    trace: Vec<(Dimension, String)>,
    /// What flows show of a place around a scenario's pool; else the pool alone where it is small
    #[arg(long, value_enum)]
    pool_scope: Option<PoolScopeName>,
    /// Amounts as pounds, as percentages of what is in view (of a pool, of what is in it), or both
    #[arg(long, value_enum)]
    amounts: Option<AmountsName>,
    /// Partners as letters and amounts as shares
    #[arg(long)]
    blind: bool,
    /// Amounts as shares of what is in view, or hidden; widths and counts of lines stay
    #[arg(long, value_enum, conflicts_with = "blind")]
    mask: Option<MaskName>,
    /// This partner as a letter; may be repeated
    #[arg(long, value_name = "AGENCY", conflicts_with = "blind")]
    mask_partner: Vec<String>,
    /// For a hall: one message, few nodes, letters that are read from six metres
    #[arg(long, conflicts_with_all = ["compare", "difference"])]
    big_room: bool,
    /// Width and height in pixels
    #[arg(long, default_value = "1280x800", value_parser = read_size)]
    size: (f64, f64),
    /// A scene of the place's story, by its name or its number from 1: its view, its caption and what it points out
    #[arg(long, value_name = "SCENE", conflicts_with_all = ["view", "layers", "year", "conditions", "scenario", "compare",
        "difference", "trace", "pool_scope", "amounts", "blind", "mask", "mask_partner"])]
    scene: Option<String>,
    /// Else that of the scene, or light
    #[arg(long, value_enum)]
    theme: Option<SchemeName>,
    /// Pixels of a PNG for each pixel of the size
    #[arg(long, default_value_t = 1.0)]
    scale: f64,
    /// Paper of a PDF, landscape, the picture as large as its margins allow; else a page as large as the picture
    #[arg(long, value_enum)]
    paper: Option<PaperSize>,
    /// The place's story, each scene a page: as a .pdf, as slides (.pptx) or as one page for a browser (.html)
    #[arg(long, conflicts_with_all = ["view", "layers", "year", "conditions", "scenario", "compare", "difference", "trace",
        "pool_scope", "amounts", "blind", "mask", "mask_partner", "big_room", "size", "theme", "scale"])]
    story: bool,
    /// With the story's notes, for whoever reads it; slides have them beside them in any case
    #[arg(long, requires = "story")]
    notes: bool,
    /// The day that the picture says it was made on, such as 2024-08-31; else today
    #[arg(long, value_name = "DAY")]
    date: Option<Date>,
    /// The file to write: .svg, .png or .pdf, or .txt with the picture in words; of a story .pdf, .pptx or .html
    #[arg(short = 'o', long = "output")]
    output: PathBuf,
    #[command(flatten)]
    outputs: OutputArgs,
}

/// How long the layouts of pictures side by side may search, in milliseconds' worth of steps.
// A picture for a file is made once and looked at for long; side by side it takes four layouts, two for each
// side.
const FILE_MS: u64 = 30;

impl RenderCommand {
    pub(super) fn run(&self, said: &mut Vec<String>) -> Result<Status, Failed> {
        if self.story {
            return self.write_story(said);
        }
        // A tenth is a thumbnail, ten times a poster; whether there is memory for it, the drawing asks.
        if !(0.1..=10.0).contains(&self.scale) {
            return Err(cannot_run("--scale must be from 0.1 to 10"));
        }
        let ending =
            self.output.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        if !["svg", "png", "pdf", "txt"].contains(&ending.as_str()) {
            return Err(cannot_run(format!(
                "{}: the file's ending says what is drawn; use .svg, .png or .pdf, or .txt for the picture in words",
                self.output.display()
            )));
        }
        self.outputs.spare_inputs(&self.output, &self.files)?;
        if self.paper.is_some() && ending != "pdf" {
            return Err(cannot_run(format!(
                "--paper is for a page; write {} as .pdf, or leave --paper out",
                self.output.display()
            )));
        }
        if self.compare.is_some() && !matches!(self.view, RenderView::Flows) {
            return Err(cannot_run("--compare draws flows; leave --view out"));
        }
        if !self.trace.is_empty() && (self.compare.is_some() || !matches!(self.view, RenderView::Flows)) {
            return Err(cannot_run("--trace lights what runs through flows; leave --view and --compare out"));
        }
        let (mut place, status) = load_place(&self.files, &ImportOptions::default(), said)?;
        if let Some(name) = &self.scene {
            let figure = self.scene_figure(&place, name, said)?;
            return self.write(&figure, &ending, status, said);
        }
        if let Some(amounts) = self.amounts {
            Arc::make_mut(&mut place.view).amounts = amounts.of_view();
        }
        self.mask(&mut place)?;
        let told = said.len();
        let hidden = self.hidden(&place);
        let status = self.draw(place, &ending, status, said);
        if let Some(hidden) = hidden {
            // What is told beside the picture is of the same money and partners.
            for words in &mut said[told..] {
                *words = hidden.blind.say(words);
            }
        }
        status
    }

    /// Draws what is asked for of a place that is masked already, and writes it.
    fn draw(
        &self,
        mut place: Place,
        ending: &str,
        mut status: Status,
        said: &mut Vec<String>,
    ) -> Result<Status, Failed> {
        if matches!(self.view, RenderView::Pool) {
            let figure = self.pool_figure(&place, &mut status, said)?;
            return self.write(&figure, ending, status, said);
        }
        let baseline = place.without_scenario();
        // What the place's own view shows is drawn, unless something else is asked for.
        let of_view = place.shown_scenario().map(|scenario| scenario.name.clone());
        let scenario = self.scenario.clone().or(of_view);
        // Before layers and conditions, which may name the scenario's pool.
        (place, status) = with_scenario(&place, scenario.as_deref(), status, said)?;
        self.look_at(&mut place, said)?;
        let traced = self.traced(&mut place, said)?;
        let figure = match &self.compare {
            Some(name) => {
                let (before, status_of_other) = with_scenario(&baseline, Some(name), status, said)?;
                status = status_of_other;
                match self.hidden(&place) {
                    Some(hidden) => self.compared(&hidden.hide(&before), &hidden.place, Some(&hidden.blind)),
                    None => self.compared(&before, &place, None),
                }
            }
            None => match self.hidden(&place) {
                Some(hidden) => {
                    let baseline = hidden.hide(&baseline);
                    let traced: Vec<_> = traced
                        .into_iter()
                        .map(|(dimension, name)| (dimension, hidden.say(dimension, &name)))
                        .collect();
                    self.figure(&hidden.place, &baseline, &traced, Some(&hidden.blind))?
                }
                None => self.figure(&place, &baseline, &traced, None)?,
            },
        };
        self.write(&figure, ending, status, said)
    }

    fn write_story(&self, said: &mut Vec<String>) -> Result<Status, Failed> {
        let story = StoryToWrite {
            output: &self.output,
            paper: self.paper.map(PaperSize::of_page),
            with_notes: self.notes,
            made: self.made(),
        };
        // Before anything is read.
        story.file()?;
        self.outputs.spare_inputs(&self.output, &self.files)?;
        let (place, status) = load_place(&self.files, &ImportOptions::default(), said)?;
        let bytes = story.bytes(&place, said)?;
        save(&self.output, &bytes, said)?;
        Ok(status)
    }

    fn write(
        &self,
        figure: &Figure,
        ending: &str,
        status: Status,
        said: &mut Vec<String>,
    ) -> Result<Status, Failed> {
        let file = match ending {
            "svg" => PictureFile::Svg,
            "png" => PictureFile::Png(self.scale),
            "txt" => PictureFile::Words,
            _ => PictureFile::Pdf(self.paper.map_or(export::Paper::Picture, PaperSize::of_page)),
        };
        let bytes = export::picture(figure, file)
            .map_err(|error| cannot_run(format!("{}: {error}", self.output.display())))?;
        save(&self.output, &bytes, said)?;
        Ok(status)
    }

    /// Puts the options in place of what the place's own view says.
    fn look_at(&self, place: &mut Place, said: &mut Vec<String>) -> Result<(), Failed> {
        if !self.layers.is_empty() {
            let change = Command::SetLayers(self.layers.clone());
            change.apply(place).map_err(|error| cannot_run(format!("--layers: {error}")))?;
        } else if place.shown_scenario().is_some() || self.compare.is_some() {
            let layers = &mut Arc::make_mut(&mut place.view).layers;
            if !place::add_pool_layer(layers) {
                said.push(
                    "the picture has six layers already, and none for the pool; choose with --layers"
                        .to_owned(),
                );
            }
        }
        if let Some(scope) = self.pool_scope {
            let scope = match scope {
                PoolScopeName::OnlyThePool => PoolScope::OnlyThePool,
                PoolScopeName::WholePlace => PoolScope::WholePlace,
            };
            Arc::make_mut(&mut place.view).pool_scope = Some(scope);
            if place.shown_scenario().is_none() {
                said.push(
                    "--pool-scope is about the pool of a scenario; choose one with --scenario".to_owned(),
                );
            }
        }
        let year = self.year.iter().map(|year| (Dimension::Year, year.clone()));
        let conditions: Vec<(Dimension, String)> = year.chain(self.conditions.iter().cloned()).collect();
        let asks_for_year = conditions.iter().any(|(dimension, _)| *dimension == Dimension::Year);
        let compared = self.compare.as_ref().and_then(|name| place.scenario(name).ok());
        if !asks_for_year && let Some(scenario) = place.shown_scenario().or(compared).cloned() {
            Arc::make_mut(&mut place.view).move_to_years_of(&scenario);
        }
        let filter = filter_of(place, &conditions, &place.view.filter.clone(), said);
        Arc::make_mut(&mut place.view).filter = filter;
        if !asks_for_year {
            said.extend(newest_year(place, matches!(self.view, RenderView::Flows)));
        }
        refuse_different_things(place)
    }

    fn scheme(&self) -> Scheme {
        self.theme.map(SchemeName::of_figure).unwrap_or_default()
    }

    /// One scene of the story.
    fn scene_figure(&self, place: &Place, name: &str, said: &mut Vec<String>) -> Result<Figure, Failed> {
        let scene = SceneToDraw {
            name,
            scheme: self.theme.map(SchemeName::of_figure),
            size: self.size,
            big_room: self.big_room,
            made: self.made(),
        };
        scene.figure(place, said).map_err(cannot_run)
    }

    /// A view for a hall, with its title and its foot.
    fn room_figure(&self, place: &Place, blind: Option<&Blind>) -> Figure {
        let options = RoomOptions { scheme: self.scheme(), size: self.size, picked: None };
        let figure = match self.view {
            RenderView::Flows => scene::room_flows_picture(place, options),
            RenderView::Themes | RenderView::Pool => scene::room_themes_picture(place, options),
        };
        let figure = Figure { words: self.words(place), ..figure };
        blind.map_or_else(|| figure.clone(), |blind| blind.figure(figure.clone()))
    }

    /// The picture in words.
    fn words(&self, place: &Place) -> Vec<String> {
        let words = match self.view {
            RenderView::Flows => {
                scene::flows_words(place, &Flows::of(place, self.size.1), self.audience(place))
            }
            RenderView::Themes | RenderView::Pool => scene::themes_words(place, self.audience(place)),
        };
        words.lines()
    }

    /// The pool of one scenario: the one that is named, or the only one there is.
    fn pool_figure(
        &self,
        place: &Place,
        status: &mut Status,
        said: &mut Vec<String>,
    ) -> Result<Figure, Failed> {
        if !self.layers.is_empty() || self.year.is_some() || !self.conditions.is_empty() {
            said.push(
                "--layers, --year and --where choose flows and themes; a pool is drawn whole".to_owned(),
            );
        }
        let scenario = match &self.scenario {
            Some(name) => place.scenario(name),
            None => place.only_scenario(),
        };
        let scenario = scenario.map_err(|error| cannot_run(error.to_string()))?;
        let model = scenario.model(&place.ledger);
        said.extend(model.findings.iter().map(|finding| format!("{}: {finding}", scenario.name)));
        if model.broken().next().is_some() {
            *status = Status::DataHasErrors;
        }
        let hidden = self.hidden(place);
        let blind = hidden.as_ref().map(|hidden| hidden.blind.of_whole(model.balance.into_pool));
        let blind = blind.as_ref();
        let into_pool = model.balance.into_pool;
        let is_in_shares = matches!(self.amounts, Some(AmountsName::Percent)) && blind.is_none();
        let is_in_shares = is_in_shares && !into_pool.is_zero();
        let (title, mut notes) =
            captioned(blind, scene::pool_captions(place, scenario, &model, self.audience(place)));
        if is_in_shares {
            notes.push(format!("Percentages are of the pool, {}.", full_or_between(into_pool, model.range)));
        }
        let named = hidden.as_ref().map_or(place, |hidden| &hidden.place);
        let (title, notes) = scene::pool_carried(named, &model, (title, notes), self.made());
        let lettered = blind.map(|blind| Place {
            agencies: Arc::new(blind.agencies(&place.agencies, &place.ledger)),
            ..place.clone()
        });
        let place = lettered.as_ref().unwrap_or(place);
        let words = scene::pool_words(place, scenario, &model, self.audience(place)).lines();
        if self.big_room {
            let options = RoomOptions { scheme: self.scheme(), size: self.size, picked: None };
            let figure = scene::room_pool_picture(place, scenario, &model, options);
            let figure = Figure { words, ..figure };
            return Ok(blind.map_or_else(|| figure.clone(), |blind| blind.figure(figure.clone())));
        }
        let frame = Frame::new(self.size.0, self.size.1, &title, &notes);
        let figure = frame.in_units(|size| scene::pool_picture(place, scenario, &model, self.scheme(), size));
        let figure = if is_in_shares { figure.in_shares_of(into_pool) } else { figure };
        Ok(framed(&frame, blind, Figure { title, notes, words, ..figure }))
    }

    /// The day that the picture says it was made on.
    fn made(&self) -> Date {
        self.date.unwrap_or_else(store::today)
    }

    /// For whom titles are.
    fn audience(&self, place: &Place) -> Audience {
        Audience::DESK.blind(self.blind || place.view.mask.as_ref().is_some_and(Mask::is_blind))
    }

    /// What of the place is masked: what is asked for, or else what its view says.
    fn hidden(&self, place: &Place) -> Option<BlindPlace> {
        if self.blind {
            return Some(BlindPlace::of(place));
        }
        place.view.mask.as_ref().map(|mask| BlindPlace::masked(place, mask))
    }

    /// Puts the mask that is asked for in place of the view's.
    fn mask(&self, place: &mut Place) -> Result<(), Failed> {
        if self.mask.is_none() && self.mask_partner.is_empty() {
            return Ok(());
        }
        let names = place.ledger.names(Dimension::Agency);
        for partner in &self.mask_partner {
            if names.id(partner).is_none() {
                let known = names.iter().map(|(_, name)| name);
                let near = nearest(partner, known)
                    .map_or_else(String::new, |near| format!("; did you mean \"{near}\"?"));
                return Err(cannot_run(format!("--mask-partner: no agency is called \"{partner}\"{near}")));
            }
        }
        let values = match self.mask {
            None => MaskedValues::Shown,
            Some(MaskName::Shares) => MaskedValues::Shares,
            Some(MaskName::Hidden) => MaskedValues::Hidden,
        };
        let partners = match &self.mask_partner[..] {
            [] => MaskedPartners::Nobody,
            names => MaskedPartners::Only(names.iter().cloned().collect()),
        };
        Arc::make_mut(&mut place.view).mask = Some(Mask { values, partners });
        Ok(())
    }

    /// Two scenarios side by side, or only what changes from the first to the second.
    fn compared(&self, before: &Place, after: &Place, blind: Option<&Blind>) -> Figure {
        let (title, notes) = match blind {
            Some(blind) => scene::blind_compare_captions(blind, before, after, self.difference),
            None => scene::compare_captions(before, after, self.difference, self.audience(after)),
        };
        let (title, notes) = scene::carried(after, (title, notes), self.made());
        let of_changes = blind.filter(|_| self.difference);
        let of_changes = of_changes.map(|blind| scene::blind_of_changes(blind, before, after));
        let blind = of_changes.as_ref().or(blind);
        let frame = Frame::new(self.size.0, self.size.1, &title, &notes);
        let scheme = self.scheme();
        let figure = frame.in_units(|size| {
            if self.difference {
                scene::difference_picture(before, after, scheme, size)
            } else {
                scene::compare_picture(before, after, scheme, size, FILE_MS)
            }
        });
        let words = scene::change_words(before, after, self.difference, self.audience(after)).lines();
        framed(&frame, blind, Figure { title, notes, words, ..figure })
    }

    /// What is to be traced, by the names that lines have.
    fn traced(&self, place: &mut Place, said: &mut Vec<String>) -> Result<Vec<(Dimension, String)>, Failed> {
        let mut names = Vec::new();
        for condition in &self.trace {
            let filter = filter_of(place, std::slice::from_ref(condition), &Filter::default(), said);
            let name = filter.names(condition.0).and_then(|names| names.first()).cloned();
            names.extend(name.map(|name| (condition.0, name)));
        }
        if !names.is_empty() {
            scene::unfold_traced(place, self.size.1, &names);
            scene::traced_in(place, self.size.1, &names)
                .map_err(|error| cannot_run(format!("--trace: {error}")))?;
        }
        Ok(names)
    }

    fn figure(
        &self,
        place: &Place,
        baseline: &Place,
        traced: &[(Dimension, String)],
        blind: Option<&Blind>,
    ) -> Result<Figure, Failed> {
        if self.big_room {
            return Ok(self.room_figure(place, blind));
        }
        let scheme = self.scheme();
        let cannot_trace = |error: String| cannot_run(format!("--trace: {error}"));
        let captions = match self.view {
            RenderView::Flows if traced.is_empty() => scene::captions(place, self.audience(place)),
            RenderView::Flows => {
                let lines = scene::traced_in(place, self.size.1, traced).map_err(cannot_trace)?;
                scene::traced_captions(place, &lines)
            }
            RenderView::Themes | RenderView::Pool => scene::themes_captions(place, self.audience(place)),
        };
        let (title, notes) = captioned(blind, captions);
        let (title, notes) = scene::carried(place, (title, notes), self.made());
        let frame = Frame::new(self.size.0, self.size.1, &title, &notes);
        let figure = frame.try_in_units(|size| match self.view {
            RenderView::Flows if place.shown_scenario().is_some() => {
                scene::flows_picture_of_scenario(place, baseline, scheme, size, traced).map_err(cannot_trace)
            }
            RenderView::Flows if traced.is_empty() => Ok(scene::flows_picture(place, scheme, size)),
            RenderView::Flows => {
                scene::traced_picture_near(place, scheme, size, traced, |_| None).map_err(cannot_trace)
            }
            RenderView::Themes | RenderView::Pool => {
                let measure = match place.view.amounts {
                    Amounts::Pounds => Measure::Amount,
                    Amounts::Percent => Measure::Share,
                    Amounts::Both => Measure::Both,
                };
                Ok(scene::themes_picture(place, scheme, measure, size))
            }
        })?;
        Ok(framed(&frame, blind, Figure { title, notes, words: self.words(place), ..figure }))
    }
}

/// Yearly figures of several years are never one picture, unless each has a node of its own: the newest year is drawn,
/// and said.
fn newest_year(place: &mut Place, has_layers: bool) -> Option<String> {
    let filter = &place.view.filter;
    let totals = SeparateTotals::of(&place.ledger, filter, &[], Periods::of(&place.ledger, filter));
    let are_apart = has_layers && place.view.layers.contains(&Dimension::Year);
    if totals.apart.first() != Some(&Dimension::Year) || are_apart {
        return None;
    }
    let newest = totals.parts.first()?.names.first()?.clone();
    let view = Arc::make_mut(&mut place.view);
    view.filter.set_only(Dimension::Year, [newest.clone()].into());
    Some(format!("drawn is {newest}, the newest year; another is chosen with --year"))
}

/// A picture for a file asks nobody which of several bases is meant, and does not add them: it is not drawn. What is of no
/// stated basis stands beside one that is, and the picture says so.
fn refuse_different_things(place: &Place) -> Result<(), Failed> {
    for NeverAdded { dimension, names } in Sentence::about(place, &place.view.filter).apart {
        let stated: Vec<String> = names.into_iter().filter(|name| name != Names::NOT_STATED).collect();
        if stated.len() > 1 {
            let key = dimension.key();
            let ways: Vec<String> = stated.iter().map(|name| format!("--where {key}=\"{name}\"")).collect();
            return Err(cannot_run(format!(
                "the picture would add lines of different {key} ({}), which are never added; choose one with {}",
                list(&stated),
                any_of(&ways)
            )));
        }
    }
    Ok(())
}

/// Captions as they may be said: a title is hidden before it is broken into lines.
fn captioned(blind: Option<&Blind>, captions: (String, Vec<String>)) -> (String, Vec<String>) {
    match blind {
        Some(blind) => blind.captions(captions),
        None => captions,
    }
}

fn framed(frame: &Frame, blind: Option<&Blind>, figure: Figure) -> Figure {
    match blind {
        Some(blind) => frame.around(blind.figure(figure)),
        None => frame.around(figure),
    }
}
