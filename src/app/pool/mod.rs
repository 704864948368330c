//! Pool: the scenario, as cells to change and a picture of who puts in and who gains.

mod allocation;
mod allocations;
mod balance;
mod card;
mod cell;
mod chooser;
mod column;
mod conditions;
mod contribution;
mod contributions;
mod detail;
mod empty;
mod filter;
mod findings;
mod ground;
mod head;
mod lines;
mod new_contribution;
mod outturn;
mod partners;
mod parts;
mod portion;
mod purpose;
mod risk;
mod risk_parts;
mod risk_terms;
mod screen;
mod split;
mod table;
mod terms;
mod trial;
mod view;

pub(super) use screen::SCREEN;
