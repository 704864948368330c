//! What is looked at and how, saved with a place and changed by steps that can be undone: screen, layers,
//! filter, colour, scenario, comparison.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::dimension::{Dimension, Names};
use crate::ledger::{Chip, Filter};
use crate::money::{Amounts, MaskedValues};
use crate::pool::{Contribution, Lines, Scenario};
use crate::words::counted;

/// What is looked at, and how: which screen, which lines, which layers, which color.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ViewSpec {
    pub screen: Screen,
    /// Flows: the columns from left to right, two to six.
    pub layers: Vec<Dimension>,
    #[serde(skip_serializing_if = "Filter::is_empty")]
    pub filter: Filter,
    pub color_by: ColorBy,
    /// What amounts are on pictures.
    #[serde(skip_serializing_if = "Amounts::is_pounds")]
    pub amounts: Amounts,
    /// What a room may not see; none shows all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mask: Option<Mask>,
    /// The scenario that is shown in place of the baseline; one that is not there, or none, shows the baseline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scenario: Option<String>,
    /// What the flows are compared with; with itself, or what is not there, nothing is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compare: Option<Comparison>,
    /// The appraisal whose returns are shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub appraisal: Option<String>,
    /// Whether flows show the pool of the scenario alone, under a lens, or in the whole place; where that is not chosen, a
    /// pool that is small beside the place is shown alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pool_scope: Option<PoolScope>,
    /// Groups of small nodes that are shown one by one: the dimension and the group they were folded into.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub unfolded: BTreeSet<(Dimension, String)>,
    /// Nodes that a hand has placed; they stay.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub moved: Vec<MovedNode>,
}

impl Default for ViewSpec {
    fn default() -> Self {
        Self {
            screen: Screen::Flows,
            layers: vec![Dimension::Funder, Dimension::Agency, Dimension::Theme, Dimension::Service],
            filter: Filter::default(),
            color_by: ColorBy::Theme,
            amounts: Amounts::Pounds,
            mask: None,
            scenario: None,
            compare: None,
            appraisal: None,
            pool_scope: None,
            unfolded: BTreeSet::new(),
            moved: Vec::new(),
        }
    }
}

/// What a room may not see: amounts, and who the partners are.
///
/// It hides words and numbers. Widths of bands, lengths of bars, their order and how many lines there are stay, and so do
/// the names of themes, services, funders, scenarios and pools.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mask {
    pub values: MaskedValues,
    pub partners: MaskedPartners,
}

/// Which partners are letters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MaskedPartners {
    #[default]
    Nobody,
    Everybody,
    /// Those of these names.
    Only(BTreeSet<String>),
}

impl Mask {
    /// Who is who is hidden, and how much it is: blind mode.
    pub const BLIND: Self = Self { values: MaskedValues::Shares, partners: MaskedPartners::Everybody };

    /// The next way of masking amounts, with the same partners: hidden, shares, shown; none where nothing is masked then.
    pub fn next(mask: Option<&Self>) -> Option<Self> {
        let mask = mask.cloned().unwrap_or_default();
        let values = match mask.values {
            MaskedValues::Shown => MaskedValues::Hidden,
            MaskedValues::Hidden => MaskedValues::Shares,
            MaskedValues::Shares => MaskedValues::Shown,
        };
        Some(Self { values, ..mask }).filter(|mask| *mask != Self::default())
    }

    /// The same with a partner as a letter, or by its name where it is one; none where nothing is masked then.
    pub fn toggling(mask: Option<&Self>, partner: &str) -> Option<Self> {
        let mut mask = mask.cloned().unwrap_or_default();
        let mut names = match mask.partners {
            MaskedPartners::Only(names) => names,
            MaskedPartners::Nobody | MaskedPartners::Everybody => BTreeSet::new(),
        };
        if !names.remove(partner) {
            names.insert(partner.to_owned());
        }
        mask.partners = if names.is_empty() { MaskedPartners::Nobody } else { MaskedPartners::Only(names) };
        Some(mask).filter(|mask| *mask != Self::default())
    }

    /// What is masked, for the chrome of the window: "Masked: amounts as shares, 2 partners as letters".
    pub fn in_words(&self) -> String {
        let values = match self.values {
            MaskedValues::Shown => None,
            MaskedValues::Shares => Some("amounts as shares".to_owned()),
            MaskedValues::Hidden => Some("amounts hidden".to_owned()),
        };
        let partners = match &self.partners {
            MaskedPartners::Nobody => None,
            MaskedPartners::Everybody => Some("partners as letters".to_owned()),
            MaskedPartners::Only(names) => Some(format!("{} as a letter", counted(names.len(), "partner"))),
        };
        let words: Vec<String> = values.into_iter().chain(partners).collect();
        format!("Masked: {}", words.join(", "))
    }

    /// Whether titles are for those who are to know nobody, or no amount.
    pub fn is_blind(&self) -> bool {
        self.partners == MaskedPartners::Everybody || self.values != MaskedValues::Shown
    }

