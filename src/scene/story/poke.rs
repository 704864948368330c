//! What is tried while a scene is shown: something is picked, its lines are looked at, it alone is kept in view, a partner
//! puts in more. All of it happens to a copy: the place and its scene are as they were when the copy is put away.

use super::super::RoomOptions;
use super::super::room::{LINES_AT_A_TIME, room_flows_lines, room_lines_picture, room_picture, short_name};
use super::named::names_at;
use super::{OpenedScene, PresentedScene, SceneOptions, ScenePage, open_scene, scene_picture};
use crate::dimension::{Commitment, Dimension, shown_name};
use crate::figure::{Figure, MarkId, room_titled};
use crate::ledger::{Filter, Keep};
use crate::money::{Current, Money, Typed, in_short_signed, read_typed};
use crate::place::{Annotations, Command, DeltasAgainst, MarkNames, Place, Scene, Screen};
use crate::pool::{Contribution, NewMoney, Purpose, Scenario, ScenarioChange};

/// A scene that somebody pokes at.
#[derive(Clone, Debug)]
pub struct Poke {
    /// A copy of the place, with what is tried in it.
    place: Place,
    scene: Scene,
    /// The scene as it is without all that.
    was: OpenedScene,
    /// What it looks like now.
    opened: OpenedScene,
    picked: Option<Picked>,
    /// The picture's title is about what is picked; else about what was tried.
    is_about_picked: bool,
    lines: Option<usize>,
    filtered: Option<String>,
    tried: Vec<(Command, String)>,
}

/// What is pointed out by whoever presents.
#[derive(Clone, Debug)]
struct Picked {
    mark: MarkId,
    /// By its names; none of what stands for several.
    names: MarkNames,
    /// What is told of it.
    told: String,
}

impl Poke {
    pub fn at(place: &Place, scene: &Scene) -> Self {
        let opened = open_scene(place, scene);
        Self {
            place: place.clone(),
            scene: scene.clone(),
            was: opened.clone(),
            opened,
            picked: None,
            is_about_picked: false,
            lines: None,
            filtered: None,
            tried: Vec::new(),
        }
    }

    /// Picks a mark of the picture that is shown, or lets go of the one that is picked.
    pub fn pick(&mut self, figure: &Figure, mark: MarkId) {
        self.lines = None;
        if self.picked.as_ref().is_some_and(|picked| picked.mark == mark) {
            self.picked = None;
            return;
        }
        let names = names_at(&self.opened, figure, mark).unwrap_or_default();
        let told = figure.mark(mark).map(|mark| figure.told(mark).to_owned()).unwrap_or_default();
        self.picked = Some(Picked { mark, names, told });
        self.is_about_picked = true;
    }

    /// Whether the scene is as it was.
    pub fn is_nothing(&self) -> bool {
        self.picked.is_none() && self.filtered.is_none() && self.tried.is_empty()
    }

    /// Whether lines are shown.
    pub fn shows_lines(&self) -> bool {
        self.lines.is_some()
    }

    /// The lines behind what is picked, and then the next of them, from the last to the first again.
    ///
    /// # Errors
    /// Where nothing is picked that lines belong to, in words.
    pub fn show_lines(&mut self) -> Result<(), String> {
        let filter = self.picked_lines()?;
        let count = filter.resolve(&self.opened.place.ledger).lines().len();
        self.lines = match self.lines {
            Some(from) if from + LINES_AT_A_TIME < count => Some(from + LINES_AT_A_TIME),
            _ => Some(0),
        };
        Ok(())
    }

    pub fn hide_lines(&mut self) {
        self.lines = None;
    }

    /// Keeps in view what is picked alone, or all but that.
    ///
    /// # Errors
    /// Where nothing is picked that has a name, in words.
    pub fn filter(&mut self, keep: Keep) -> Result<(), String> {
        let (words, names) = self.picked_names()?;
        let names = names.clone();
        let filter = &mut self.scene.view.filter;
        match (keep, &names[..]) {
            (Keep::Without, [(dimension, name)]) => {
                let mut names = filter.names_of(*dimension, Keep::Without).cloned().unwrap_or_default();
                names.insert(name.clone());
                filter.set(*dimension, Keep::Without, names);
            }
            (Keep::Without, _) => return Err("Only one name can be left out at a time".to_owned()),
            (Keep::Only, names) => {
                for (dimension, name) in names {
                    filter.set(*dimension, Keep::Only, [name.clone()].into());
                }
            }
        }
        let kept = if keep == Keep::Only { "only" } else { "without" };
        self.filtered = Some(format!("{kept} {words}"));
        self.picked = None;
        self.open_again();
        Ok(())
    }

