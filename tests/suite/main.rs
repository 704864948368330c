//! The whole suite, one program.

mod import;
mod problems;
mod real_files;