    /// Whether a partner of this name is a letter.
    pub fn hides(&self, partner: &str) -> bool {
        match &self.partners {
            MaskedPartners::Nobody => false,
            MaskedPartners::Everybody => true,
            MaskedPartners::Only(names) => names.contains(partner),
        }
    }
}

/// The views of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Screen {
    #[default]
    Flows,
    Themes,
    Pool,
    Ledger,
    Story,
}

/// What the colors of the flows mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ColorBy {
    Sector,
    Agency,
    #[default]
    Theme,
    Service,
    Evidence,
}

impl ColorBy {
    pub const ALL: [Self; 5] = [Self::Theme, Self::Agency, Self::Sector, Self::Service, Self::Evidence];

    pub const fn dimension(self) -> Dimension {
        match self {
            Self::Sector => Dimension::Sector,
            Self::Agency => Dimension::Agency,
            Self::Theme => Dimension::Theme,
            Self::Service => Dimension::Service,
            Self::Evidence => Dimension::Evidence,
        }
    }
}

/// What flows show around the pool of a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PoolScope {
    /// The pool at a scale of its own, beside the whole place as one bar.
    OnlyThePool,
    /// The pool among all else, at one scale.
    WholePlace,
}

/// A node that a hand has placed: how far down its top stands, in ten-thousandths of the picture's height.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MovedNode {
    pub layer: Dimension,
    pub name: String,
    pub at: i32,
}

/// What the shown scenario is compared with, and how that is drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Comparison {
    /// Another scenario; none is the baseline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with: Option<String>,
    pub shows: Compared,
}

/// How two scenarios are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Compared {
    /// Both, at the same pounds per pixel.
    #[default]
    SideBySide,
    /// Only what changes.
    Difference,
}

impl ViewSpec {
    /// Compares with something, or with nothing any more.
    pub(super) fn compare(&mut self, comparison: Option<&Comparison>) {
        self.compare = comparison.cloned();
        if comparison.is_some() {
            add_pool_layer(&mut self.layers);
        } else if self.scenario.is_none() {
            self.show_baseline();
        }
    }

    /// Shows a scenario: its pool becomes a layer. What the view says of another pool would hide everything, and goes.
    pub(super) fn show_scenario(&mut self, scenario: &Scenario) {
        if self.scenario.is_none() {
            add_pool_layer(&mut self.layers);
        }
        self.scenario = Some(scenario.name.clone());
        let is_known = |name: &String| *name == scenario.pool || name == Names::OUTSIDE_THE_POOL;
        let knows = |chip: &Chip| chip.dimension != Dimension::Pool || chip.names.iter().any(is_known);
        self.filter.chips.retain(knows);
        self.move_to_years_of(scenario);
    }

    /// Where none of the years of a scenario is shown, its newest is: another year has nothing of its pool.
    pub fn move_to_years_of(&mut self, scenario: &Scenario) {
        let years = years_of(scenario);
        let Some(newest) = years.iter().max().cloned() else { return };
        let shown = self.filter.names(Dimension::Year);
        if shown.is_some_and(|shown| !years.iter().any(|year| shown.contains(year))) {
            self.filter.set_only(Dimension::Year, [newest].into());
        }
    }

    /// Shows the place as it is, which has no pool.
    pub fn show_baseline(&mut self) {
        self.scenario = None;
        self.pool_scope = None;
        self.filter.chips.retain(|chip| chip.dimension != Dimension::Pool);
        // Two layers are the least there is; the pool then stays, as one block.
        if self.layers.len() > 2 {
            self.layers.retain(|layer| *layer != Dimension::Pool);
        }
    }
}

/// The years a scenario is about: those it states, or those that all its contributions are chosen by; none is every year.
fn years_of(scenario: &Scenario) -> Vec<String> {
    if !scenario.years.is_empty() {
        return scenario.years.iter().map(ToString::to_string).collect();
    }
    let chosen = |contribution: &Contribution| match &contribution.lines {
        Lines::Where(filter) => Some(filter.names(Dimension::Year)?.iter().cloned().collect()),
        Lines::ByHand(_) => None,
    };
    let chosen: Option<Vec<Vec<String>>> = scenario.contributions.iter().map(chosen).collect();
    chosen.unwrap_or_default().concat()
}

/// Puts the pool between who spends and what for, if it is not among the layers; whether it now is.
pub fn add_pool_layer(layers: &mut Vec<Dimension>) -> bool {
    if layers.contains(&Dimension::Pool) {
        return true;
    }
    // No room for one more; the scenario is then shown without its column.
    if layers.len() >= 6 {
        return false;
    }
    let before_pool =
        |layer: &Dimension| matches!(layer, Dimension::Funder | Dimension::Sector | Dimension::Agency);
    // After who puts in and before what it is for.
    let at = layers.iter().rposition(before_pool).map_or(0, |agency| agency + 1);
    layers.insert(at, Dimension::Pool);
    true
}