    /// What a partner that is picked would put in a year: `+250k` more, as new money, or `-100k` less of what it puts in.
    ///
    /// # Errors
    /// Where it cannot be, in words; nothing has changed then.
    pub fn put_in(&mut self, typed: &str) -> Result<(), String> {
        let scenario = self.opened.place.shown_scenario().ok_or("No scenario is shown here to try it in")?;
        let names = self.picked.as_ref().map(|picked| &picked.names[..]).unwrap_or_default();
        let partner = names.iter().find(|(dimension, _)| *dimension == Dimension::Agency);
        let (_, partner) = partner.ok_or("Pick a partner first, then type what it would put in: +250k")?;
        let nothing = Current { amount: Money::ZERO, percent: None };
        let amount = match read_typed(typed, nothing) {
            Ok(Typed::Amount(amount)) if !amount.is_zero() => amount,
            Ok(_) => return Err("Type an amount, such as +250k".to_owned()),
            Err(error) => return Err(error.to_string()),
        };
        let change = self.change_by(scenario, partner, amount, typed)?;
        let command = Command::ChangeScenario(scenario.name.clone(), Box::new(change));
        let said = format!("{} {}", short_name(&self.place, partner), in_short_signed(amount));
        let mut after = self.place.clone();
        command.apply(&mut after).map_err(|error| error.to_string())?;
        self.place = after;
        self.tried.push((command, said));
        self.is_about_picked = false;
        self.lines = None;
        self.open_again();
        Ok(())
    }

    /// The change that has a partner put in so much more or less.
    fn change_by(
        &self,
        scenario: &Scenario,
        partner: &str,
        amount: Money,
        typed: &str,
    ) -> Result<ScenarioChange, String> {
        let known = scenario.new_money.iter().position(|money| money.partner == partner);
        if let Some(index) = known {
            let money = &scenario.new_money[index];
            let sum = money.amount + amount;
            if !sum.is_negative() {
                let changed = NewMoney { amount: sum, ..money.clone() };
                return Ok(ScenarioChange::ChangeNewMoney(index, changed));
            }
        }
        if !amount.is_negative() {
            let money = NewMoney {
                partner: partner.to_owned(),
                amount,
                funder: None,
                purpose: Purpose::default(),
                commitment: Commitment::default(),
                note: String::new(),
            };
            return Ok(ScenarioChange::AddNewMoney(money));
        }
        // The largest it puts in has the most to be less.
        let model = self.opened.place.models.of(&self.place.ledger, scenario);
        let own = scenario.contributions.iter().zip(&model.contributed).enumerate();
        let largest = own
            .filter(|(_, (contribution, _))| contribution.partner == partner)
            .max_by_key(|(_, (_, contributed))| contributed.amount);
        let (index, (contribution, contributed)) =
            largest.ok_or_else(|| format!("{partner} puts nothing in that could be less"))?;
        let what = contribution.what.retyped(typed, contributed.of, contributed.years);
        let what = what.map_err(|error| error.to_string())?;
        Ok(ScenarioChange::ChangeContribution(index, Contribution { what, ..contribution.clone() }))
    }

    /// What was tried, as commands that would have the place so.
    pub fn commands(&self) -> impl Iterator<Item = &Command> {
        self.tried.iter().map(|(command, _)| command)
    }

    /// What is different from the scene, and how it is taken back; none where something is only picked.
    pub fn said(&self) -> Option<String> {
        let tried: Vec<&str> = self.tried.iter().map(|(_, said)| said.as_str()).collect();
        let tried = (!tried.is_empty()).then(|| format!("Tried: {}", tried.join(", ")));
        let filtered = self.filtered.clone();
        let words: Vec<String> = tried.into_iter().chain(filtered).collect();
        let kept = if self.tried.is_empty() { "" } else { ", K keeps it" };
        (!words.is_empty()).then(|| format!("{}; next key goes back{kept}", words.join(", ")))
    }

