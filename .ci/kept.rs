//! What only tests call and stays all the same, each with its reason: the step `alive` of `.ci/run` takes it for used.

#![allow(dead_code)]

use crate::app::App;
use crate::appraisal::AppraisalCode;
use crate::figure::{HatchKind, RibbonShape, Scheme};
use crate::import::{Code, amount_in, date_in};
use crate::money::Money;
use crate::store::save_place;

fn kept() {
    // Tests go through all of a kind: every code has its row in the documents, every look and hatch is drawn.
    let _ = (Code::ALL, AppraisalCode::ALL, Scheme::ALL, HatchKind::ALL);
    // Random and made-up amounts are counted in pence.
    let _ = Money::from_pence;
    // A band without a layout, to draw and to point at.
    let _ = RibbonShape::sweep;
    // The readers of a single cell, which fuzzing feeds without a file around it.
    let _ = (amount_in, date_in);
    // The window and the command line say what they know of the file; stories of saving mostly know nothing.
    let _ = save_place;
    // Journeys through the window read the place that came of them.
    let _ = App::history;
}
