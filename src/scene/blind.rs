//! A place as a room sees it that is not to know who is who.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Audience;
use crate::dimension::{Dimension, NameId, Names};
use crate::figure::Blind;
use crate::flow::{FlowEnds, stable_key};
use crate::ledger::{Filter, Ledger};
use crate::money::{Amounts, MaskedValues};
use crate::place::{ColorBy, Mask, MaskedPartners, Place};
use crate::pool::{Model, Models};

/// A place with letters for its partners, to be drawn and not to be changed, and what hides the rest of what is said.
#[derive(Clone, Debug)]
pub struct BlindPlace {
    pub place: Place,
    pub blind: Blind,
    /// Funders who give to one partner alone, with what stands for each.
    grants: BTreeMap<String, String>,
    mask: Mask,
}

impl BlindPlace {
    /// Amounts become shares of what the view of the place comes to, and all partners letters.
    pub fn of(place: &Place) -> Self {
        Self::masked(place, &Mask::BLIND)
    }

    /// As a mask has it.
    pub fn masked(place: &Place, mask: &Mask) -> Self {
        // Of the view, so that what a picture shows comes to a hundred per cent.
        let whole = place.view.filter.resolve(&place.ledger).cells(false).total();
        let blind = Blind::of(&place.agencies, &place.ledger, whole).in_place(&place.name, &place.ledger);
        let blind = blind.only(&place.agencies, |name| mask.hides(name), mask.values);
        let grants = grants(place, mask);
        let mask = mask.clone();
        Self { place: hidden(place, &blind, &grants, &mask), blind, grants, mask }
    }

    /// For whom titles are: without names and amounts, where amounts are masked or nobody is named.
    pub fn audience(&self) -> Audience {
        Audience::DESK.blind(self.mask.is_blind())
    }

    /// What a name of a dimension is called here.
    pub fn say(&self, dimension: Dimension, name: &str) -> String {
        say(&self.blind, &self.grants, dimension, name)
    }

    /// Another place of the same partners, hidden in the same way.
    #[must_use]
    pub fn hide(&self, place: &Place) -> Place {
        hidden(place, &self.blind, &self.grants, &self.mask)
    }
}

fn hidden(place: &Place, blind: &Blind, grants: &BTreeMap<String, String>, mask: &Mask) -> Place {
    let say = |dimension: Dimension, name: &str| say(blind, grants, dimension, name);
    let before = place.shown_scenario().and_then(|_| place.models.that_made(&place.ledger));
    let mut place = place.clone();
    let names_all = mask.partners == MaskedPartners::Nobody;
    if !names_all {
        place.hidden_ends = hidden_ends(&place, say);
    }
    place.agencies = Arc::new(blind.agencies(&place.agencies, &place.ledger));
    place.ledger = Arc::new(place.ledger.renamed(say));
    // What was decided names who is who.
    (place.decisions, place.rejects, place.settled) = Default::default();
    // Appraisals and claims are about partners from one end to the other.
    (place.appraisals, place.claims, place.bridges) = Default::default();
    // Control totals are mostly those of partners, and of another whole than what is drawn.
    place.control_totals = Arc::default();
    // Drawings look agencies up by the name that the lines have.
    for agency in Arc::make_mut(&mut place.agencies) {
        agency.name = blind.say(&agency.name);
    }
    let view = Arc::make_mut(&mut place.view);
    for chip in &mut view.filter.chips {
        let dimension = chip.dimension;
        chip.names = chip.names.iter().map(|name| say(dimension, name)).collect();
    }
    view.unfolded = view.unfolded.iter().map(|(layer, group)| (*layer, blind.say(group))).collect();
    for moved in &mut view.moved {
        moved.name = say(moved.layer, &moved.name);
    }
    // Amounts are shares there anyway.
    if mask.values != MaskedValues::Shown {
        view.amounts = Amounts::Pounds;
    }
    // The color of the police tells who they are.
    if !names_all && matches!(view.color_by, ColorBy::Sector | ColorBy::Agency) {
        view.color_by = ColorBy::Theme;
    }
    // Said as it is, unless a partner is called so.
    place.name = blind.say(&place.name);
    place.models = hidden_models(&place, blind, before.as_ref(), &place.ledger);
    place
}

fn say(blind: &Blind, grants: &BTreeMap<String, String>, dimension: Dimension, name: &str) -> String {
    match grants.get(name) {
        Some(grant) if dimension == Dimension::Funder => grant.clone(),
        _ => blind.say(name),
    }
}

/// What the shown scenario comes to, with the partners hidden: nets are kept.
fn hidden_models(place: &Place, blind: &Blind, model: Option<&Arc<Model>>, ledger: &Arc<Ledger>) -> Models {
    let models = Models::default();
    if let (Some(scenario), Some(model)) = (place.shown_scenario(), model) {
        let mut model = Model { ledger: Arc::clone(ledger), ..Model::clone(model) };
        for position in &mut model.positions {
            position.agency = blind.say(&position.agency);
        }
        models.keep(ledger, scenario, &Arc::new(model));
    }
    models
}

/// Where the money leaves the place, with numbers in place of who receives it.
fn hidden_ends(place: &Place, say: impl Fn(Dimension, &str) -> String) -> Option<Arc<FlowEnds>> {
    let mut ends = place.flow_ends();
    if ends.ends.is_empty() {
        return None;
    }
    let mut order: Vec<usize> = (0..ends.ends.len()).collect();
    // An order that says nothing.
    order.sort_by_key(|&at| stable_key(&["passed on", &ends.ends[at].name]));
    for (index, at) in order.into_iter().enumerate() {
        let end = &mut ends.ends[at];
        end.name = format!("A body ({})", index + 1).into();
        end.payers = end.payers.iter().map(|payer| say(Dimension::Agency, payer)).collect();
        end.suppliers = end.suppliers.iter().map(|supplier| say(Dimension::Supplier, supplier)).collect();
    }
    Some(Arc::new(ends))
}

/// Funders who give to one partner alone, with what stands for each: "Police grant" tells who has it.
fn grants(place: &Place, mask: &Mask) -> BTreeMap<String, String> {
    let mut agencies: BTreeMap<NameId, BTreeSet<NameId>> = BTreeMap::new();
    for cell in Filter::default().resolve(&place.ledger).cells(false).iter() {
        let id = |dimension: Dimension| cell.ids[dimension.index()];
        agencies.entry(id(Dimension::Funder)).or_default().insert(id(Dimension::Agency));
    }
    let names = place.ledger.names(Dimension::Funder);
    let partners = place.ledger.names(Dimension::Agency);
    let is_hidden = |agencies: &BTreeSet<NameId>| agencies.iter().all(|&id| mask.hides(partners.name(id)));
    let of_one = agencies.iter().filter(|(_, agencies)| agencies.len() == 1 && is_hidden(agencies));
    let mut of_one: Vec<&str> =
        of_one.map(|(funder, _)| names.name(*funder)).filter(|name| !Names::is_remainder(name)).collect();
    // An order that says nothing.
    of_one.sort_by_key(|name| stable_key(&["grant", name]));
    let numbered = of_one.into_iter().enumerate();
    numbered.map(|(index, name)| (name.to_owned(), format!("A grant ({})", index + 1))).collect()
}
