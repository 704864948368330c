//! Shadow pooling and money-flow visualisation for the public spending of a place.

pub mod app;
