use std::io::Cursor;
use std::process::{Command, Stdio};

use calamine::{Data, Reader as _, Xlsx};
use shadowpool::dimension::Dimension;
use shadowpool::export::{
    Paper, PictureFile, WorkbookContent, lines_csv_stamped, pdf, picture, pixels, png, svg, tidy_headings,
    totals_csv, totals_json, totals_text, totals_tsv, workbook,
};
use shadowpool::figure::{
    Anchor, Figure, Frame, HatchKind, Mark, MarkId, Paint, Point, Rect, RibbonShape, Scheme, Text, Weight,
    flows_figure,
};
use shadowpool::flow::{FlowEnds, FlowGraph, aggregate};
use shadowpool::ledger::{Filter, Ledger, SpendLine, Totals};
use shadowpool::money::Money;
use shadowpool::place::Place;
use shadowpool::scene::{flow_spec, flows_input};

use super::support::{all_lines, ledger, say_skipped, small_place};

fn totals(ledger: &Ledger, by: &[Dimension]) -> Totals {
    Totals::of(ledger, &Filter::default(), by)
}

/// One bar, one hatched ribbon and one label in a frame.
fn small_figure() -> Figure {
    let scheme = Scheme::Light;
    let frame =
        Frame::new(480.0, 240.0, "Health & Care: £4.32m in 2024/25", &["Source: <accounts>".to_owned()]);
    let (width, height) = frame.inside();
    let hatched = Paint::fill(scheme.category(1))
        .opacity(0.46)
        .hatched(Some(scheme.hatch_on(HatchKind::Estimated, scheme.category(1))));
    let label = Text {
        at: Point::new(width, 20.0),
        anchor: Anchor::End,
        size_px: 14.0,
        weight: Weight::SemiBold,
        content: "Care\u{202e} £4.32m".to_owned(),
        leader: Vec::new(),
        halo: Some(scheme.ground()),
    };
    frame.around(Figure {
        width,
        height,
        title: "Health & Care: £4.32m in 2024/25".to_owned(),
        notes: vec!["Source: <accounts>".to_owned()],
        scheme,
        unbalanced: None,
        words: Vec::new(),
        marks: vec![
            Mark::new(
                MarkId::of(&["link"]),
                RibbonShape::sweep(Point::new(12.0, 10.0), Point::new(112.0, 60.0), 20.0),
                hatched,
                "Council to care\n£4,320,000.00",
            ),
            Mark::new(
                MarkId::of(&["bar"]),
                Rect::new(0.0, 0.0, 12.0, 40.0),
                Paint::fill(scheme.category(0)),
                "Council",
            ),
            Mark::label(MarkId::of(&["label"]), label, scheme.ink()),
        ],
    })
}