    /// What is seen of it now.
    pub fn picture(&self, options: SceneOptions) -> PresentedScene {
        let room = RoomOptions { scheme: options.scheme, size: options.size, picked: None };
        if let (Some(from), Ok((words, _)), Ok(filter)) =
            (self.lines, self.picked_names(), self.picked_lines())
        {
            let figure = room_lines_picture(&self.opened.place, &filter, &words, from, room);
            return PresentedScene { figure, told: None };
        }
        let is_changed = !self.tried.is_empty();
        let annotations = if is_changed {
            Annotations { deltas: Some(DeltasAgainst::SceneBefore), ..Annotations::default() }
        } else {
            self.scene.annotations.clone()
        };
        let mut opened = self.opened.clone();
        // A caption was written of the scene, and not of what is tried.
        if is_changed || self.filtered.is_some() {
            opened.caption.clone_from(&opened.finding);
            opened.says_finding = true;
        }
        let picked = self.picked.as_ref().filter(|_| self.is_about_picked);
        if let Some(picked) = picked {
            opened.pinned = MarkNames::new();
            if let Some(figure) = Self::picked_in_room(picked, &opened, room, options.page) {
                return PresentedScene { figure, told: None };
            }
            opened.caption.clone_from(&picked.told);
            opened.says_finding = false;
        }
        let drawn = scene_picture(&opened, &annotations, Some(&self.was), options);
        let figure = match picked {
            Some(picked) => drawn.figure.dimmed(|target| target == picked.mark),
            None => drawn.figure,
        };
        PresentedScene { figure, told: None }
    }

    /// The picture for a hall that says the share of what is picked first.
    fn picked_in_room(
        picked: &Picked,
        opened: &OpenedScene,
        room: RoomOptions,
        page: ScenePage,
    ) -> Option<Figure> {
        if page != ScenePage::Hall {
            return None;
        }
        let screen = opened.place.view.screen;
        let room = RoomOptions { picked: Some(picked.mark), ..room };
        let figure = room_picture(&opened.place, &opened.baseline, screen, room)?;
        // A pool's title is always about who gains and who loses, and that of a pool's flows about the pool.
        let is_about_it = screen == Screen::Themes
            || (screen == Screen::Flows
                && opened.place.shown_scenario().is_none()
                && !picked.names.is_empty());
        if is_about_it {
            return Some(figure);
        }
        let figure = if picked.told.is_empty() { figure } else { room_titled(figure, &picked.told) };
        Some(figure.dimmed(|target| target == picked.mark))
    }

    fn open_again(&mut self) {
        self.opened = open_scene(&self.place, &self.scene);
    }

    /// What is picked, in words and by its names.
    fn picked_names(&self) -> Result<(String, &MarkNames), String> {
        let picked = self.picked.as_ref().ok_or("Click something first")?;
        if picked.names.is_empty() {
            return Err("This stands for several that have no picture of their own".to_owned());
        }
        let agencies = &self.place.agencies;
        let words: Vec<_> =
            picked.names.iter().map(|(dimension, name)| shown_name(*dimension, name, agencies)).collect();
        Ok((words.join(" \u{2192} "), &picked.names))
    }

    /// The lines behind what is picked: those that its picture is drawn from, and of them its own.
    fn picked_lines(&self) -> Result<Filter, String> {
        let (_, names) = self.picked_names()?;
        let place = &self.opened.place;
        let mut filter = match (place.view.screen, place.shown_scenario()) {
            (Screen::Pool, Some(scenario)) => {
                let years = place.view.filter.names(Dimension::Year).cloned();
                let filter = Filter::default().only(Dimension::Pool, [scenario.pool.as_str()]);
                years.into_iter().fold(filter, |filter, years| filter.only(Dimension::Year, years))
            }
            (Screen::Flows, _) => room_flows_lines(place),
            _ => place.view.filter.clone(),
        };
        for (dimension, name) in names {
            filter.set_only(*dimension, [name.clone()].into());
        }
        Ok(filter)
    }
}
