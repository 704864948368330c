//! Bytes to lines and to sums, at ten thousand and a hundred thousand rows: `cargo bench --bench import`.

use std::fmt::Write as _;
use std::ops::ControlFlow;

use shadowpool::dimension::Dimension;
use shadowpool::import::{ImportOptions, Input, Retention, import};

fn main() {
    divan::main();
}

/// Rows as publishers write them: pounds, thousands, brackets, quoted names.
fn spend_list(rows: u32) -> String {
    let mut text = "Financial Year,Date,Agency,Theme,Service,Supplier,Amount\n".to_owned();
    for row in 0..rows {
        let amount = match row % 4 {
            0 => format!("\"£{},{:03}.50\"", row % 90 + 1, row % 1000),
            1 => format!("({}.25)", row % 5000),
            _ => format!("{}.{:02}", row % 7000, row % 100),
        };
        writeln!(
            text,
            "20{}/{},{:02}/05/2024,Council {},Theme {},\"Service, {}\",Supplier {},{amount}",
            10 + row % 10,
            11 + row % 10,
            row % 28 + 1,
            row % 14,
            row % 20,
            row % 50,
            row % 3000,
        )
        .expect("a string takes what is written to it");
    }
    text
}

fn read(bencher: divan::Bencher<'_, '_>, rows: u32, options: &ImportOptions) {
    let text = spend_list(rows);
    bencher.bench(|| {
        import(Input { name: "spend.csv", bytes: text.as_bytes() }, options, |_| ControlFlow::Continue(()))
            .map(|imported| imported.file.lines)
    });
}

#[divan::bench(args = [10_000, 100_000])]
fn lines(bencher: divan::Bencher<'_, '_>, rows: u32) {
    read(bencher, rows, &ImportOptions::default());
}

#[divan::bench(args = [10_000, 100_000])]
fn lines_the_thorough_way(bencher: divan::Bencher<'_, '_>, rows: u32) {
    read(bencher, rows, &ImportOptions { thorough: true, ..ImportOptions::default() });
}

#[divan::bench(args = [10_000, 100_000])]
fn sums(bencher: divan::Bencher<'_, '_>, rows: u32) {
    let by = vec![Dimension::Agency, Dimension::Theme, Dimension::Service, Dimension::Year];
    read(bencher, rows, &ImportOptions { keep: Retention::SumsBy(by), ..ImportOptions::default() });
}