#[test]
fn a_figure_is_written_as_readable_svg() {
    let text = svg(&small_figure());
    assert_eq!(text, svg(&small_figure()), "the same figure gives the same bytes");
    for part in [
        "<title id=\"title\">Health &amp; Care: £4.32m in 2024/25</title>",
        "<desc id=\"desc\">Source: &lt;accounts&gt;</desc>",
        "<title>Council to care\n£4,320,000.00</title>",
        ">Care\u{25a1} £4.32m</text>",
        "font-weight=\"600\" text-anchor=\"end\" textLength=",
        "lengthAdjust=\"spacing\"",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
}

#[test]
fn a_tiny_figure_is_these_very_bytes() {
    let scheme = Scheme::Light;
    let hatched = Paint::fill(scheme.category(0))
        .hatched(Some(scheme.hatch_on(HatchKind::Apportioned, scheme.category(0))));
    let ribbon = RibbonShape::sweep(Point::new(8.0, 6.0), Point::new(48.0, 26.0), 12.0);
    let figure = Figure {
        width: 60.0,
        height: 40.0,
        title: "Two".to_owned(),
        notes: Vec::new(),
        scheme,
        unbalanced: None,
        words: Vec::new(),
        marks: vec![
            Mark::new(MarkId::of(&["bar"]), Rect::new(0.0, 0.0, 8.0, 12.0), hatched, "Council"),
            Mark::new(MarkId::of(&["link"]), ribbon, Paint::fill(scheme.category(1)).opacity(0.46), ""),
        ],
    };
    let expected = r##"<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40" viewBox="0 0 60 40" role="img" aria-labelledby="title desc" font-family="'Shadowpool Sans', Inter, 'Segoe UI', Helvetica, Arial, sans-serif">
<title id="title">Two</title>
<desc id="desc"></desc>
<rect width="60" height="40" fill="#ffffff"/>
<g><title>Council</title><rect x="0" y="0" width="8" height="12" fill="#12436d"/><path d="M0 0L5 0M0 10L1 10M4 10L8 10" fill="none" stroke="#28557b" stroke-width="1"/></g>
<path d="M8 0C28 0 28 20 48 20L48 32C28 32 28 12 8 12Z" fill="#28a197" fill-opacity="0.46"/>
</svg>
"##;
    assert_eq!(svg(&figure), expected);
}

#[test]
fn a_figure_opens_as_png_at_any_scale() {
    for scale in [1.0, 2.5] {
        let bytes = png(&small_figure(), scale).unwrap();
        let picture = image::load_from_memory(&bytes).unwrap().to_rgb8();
        assert_eq!((picture.width(), picture.height()), ((480.0 * scale) as u32, (240.0 * scale) as u32));
        let ink = picture.pixels().filter(|pixel| pixel.0 == [0x1b, 0x24, 0x30]).count();
        assert!(ink > 50, "words are drawn: {ink} dark pixels");
        assert!(bytes.windows(4).any(|part| part == b"pHYs"), "the dots to the inch are said");
    }
    assert!(png(&small_figure(), 1000.0).is_err());
}

#[test]
fn a_figure_opens_as_pdf_with_its_words() {
    for paper in [Paper::Picture, Paper::A4, Paper::A3] {
        let bytes = pdf(&small_figure(), paper).unwrap();
        assert!(bytes.starts_with(b"%PDF-1."));
        assert_eq!(bytes, pdf(&small_figure(), paper).unwrap(), "the same figure gives the same bytes");
    }
    let Some(text) = pdf_text(&pdf(&small_figure(), Paper::A4).unwrap()) else {
        say_skipped("pdftotext is not installed: the words of the PDF are not read back");
        return;
    };
    assert!(text.contains("Health & Care: £4.32m in 2024/25"), "{text}");
    assert_eq!(text.matches("£4.32m").count(), 2, "each word is there once: {text}");
}

#[test]
fn nothing_is_made_of_a_picture_that_does_not_add_up() {
    let place = Place { ledger: small_place().into(), ..Place::default() };
    let size = (640.0, 400.0);
    let mut graph = aggregate(&place.ledger, &flow_spec(&place, size.1), FlowEnds::default());
    let drawn = |graph: &FlowGraph| {
        flows_figure(&flows_input(&place, graph, Scheme::Light, size, None, 1_000)).figure
    };
    let files = [PictureFile::Svg, PictureFile::Png(1.0), PictureFile::Pdf(Paper::A4)];
    for file in files {
        assert!(picture(&drawn(&graph), file).is_ok(), "{file:?}");
    }
    graph.links[0].amount += "0.01".parse().unwrap();
    let figure = drawn(&graph);
    for refused in
        files.map(|file| picture(&figure, file).map(drop)).into_iter().chain([pixels(&figure, 1.0).map(drop)])
    {
        let said = refused.expect_err("a penny too much").to_string();
        assert!(said.contains("does not add up") && said.contains("goes out"), "{said}");
    }
}

pub(crate) fn pdf_text(bytes: &[u8]) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("figure.pdf");
    std::fs::write(&path, bytes).unwrap();
    let output = Command::new("pdftotext").arg(&path).arg("-").stderr(Stdio::null()).output().ok()?;
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
fn totals_are_a_table_with_amounts_below_each_other() {
    let text = totals_text(&totals(&small_place(), &[Dimension::Agency, Dimension::Theme]));
    assert_eq!(
        text,
        "\
Agency   Theme          Amount (£)  Lines
-----------------------------------------
Council  Ageing Well      1,800.50      3
Council  Starting Well      620.10      2
Health   Starting Well      410.00      2
Police   Safer Places       410.00      1
Health   Ageing Well         80.80      1
Police   Not stated          12.34      1
-----------------------------------------
Total                     3,333.74     10
"
    );
}

#[test]
fn totals_are_json_with_amounts_as_text() {
    let ledger = ledger(
        "Council \"A\" | Starting Well | - | - | - | 0.10\nHealth | Starting Well | - | - | - | -0.20",
    );
    let text = totals_json(&totals(&ledger, &[Dimension::Agency, Dimension::Theme]), None);
    assert_eq!(
        text,
        "{\"lines\": 2, \"total\": \"-0.10\", \"by\": [\"agency\", \"theme\"], \"rows\": [\n  \
         {\"agency\": \"Council \\\"A\\\"\", \"theme\": \"Starting Well\", \"amount\": \"0.10\", \"lines\": 1},\n  \
         {\"agency\": \"Health\", \"theme\": \"Starting Well\", \"amount\": \"-0.20\", \"lines\": 1}\n]}\n"
    );
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["rows"][1]["amount"], "-0.20");
}

