pub mod breakdown;