#[test]
fn nothing_in_a_table_is_taken_for_a_formula() {
    let ledger = ledger("=HYPERLINK(1) | -2, well | - | - | - | -5\n\u{ff0b}Plus | Fine | - | - | - | 1");
    let totals = totals(&ledger, &[Dimension::Agency, Dimension::Theme]);
    assert_eq!(
        totals_csv(&totals, None),
        "agency,theme,amount,lines\n'\u{ff0b}Plus,Fine,1.00,1\n'=HYPERLINK(1),\"'-2, well\",-5.00,1\n"
    );
    assert_eq!(
        totals_tsv(&totals),
        "Agency\tTheme\tAmount (£)\tLines\n'\u{ff0b}Plus\tFine\t1.00\t1\n'=HYPERLINK(1)\t'-2, well\t-5.00\t1\n"
    );
}

#[test]
fn lines_are_written_one_to_a_row_with_every_heading() {
    let ledger = ledger("Council | Starting Well | Care, \"home\" | 2024/25 | Prevention | -1250.5");
    let text = lines_csv_stamped(&ledger, &all_lines(&ledger), None);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), tidy_headings());
    let row = reader.records().next().unwrap().unwrap();
    let cell =
        |heading: &str| row.get(tidy_headings().iter().position(|known| *known == heading).unwrap()).unwrap();
    for (heading, expected) in [
        ("agency", "Council"),
        ("sector", "Local government"),
        ("service", "Care, \"home\""),
        ("year", "2024/25"),
        ("funder", ""),
        ("amount", "-1250.50"),
        ("source", "accounts"),
        ("row", "2"),
    ] {
        assert_eq!(cell(heading), expected, "{heading}");
    }
}

#[test]
fn a_workbook_reads_back_to_the_penny() {
    let ledger = small_place();
    let by = [totals(&ledger, &[Dimension::Agency]), totals(&ledger, &[Dimension::Theme, Dimension::Agency])];
    let lines = all_lines(&ledger);
    let content = WorkbookContent {
        title: "A small place: £3,333.74",
        notes: &["Two years.".to_owned()],
        ledger: &ledger,
        lines: &lines,
        totals: &by,
        audit: None,
    };
    let bytes = workbook(&content).unwrap();
    assert_eq!(bytes, workbook(&content).unwrap(), "the same place gives the same bytes");
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    assert_eq!(book.sheet_names(), ["Cover", "By agency", "By theme, agency (2)", "Lines", "Sources"]);
    for (sheet, rows) in [("By agency", 3), ("By theme, agency (2)", 6), ("Lines", 10)] {
        let range = book.worksheet_range(sheet).unwrap();
        assert_eq!(range.height(), rows + 1, "{sheet}");
        let heading = range.rows().next().unwrap();
        let column = heading.iter().position(|cell| *cell == Data::String("Amount (£)".into())).unwrap();
        let sum: Money = range.rows().skip(1).map(|row| money(&row[column])).sum();
        assert_eq!(sum, ledger.total(), "{sheet}");
    }
    let cover = book.worksheet_range("Cover").unwrap();
    let last: Vec<&Data> = cover.rows().rev().take(3).map(|row| &row[1]).collect();
    assert_eq!(last[0], &Data::Bool(true), "the check agrees");
    assert_eq!((money(last[1]), money(last[2])), (ledger.total(), ledger.total()));
    let formulas = book.worksheet_formula("Cover").unwrap();
    assert!(formulas.cells().any(|(_, _, formula)| formula.contains("SUM('Lines'!")));
}

fn money(cell: &Data) -> Money {
    match cell {
        Data::Float(number) => number.to_string().parse().unwrap(),
        other => panic!("{other:?} is no amount"),
    }
}

#[test]
fn large_amounts_and_long_tables_are_written_exactly() {
    let lines: Vec<SpendLine> = (0..20_000_u32)
        .map(|index| SpendLine {
            amount: Money::from_units(i128::from(index) * 12_345_678_901),
            agency: Some(format!("Agency {}", index % 7)),
            service: Some(format!("Service {index}")),
            ..SpendLine::default()
        })
        .collect();
    let ledger = Ledger::from_lines(&lines, &[], &[]);
    let totals = totals(&ledger, &[Dimension::Service]);
    let value: serde_json::Value = serde_json::from_str(&totals_json(&totals, None)).unwrap();
    let sum: Money = value["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["amount"].as_str().unwrap().parse::<Money>().unwrap())
        .sum();
    assert_eq!(sum, ledger.total());
    let text = lines_csv_stamped(&ledger, &all_lines(&ledger), None);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let sum: Money =
        reader.records().map(|row| row.unwrap()[Dimension::COUNT].parse::<Money>().unwrap()).sum();
    assert_eq!(sum, ledger.total());
}
